import * as l10n from '@vscode/l10n';
import type { Browser } from '../app/browse';
import type { ExperimentKey, RunSort } from '../app/browseOptions';
import { directionOf } from '../domain/direction';
import { oneLine } from '../domain/words';
import type { Choice, Ui } from '../platform/ui';

type Field = Pick<RunSort, 'by'> & { readonly key?: string };

/** Sort Runs By…: what by, then which way, the usual way first. */
export async function chooseSort(browser: Browser, ui: Ui, experiment: ExperimentKey | undefined): Promise<void> {
  if (!experiment) return;
  const current = browser.options.sortOf(experiment);
  const choices = browser.metricKeys(experiment).then((keys) => fieldChoices(keys, current));
  const field = await ui.pick(choices, { title: l10n.t('Sort Runs By') });
  if (!field) return;
  const ascending = await ui.pick(directions(field), { title: l10n.t('Sort Runs By') });
  if (ascending === undefined) return;
  const { by, key } = field;
  const sort: RunSort = by === 'metric' ? { by, key: key ?? '', ascending } : { by, ascending };
  await browser.options.setSort(experiment, sort);
}

/** Choose Headline Metric…: the one that stands beside each run of the experiment. */
export async function chooseHeadline(browser: Browser, ui: Ui, experiment: ExperimentKey | undefined): Promise<void> {
  if (!experiment) return;
  const current = browser.options.headlineOf(experiment);
  const choices = browser.metricKeys(experiment).then((keys) =>
    keys.map((key): Choice<string> => ({
      label: oneLine(key),
      icon: 'graph-line',
      picked: key === current,
      value: key,
    })),
  );
  const headline = await ui.pick(choices, { title: l10n.t('Choose Headline Metric') });
  if (headline !== undefined) await browser.options.setHeadline(experiment, headline);
}

function fieldChoices(metricKeys: readonly string[], current: RunSort): Choice<Field>[] {
  const named: Choice<Field>[] = [
    { label: l10n.t('Start time'), icon: 'watch', value: { by: 'start' } },
    { label: l10n.t('Name'), icon: 'symbol-string', value: { by: 'name' } },
    { label: l10n.t('Duration'), icon: 'history', value: { by: 'duration' } },
  ];
  const metrics = metricKeys.map((key): Choice<Field> => ({
    label: oneLine(key),
    icon: 'graph-line',
    value: { by: 'metric', key },
  }));
  const isCurrent = ({ by, key }: Field): boolean =>
    by === current.by && (current.by !== 'metric' || key === current.key);
  return [...named, ...metrics].map((choice) => ({ ...choice, picked: isCurrent(choice.value) }));
}

function directions({ by, key }: Field): Choice<boolean>[] {
  const words: Record<RunSort['by'], readonly [ascending: string, descending: string]> = {
    start: [l10n.t('Oldest first'), l10n.t('Newest first')],
    name: [l10n.t('A to Z'), l10n.t('Z to A')],
    duration: [l10n.t('Shortest first'), l10n.t('Longest first')],
    metric: [l10n.t('Lowest first'), l10n.t('Highest first')],
  };
  const [up, down] = words[by];
  const choices = [
    { label: up, icon: 'arrow-up', value: true },
    { label: down, icon: 'arrow-down', value: false },
  ];
  const upFirst = by === 'name' || (key !== undefined && directionOf(key) === 'lower');
  return upFirst ? choices : choices.reverse();
}
