import * as l10n from '@vscode/l10n';
import { decimalsFor, formatFixedDelta } from '../../domain/format';
import type { Finding, Verdict } from '../../domain/verdict';

/** A piece of the sentence; a number names the metric whose row shows it. */
export interface VerdictPart {
  readonly text: string;
  readonly key?: string;
}

/** The sentence on top of a comparison of two; nothing where no metric with a known direction is in both. */
export function verdictWords({ overall, worstSegment }: Verdict, other: string): VerdictPart[] {
  if (!overall) return [];
  const name = { text: other };
  const whole = evidence(overall.key, overall);
  const segment = { text: worstSegment?.segment ?? '' };
  const part = worstSegment && evidence(worstSegment.metric, worstSegment);
  if (overall.judgement === 'better') {
    return part
      ? sentence(l10n.t('{0} is better overall ({1}) but worse for {2} ({3}).', ...places), name, whole, segment, part)
      : sentence(l10n.t('{0} is better overall ({1}).', ...places), name, whole);
  }
  if (overall.judgement === 'worse') {
    return part
      ? sentence(l10n.t('{0} is worse overall ({1}), most for {2} ({3}).', ...places), name, whole, segment, part)
      : sentence(l10n.t('{0} is worse overall ({1}).', ...places), name, whole);
  }
  const level =
    overall.judgement === 'within'
      ? l10n.t('{0} is within noise of the baseline ({1})', ...places)
      : l10n.t('{0} is level with the baseline ({1})', ...places);
  if (!part) return sentence(`${level}.`, name, whole);
  return [...sentence(level, name, whole), ...sentence(l10n.t(', but worse for {0} ({1}).', ...places), segment, part)];
}

/** What stands in a translated sentence where its values go: no translation or name holds these. */
export const places = ['\uE000', '\uE001', '\uE002', '\uE003'];

/** Cuts a sentence at its places and puts the parts there, in whatever order the language has them. */
export function sentence(text: string, ...parts: readonly VerdictPart[]): VerdictPart[] {
  return text
    .split(/([\uE000-\uE003])/)
    .filter(Boolean)
    .map((piece) => parts[places.indexOf(piece)] ?? { text: piece });
}

/** "auc +0.0009 ▲, beyond noise", with as many decimals as its row: the arrow says better or worse, not up or down. */
export function evidence(name: string, { key, base, delta, judgement, noise }: Finding): VerdictPart {
  if (judgement === 'same') return { text: name, key };
  const mark = judgement === 'better' ? '▲' : judgement === 'worse' ? '▼' : '≈';
  const text = `${name} ${formatFixedDelta(delta, decimalsFor([base, base + delta]))} ${mark}`;
  return { text: noise?.kind === 'beyond' && judgement !== 'within' ? l10n.t('{0}, beyond noise', text) : text, key };
}

/** A piece of the sentence that no line may break: a number with the brackets and the stop that touch it. */
export interface TightPart extends VerdictPart {
  readonly before: string;
  readonly after: string;
}

/** The sentence with what touches a number taken to it: a button is a box, and lines break at boxes. */
export function tightParts(parts: readonly VerdictPart[]): TightPart[] {
  const texts = parts.map(({ text }) => text);
  return parts.map(({ text, key }, i): TightPart => {
    if (key !== undefined) {
      const before = /\S*$/.exec(texts[i - 1] ?? '')?.[0] ?? '';
      return { text, key, before, after: /^\S*/.exec(texts[i + 1] ?? '')?.[0] ?? '' };
    }
    const left = parts[i - 1]?.key === undefined ? text : text.replace(/^\S*/, '');
    return { text: parts[i + 1]?.key === undefined ? left : left.replace(/\S*$/, ''), before: '', after: '' };
  });
}

export function textOf(parts: readonly VerdictPart[]): string {
  return parts.map(({ text }) => text).join('');
}
