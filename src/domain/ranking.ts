import type { CompareRow } from './compare';
import { type Contract, judgedBy, primaryOf } from './contract';
import type { Noise } from './noise';
import type { SegmentFamily } from './segments';
import { type Finding, findingOf, type SegmentFinding, worstSegmentOf } from './verdict';

/** The best item's lead over another one. */
export interface Lead extends Finding {
  /** Place of the other among the items. */
  readonly over: number;
}

/** Which of several items is best on the primary metric, and by how much. */
export interface Ranking {
  readonly key: string;
  /** Place of the best; of equal ones the first. */
  readonly best: number;
  readonly value: number;
  /** Items that have a finite value of the metric. */
  readonly ranked: number;
  /** Absent where the best is the baseline, or that has no value. */
  readonly baseline?: Lead;
  /** The best of the others; may be the baseline. */
  readonly next: Lead;
  /** Where the best lost most against the baseline, or being that itself, against the next best. */
  readonly worstSegment?: SegmentFinding & { readonly against: number };
}

/** By metric, what the repetitions of two items say of their difference. */
type NoiseOfPair = (base: number, other: number) => ReadonlyMap<string, Noise>;

/** @param rows metrics of three items or more, the baseline first. Nothing where no metric ranks two of them. */
export function rankingOf(
  rows: readonly CompareRow[],
  contract: Contract,
  noiseOf: NoiseOfPair,
  nested: readonly SegmentFamily[] = [],
): Ranking | undefined {
  const ranked = rows
    .filter((row) => row.group === 'metrics' && judgedBy(contract, row.key) && placesOf(row).length > 1)
    .sort((a, b) => placesOf(b).length - placesOf(a).length);
  const key = primaryOf(
    contract,
    ranked.map((row) => row.key),
  );
  const row = ranked.find((each) => each.key === key);
  const judged = row && judgedBy(contract, row.key);
  if (!row || !judged) return undefined;
  const leadOver = (over: number, best: number): Lead | undefined => {
    const finding = findingOf(pairOf(row, over, best), judged, noiseOf(over, best).get(row.key));
    return finding && { ...finding, over };
  };
  const sign = judged.direction === 'higher' ? -1 : 1;
  const valueAt = (place: number): number => Number(row.values[place]);
  const places = placesOf(row).sort((a, b) => (valueAt(a) - valueAt(b)) * sign);
  const [best = 0, second = 0] = places;
  const next = leadOver(second, best);
  if (!next) return undefined;
  const baseline = best === 0 ? undefined : leadOver(0, best);
  const against = baseline ? 0 : second;
  const pairs = rows.map((each) => pairOf(each, against, best));
  const families = nested.map((family) => familyOf(family, against, best));
  const worst = worstSegmentOf(pairs, contract, noiseOf(against, best), families);
  return {
    ...{ key: row.key, best, value: valueAt(best), ranked: places.length, next },
    ...(baseline && { baseline }),
    ...(worst && { worstSegment: { ...worst, against } }),
  };
}

function placesOf({ values }: CompareRow): number[] {
  return values.flatMap((value, place) => (Number.isFinite(value) ? [place] : []));
}

/** The row as a comparison of two of its items. */
function pairOf(row: CompareRow, base: number, other: number): CompareRow {
  return { ...row, values: [row.values[base] ?? null, row.values[other] ?? null] };
}

function familyOf(family: SegmentFamily, base: number, other: number): SegmentFamily {
  const segments = family.segments.map(({ segment, row }) => ({ segment, row: pairOf(row, base, other) }));
  return { ...family, segments };
}
