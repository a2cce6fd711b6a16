import { matchesPattern } from './contract';
import { directionOf } from './direction';

/** One metric over the parts of the data: `recall` of `malignant`, `benign`. */
export interface SegmentFamily {
  readonly metric: string;
  readonly segments: readonly { readonly segment: string; readonly key: string }[];
  /** Nobody named the family in `ringside.yaml`: names that look like one. */
  readonly guessed: boolean;
}

/**
 * Families of `recall/malignant`, `auc.market-SE`, `f1:adults`. With patterns only what they match is one; without, what
 * stands before the last separator is the metric where its direction is known and it has two segments or more.
 */
export function segmentFamilies(keys: readonly string[], patterns: readonly string[]): SegmentFamily[] {
  const said = patterns.map((pattern) => familyOf(pattern, keys)).filter(({ segments }) => segments.length > 0);
  if (patterns.length > 0) return said;
  return guessedFamilies(keys);
}

function familyOf(pattern: string, keys: readonly string[]): SegmentFamily {
  const star = pattern.indexOf('*');
  const end = pattern.length - (pattern.lastIndexOf('*') + 1);
  const segments = keys
    .filter((key) => star >= 0 && matchesPattern(pattern, key))
    .map((key) => ({ key, segment: key.slice(star, key.length - end) }));
  return { metric: pattern.slice(0, Math.max(star, 0)).replace(/[/.:_-]+$/, '') || pattern, segments, guessed: false };
}

function guessedFamilies(keys: readonly string[]): SegmentFamily[] {
  const families = new Map<string, { segment: string; key: string }[]>();
  for (const key of keys) {
    const [, metric, segment] = /^(.+)[/.:](.+)$/.exec(key) ?? [];
    if (metric === undefined || segment === undefined) continue;
    // `val/auc` and `train/auc` are two metrics of all data: what is measured stands after the separator.
    if (directionOf(metric) === undefined || directionOf(segment) !== undefined) continue;
    const family = families.get(metric) ?? [];
    families.set(metric, family);
    family.push({ segment, key });
  }
  return [...families]
    .filter(([, segments]) => segments.length > 1)
    .map(([metric, segments]) => ({ metric, segments, guessed: true }));
}
