import type { CompareRow } from './compare';
import { type Contract, judgedBy, primaryOf } from './contract';
import { isBetter } from './direction';
import type { Noise } from './noise';
import { segmentFamilies } from './segments';

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

/** @param rows metrics of two items, the baseline first @param noise by metric, where repetitions were looked for */
export function verdictOf(
  rows: readonly CompareRow[],
  contract: Contract,
  noise: ReadonlyMap<string, Noise> = new Map(),
): Verdict {
  const findings = new Map(rows.flatMap((row) => pairOf(findingOf(row, contract, noise.get(row.key)))));
  const keys = [...findings.keys()];
  const primary = primaryOf(contract, keys);
  const overall = primary === undefined ? undefined : findings.get(primary);
  const worstSegment = worstOf(segmentFindings(findings, contract));
  const counts = { better: 0, worse: 0, same: 0, within: 0 };
  for (const { judgement } of findings.values()) counts[judgement] += 1;
  return { ...(overall && { overall }), ...(worstSegment && { worstSegment }), counts };
}

function findingOf(
  { group, key, values }: CompareRow,
  contract: Contract,
  noise: Noise | undefined,
): Finding | undefined {
  const [base, other] = values;
  const judged = group === 'metrics' ? judgedBy(contract, key) : undefined;
  if (!judged || typeof base !== 'number' || typeof other !== 'number') return undefined;
  if (!Number.isFinite(base) || !Number.isFinite(other)) return undefined;
  const better = isBetter(other, base, judged.direction) ? 'better' : 'worse';
  const judgement = other === base ? 'same' : noise?.kind === 'within' ? 'within' : better;
  return { key, base, delta: other - base, judgement, guessed: judged.guessed, ...(noise && { noise }) };
}

function pairOf(finding: Finding | undefined): [string, Finding][] {
  return finding ? [[finding.key, finding]] : [];
}

function segmentFindings(findings: ReadonlyMap<string, Finding>, contract: Contract): SegmentFinding[] {
  return segmentFamilies([...findings.keys()], contract.segments).flatMap(({ metric, segments }) =>
    segments.flatMap(({ key, segment }) => {
      const finding = findings.get(key);
      return finding ? [{ ...finding, metric, segment }] : [];
    }),
  );
}

/** Most lost, in the metric's own unit: families are mostly shares of one scale. */
function worstOf(findings: readonly SegmentFinding[]): SegmentFinding | undefined {
  const worse = findings.filter(({ judgement }) => judgement === 'worse');
  return worse.sort((a, b) => Math.abs(b.delta) - Math.abs(a.delta))[0];
}
