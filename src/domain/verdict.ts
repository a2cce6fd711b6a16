import type { CompareRow } from './compare';
import { type Contract, type Judged, judgedBy, primaryOf } from './contract';
import { isBetter } from './direction';
import type { Noise } from './noise';
import { allFamilies, judgedSegment, type SegmentFamily } from './segments';

/** One metric's change from the baseline to what is compared with it. */
export interface Finding {
  readonly key: string;
  readonly base: number;
  readonly delta: number;
  /** `within`: no more than the spread over seeds, so neither better nor worse. */
  readonly judgement: 'better' | 'worse' | 'same' | 'within';
  readonly noise?: Noise;
  /** Nobody said which way is better: the name was guessed from. */
  readonly guessed: boolean;
}

export interface SegmentFinding extends Finding {
  /** The metric that the family is about. */
  readonly metric: string;
  readonly segment: string;
}

/** What a careful colleague would say first of two items, each part with its evidence. */
export interface Verdict {
  /** The primary metric; absent where none is known that both have. */
  readonly overall?: Finding;
  /** The segment that lost most, where one did beyond noise. */
  readonly worstSegment?: SegmentFinding;
  /** Metrics with a known direction, segments included, by judgement. */
  readonly counts: Readonly<Record<Finding['judgement'], number>>;
}

/**
 * @param rows metrics of two items, the baseline first
 * @param noise by metric, where repetitions were looked for
 * @param nested families of runs nested in the two
 */
export function verdictOf(
  rows: readonly CompareRow[],
  contract: Contract,
  noise: ReadonlyMap<string, Noise> = new Map(),
  nested: readonly SegmentFamily[] = [],
): Verdict {
  const found = rows.map((row) => findingOf(row, judgedBy(contract, row.key), noise.get(row.key)));
  const findings = new Map(found.flatMap((finding) => (finding ? [[finding.key, finding]] : [])));
  const primary = primaryOf(contract, [...findings.keys()]);
  const overall = primary === undefined ? undefined : findings.get(primary);
  const worstSegment = worstSegmentOf(rows, contract, noise, nested);
  const counts = { better: 0, worse: 0, same: 0, within: 0 };
  for (const { judgement } of findings.values()) counts[judgement] += 1;
  return { ...(overall && { overall }), ...(worstSegment && { worstSegment }), counts };
}

/** The segment that lost most from the first of two items to the second. */
export function worstSegmentOf(
  rows: readonly CompareRow[],
  contract: Contract,
  noise: ReadonlyMap<string, Noise>,
  nested: readonly SegmentFamily[],
): SegmentFinding | undefined {
  const families = allFamilies(rows, nested, contract);
  return worstOf(families.flatMap((family) => segmentFindings(family, contract, noise)));
}

/** @param row of two items */
export function findingOf(
  { group, key, values }: CompareRow,
  judged: Judged | undefined,
  noise: Noise | undefined,
): Finding | undefined {
  const [base, other] = values;
  if (group !== 'metrics' || !judged || typeof base !== 'number' || typeof other !== 'number') return undefined;
  if (!Number.isFinite(base) || !Number.isFinite(other)) return undefined;
  const better = isBetter(other, base, judged.direction) ? 'better' : 'worse';
  const judgement = other === base ? 'same' : isChance(noise, other - base) ? 'within' : better;
  return { key, base, delta: other - base, judgement, guessed: judged.guessed, ...(noise && { noise }) };
}

/** Where the repetitions differ the other way round than the two runs, these two differ by chance as well. */
export function isChance(noise: Noise | undefined, delta: number): boolean {
  if (!noise || noise.kind === 'unknown') return false;
  return noise.kind === 'within' || noise.interval[0] > 0 !== delta > 0;
}

function segmentFindings(
  { metric, segments, from }: SegmentFamily,
  contract: Contract,
  noise: ReadonlyMap<string, Noise>,
): SegmentFinding[] {
  return segments.flatMap(({ segment, row }) => {
    // Repetitions were looked for of the compared runs, not of those nested in them.
    const own = from === 'nested' ? undefined : noise.get(row.key);
    const finding = findingOf(row, judgedSegment(contract, metric, row.key), own);
    return finding ? [{ ...finding, metric, segment }] : [];
  });
}

/** Most lost, in the metric's own unit: families are mostly shares of one scale. */
function worstOf(findings: readonly SegmentFinding[]): SegmentFinding | undefined {
  const worse = findings.filter(({ judgement }) => judgement === 'worse');
  return worse.sort((a, b) => Math.abs(b.delta) - Math.abs(a.delta))[0];
}
