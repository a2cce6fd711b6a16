import * as l10n from '@vscode/l10n';
import { formatDelta } from '../../domain/format';
import { leastRepetitions, type Noise } from '../../domain/noise';
import type { Repetitions } from '../../domain/repetitions';
import { isChance } from '../../domain/verdict';

/** What the spread over seeds says of one difference. */
export function noiseWord(noise: Noise, delta: number): string {
  if (noise.kind === 'unknown') return l10n.t('spread unknown');
  return isChance(noise, delta) ? l10n.t('within noise') : l10n.t('beyond noise');
}

/** The method and how many runs it had, for a tooltip and a report. */
export function noiseMethod(noise: Noise): string {
  const [base, other] = noise.runs;
  if (noise.kind === 'unknown') {
    return l10n.t('{0} and {1} runs: a spread needs {2} on a side', base, other, leastRepetitions);
  }
  const [low, high] = noise.interval.map(formatDelta);
  const method =
    noise.method === 'welch'
      ? l10n.t("Welch's t interval of the means")
      : l10n.t('t prediction interval of a single result');
  return l10n.t('{0}, 95 %: {1} to {2}; {3} and {4} runs', method, low ?? '', high ?? '', base, other);
}

/** One line about where the spread of two items comes from. */
export function repetitionWords([base, other]: readonly [Repetitions, Repetitions]): string {
  const seeds = [...new Set([...base.seeds, ...other.seeds])];
  if (seeds.length === 0) return l10n.t('Spread unknown: no param of these runs is known as a seed.');
  const named = seeds.join(', ');
  const of = base.guessed ? l10n.t('{0} (guessed)', named) : named;
  const most = base.more || other.more ? ` ${l10n.t('Not all runs of the experiment were looked at.')}` : '';
  const known = Math.max(base.runs, other.runs) >= leastRepetitions;
  const words = known
    ? l10n.t('Spread over {0}: {1} and {2} runs with the same params.', of, base.runs, other.runs)
    : l10n.t('Spread unknown: {1} and {2} runs that differ only in {0}; it takes {3}.', of, base.runs, other.runs, 3);
  return words + most;
}
