import * as l10n from '@vscode/l10n';
import { formatDelta } from '../../domain/format';
import type { Finding, Verdict } from '../../domain/verdict';

/** The sentence on top of a comparison of two; nothing where no metric with a known direction is in both. */
export function verdictWords({ overall, worstSegment }: Verdict, other: string): string | undefined {
  if (!overall) return undefined;
  const whole = evidence(overall.key, overall);
  const part = worstSegment && evidence(worstSegment.metric, worstSegment);
  if (overall.judgement === 'better') {
    return part
      ? l10n.t('{0} is better overall ({1}) but worse for {2} ({3}).', other, whole, worstSegment.segment, part)
      : l10n.t('{0} is better overall ({1}).', other, whole);
  }
  if (overall.judgement === 'worse') {
    return part
      ? l10n.t('{0} is worse overall ({1}), most for {2} ({3}).', other, whole, worstSegment.segment, part)
      : l10n.t('{0} is worse overall ({1}).', other, whole);
  }
  const level =
    overall.judgement === 'within'
      ? l10n.t('{0} is within noise of the baseline ({1})', other, whole)
      : l10n.t('{0} is level with the baseline ({1})', other, overall.key);
  return part ? l10n.t('{0}, but worse for {1} ({2}).', level, worstSegment.segment, part) : `${level}.`;
}

/** "auc +0.0009 ▲": the arrow says better or worse, not up or down. */
function evidence(name: string, { delta, judgement }: Finding): string {
  const mark = judgement === 'better' ? ' ▲' : judgement === 'worse' ? ' ▼' : judgement === 'within' ? ' ≈' : '';
  return `${name} ${formatDelta(delta)}${mark}`;
}
