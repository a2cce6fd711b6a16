import * as l10n from '@vscode/l10n';
import { decimalsFor, formatFixed, formatFixedDelta } from '../../domain/format';
import type { Lead, Ranking } from '../../domain/ranking';
import { evidence, places, sentence, type VerdictPart } from './verdictWords';

/** The sentence on top of a comparison of more than two: the best, its leads, where it is worse, each with its number. */
export function rankingWords(ranking: Ranking, names: readonly string[]): VerdictPart[] {
  const { baseline, next, worstSegment } = ranking;
  const nameAt = (place: number): VerdictPart => ({ text: names[place] ?? '' });
  const leads = [
    ...(baseline && next.over !== 0 ? [lead(baseline, 'baseline', nameAt)] : []),
    lead(next, roleOf(ranking), nameAt),
  ];
  const lost = worstSegment && [
    ...sentence(
      l10n.t('but worse for {0} than {2} ({1})', ...places),
      { text: worstSegment.segment },
      evidence(worstSegment.metric, worstSegment),
      nameAt(worstSegment.against),
    ),
  ];
  const without = names.length - ranking.ranked;
  const unranked = without > 0 ? [[{ text: l10n.t('{0} without a finite value', without) }]] : [];
  const clauses = [...leads, ...(lost ? [lost] : []), ...unranked];
  return [
    ...opening(ranking, names),
    ...clauses.flatMap((clause, i) => [{ text: i === 0 ? ': ' : '; ' }, ...clause]),
    { text: '.' },
  ];
}

function roleOf({ baseline, next }: Ranking): 'next' | 'both' {
  return baseline && next.over === 0 ? 'both' : 'next';
}

/** Nobody is the best where the next one is as good, or may be. */
function opening({ key, best, value, ranked, next }: Ranking, names: readonly string[]): VerdictPart[] {
  const decimals = decimalsFor([value, next.base]);
  const parts = [
    { text: names[best] ?? '' },
    { text: String(ranked) },
    { text: `${key} ${formatFixed(value, decimals)}`, key },
  ] as const;
  const isClear = next.judgement === 'better';
  if (best === 0) {
    return isClear
      ? sentence(l10n.t('{0}, the baseline, is the best of {1} ({2})', ...places), ...parts)
      : sentence(l10n.t('No clear best of {1}: {0}, the baseline, leads ({2})', ...places), ...parts);
  }
  return isClear
    ? sentence(l10n.t('{0} is the best of {1} ({2})', ...places), ...parts)
    : sentence(l10n.t('No clear best of {1}: {0} leads ({2})', ...places), ...parts);
}

function lead(
  { key, base, delta, judgement, noise, over }: Lead,
  role: 'baseline' | 'next' | 'both',
  nameAt: (place: number) => VerdictPart,
): VerdictPart[] {
  const mark = judgement === 'within' ? '≈' : '▲';
  const number = `${formatFixedDelta(delta, decimalsFor([base, base + delta]))} ${mark}`;
  const chance =
    judgement === 'within' ? l10n.t('within noise') : noise?.kind === 'beyond' ? l10n.t('beyond noise') : '';
  const words = { text: chance ? `${number}, ${chance},` : number, key };
  const name = nameAt(over);
  if (judgement === 'same') {
    return {
      baseline: () => sentence(l10n.t('level with {0}, the baseline', ...places), name),
      next: () => sentence(l10n.t('level with {0}', ...places), name),
      both: () => sentence(l10n.t('level with {0}, the baseline', ...places), name),
    }[role]();
  }
  return {
    baseline: () => sentence(l10n.t('{0} over {1}, the baseline', ...places), words, name),
    next: () => sentence(l10n.t('{0} over {1}, the next best', ...places), words, name),
    both: () => sentence(l10n.t('{0} over {1}, the baseline and next best', ...places), words, name),
  }[role]();
}
