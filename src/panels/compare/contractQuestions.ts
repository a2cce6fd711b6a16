import * as l10n from '@vscode/l10n';
import { matchesPattern } from '../../domain/contract';
import type { TeamContract } from '../../platform/teamContract';
import type { Choice, Ui } from '../../platform/ui';

interface Services {
  readonly contract: Pick<TeamContract, 'change'>;
  readonly ui: Ui;
}

/** What is known of a comparison's metrics where its segments are asked for. */
export interface AskedSegments {
  readonly metric: string;
  /** Of the family that is asked about. */
  readonly patterns: readonly string[];
  readonly guessed: boolean;
  /** Of all families that are guessed while `ringside.yaml` names none. */
  readonly allGuessed: readonly string[];
  /** Names of all metrics that are compared. */
  readonly keys: readonly string[];
}

const placeholder = (): string => l10n.t('Written to ringside.yaml, for everybody who opens this folder');

/** Which way is better of a metric, or that it decides, or is about a part of the data; the answer goes to `ringside.yaml`. */
export async function askDirection(
  metric: string,
  about: Pick<AskedSegments, 'allGuessed' | 'keys'>,
  services: Services,
): Promise<void> {
  const choices: readonly Choice<'higher' | 'lower' | 'primary' | 'segment'>[] = [
    { label: l10n.t('Higher is better'), value: 'higher' },
    { label: l10n.t('Lower is better'), value: 'lower' },
    {
      label: l10n.t('It is the primary metric'),
      description: l10n.t('the first sentence is about it'),
      value: 'primary',
    },
    {
      label: l10n.t('It is about a segment of the data…'),
      description: l10n.t('with others it makes a heat map'),
      value: 'segment',
    },
  ];
  const answer = await services.ui.pick(choices, { title: metric, placeholder: placeholder() });
  if (answer === undefined) return;
  if (answer === 'segment') {
    await askPattern({ metric, patterns: [patternOf(metric)], guessed: false, ...about }, services);
    return;
  }
  const { withDirection, withPrimary } = await import('../../config/contractEdit');
  await services.contract.change((text) =>
    answer === 'primary' ? withPrimary(text, metric) : withDirection(text, metric, answer),
  );
}

/** Whether metrics are the segments of one, and by which pattern; the answer goes to `ringside.yaml`. */
export async function askSegments(asked: AskedSegments, services: Services): Promise<void> {
  const { metric, patterns, guessed } = asked;
  const names = patterns.join(', ');
  const choices: readonly Choice<'yes' | 'no' | 'other'>[] = [
    ...(guessed ? [{ label: l10n.t('They are segments'), description: names, value: 'yes' } as const] : []),
    { label: l10n.t('They are no segments'), description: l10n.t('but metrics of their own'), value: 'no' },
    { label: l10n.t('Another pattern…'), description: guessed ? '' : names, value: 'other' },
  ];
  const title = l10n.t('{0} by segment', metric);
  const answer = await services.ui.pick(choices, { title, placeholder: placeholder() });
  if (answer === 'other') await askPattern(asked, services);
  else if (answer) await write(asked, answer === 'yes' ? patterns : [], services);
}

async function askPattern(asked: AskedSegments, services: Services): Promise<void> {
  const { patterns, keys } = asked;
  const pattern = await services.ui.input({
    title: l10n.t('Pattern of the segments'),
    prompt: l10n.t('* stands for the name of the segment'),
    value: patterns[0] ?? '',
    validate: (text) => {
      if (!text.includes('*')) return l10n.t('A * has to stand for the name of the segment.');
      return keys.some((key) => matchesPattern(text, key)) ? undefined : l10n.t('No metric here fits this pattern.');
    },
  });
  if (pattern) await write(asked, [pattern], services);
}

/** The first answer keeps the other guesses too: once the file names segments, nothing is guessed any more. */
async function write(
  { patterns, allGuessed }: AskedSegments,
  wanted: readonly string[],
  { contract }: Services,
): Promise<void> {
  const { withSegments } = await import('../../config/contractEdit');
  await contract.change((text) =>
    withSegments(text, (now = allGuessed) => [...now.filter((pattern) => !patterns.includes(pattern)), ...wanted]),
  );
}

/** `acc_SE` is one of `acc_*`. */
function patternOf(metric: string): string {
  return metric.replace(/[^/.:_-]+$/, '*');
}
