import { type Contract, judgedBy, noContract } from './contract';
import { bestIndex, type Direction, isBetter } from './direction';
import type { KeyValue } from './experiment';
import type { Metric } from './metric';

/** What is compared of a run or a version. */
export interface Comparable {
  readonly metrics: readonly Metric[];
  readonly params: readonly KeyValue[];
  readonly tags: readonly KeyValue[];
}

const ownGroups = ['metrics', 'params', 'tags'] as const;
type CompareGroup = (typeof ownGroups)[number] | 'datasets' | 'signature' | 'environment' | 'code';

/** A number of a metric, the text of a param or tag, null where an item has none. */
export type CompareValue = number | string | null;

/** One key over all items; `values` are in the order of the items. */
export interface CompareRow {
  readonly group: CompareGroup;
  readonly key: string;
  readonly values: readonly CompareValue[];
  /** An absent value differs from any present one; NaN equals NaN. */
  readonly differs: boolean;
}

/** Rows of n items: metrics, params, tags; in each what differs first, then by key. */
export function compareItems(items: readonly Comparable[]): CompareRow[] {
  return ownGroups.flatMap((group) =>
    rowsOf(
      group,
      items.map((item) => item[group]),
    ),
  );
}

/** Rows of one group, what differs first. @param items the pairs of each item */
export function rowsOf(
  group: CompareGroup,
  items: readonly (readonly { readonly key: string; readonly value: string | number }[])[],
): CompareRow[] {
  const rows = new Map<string, CompareValue[]>();
  items.forEach((pairs, index) => {
    for (const { key, value } of pairs) {
      let values = rows.get(key);
      if (!values) rows.set(key, (values = items.map(() => null)));
      values[index] = value;
    }
  });
  return [...rows].map(([key, values]) => ({ group, key, values, differs: differ(values) })).sort(byDifference);
}

/** Whether the key or a value of the row holds the text, in any case. */
export function holdsText({ key, values }: CompareRow, text: string): boolean {
  const part = text.trim().toLowerCase();
  return (
    part === '' ||
    [key, ...values].some((value) =>
      String(value ?? '')
        .toLowerCase()
        .includes(part),
    )
  );
}

function differ(values: readonly CompareValue[]): boolean {
  const [first = null] = values;
  return values.some((value) => !Object.is(value, first) && value !== first);
}

function byDifference(a: CompareRow, b: CompareRow): number {
  if (a.differs !== b.differs) return a.differs ? -1 : 1;
  if (a.key === b.key) return 0;
  return a.key < b.key ? -1 : 1;
}

/** A metric's change against the first item. */
export interface Delta {
  readonly delta: number;
  readonly base: number;
  /** By the metric's direction; absent where that is unknown or nothing changed. */
  readonly verdict?: 'better' | 'worse';
}

/** What a metric row says beyond its numbers. */
interface MetricMarks {
  readonly direction: Direction | undefined;
  /** Index of the best value; of several equal ones the first. */
  readonly best: number | undefined;
  /** Per item; nothing for the first and where either number is absent or not finite. */
  readonly deltas: readonly (Delta | undefined)[];
}

export function metricMarks(row: CompareRow, contract: Contract = noContract): MetricMarks {
  const direction = judgedBy(contract, row.key)?.direction;
  const numbers = row.values.map((value) => (typeof value === 'number' ? value : undefined));
  const [base] = numbers;
  return {
    direction,
    best: bestIndex(numbers, direction),
    deltas: numbers.map((value, index) => (index === 0 ? undefined : deltaOf(value, base, direction))),
  };
}

function deltaOf(
  value: number | undefined,
  base: number | undefined,
  direction: Direction | undefined,
): Delta | undefined {
  if (value === undefined || base === undefined || !Number.isFinite(value) || !Number.isFinite(base)) return undefined;
  const delta = value - base;
  if (!direction || delta === 0) return { delta, base };
  return { delta, base, verdict: isBetter(value, base, direction) ? 'better' : 'worse' };
}
