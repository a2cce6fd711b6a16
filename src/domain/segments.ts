import type { CompareRow } from './compare';
import { type Contract, guessedSegment, type Judged, judgedBy, matchesPattern, ruleOf } from './contract';
import { isBetter } from './direction';

/** One metric over the parts of the data: `recall` of `malignant`, `benign`. */
export interface SegmentFamily {
  readonly metric: string;
  readonly segments: readonly Segment[];
  /** Who said that it is one: `ringside.yaml`, nobody (the names look like it), or runs nested in the compared ones. */
  readonly from: 'contract' | 'names' | 'nested';
  /** That `ringside.yaml` has or would have for it; none of nested runs. */
  readonly patterns: readonly string[];
}

export interface Segment {
  readonly segment: string;
  /** The metric of this part, over all items. */
  readonly row: CompareRow;
}

/** What is compared of a run nested in a compared one, where each is about one part of the data. */
export interface NestedValues {
  readonly segment: string;
  readonly metrics: readonly { readonly key: string; readonly value: number }[];
}

/**
 * Families of `recall/malignant`, `auc.market-SE`, `f1:adults`. With patterns only what they match is one; without, what
 * stands before the last separator is the metric where its direction is known and it has two segments or more.
 */
export function segmentFamilies(rows: readonly CompareRow[], { segments }: Contract): SegmentFamily[] {
  const metrics = rows.filter(({ group }) => group === 'metrics');
  if (!segments) return guessedFamilies(metrics);
  return segments.map((pattern) => familyOf(pattern, metrics)).filter(isFamily);
}

function isFamily(family: SegmentFamily): boolean {
  return family.segments.length > 0;
}

function familyOf(pattern: string, rows: readonly CompareRow[]): SegmentFamily {
  if (!pattern.includes('*')) return { metric: pattern, segments: [], from: 'contract', patterns: [pattern] };
  const [head, tail] = [pattern.slice(0, pattern.indexOf('*')), pattern.slice(pattern.lastIndexOf('*') + 1)];
  const start = wordStart(head);
  const end = tail.length - wordEnd(tail);
  const segments = rows
    .filter(({ key }) => matchesPattern(pattern, key))
    .map((row) => ({ row, segment: row.key.slice(start, row.key.length - end) || row.key }));
  const around = [head.slice(0, start), tail.slice(tail.length - end)].map((part) => part.replace(edges, ''));
  const metric = around.filter(Boolean).join('/') || pattern;
  return { metric, segments, from: 'contract', patterns: [pattern] };
}

const edges = /^[/.:_-]+|[/.:_-]+$/g;

/** Where the word begins that a star cuts: `recall/o*` is about `old`, not about `ld`. */
function wordStart(head: string): number {
  if (/[/.:_-]$/.test(head)) return head.length;
  return Math.max(...['/', '.', ':'].map((separator) => head.lastIndexOf(separator))) + 1;
}

/** The same where a word goes on after a star. */
function wordEnd(tail: string): number {
  const end = tail.search(/^[/.:_-]/) === 0 ? 0 : tail.search(/[/.:]/);
  return end < 0 ? tail.length : end;
}

function guessedFamilies(rows: readonly CompareRow[]): SegmentFamily[] {
  const families = new Map<string, Segment[]>();
  for (const row of rows) {
    const guess = guessedSegment(row.key);
    if (!guess) continue;
    const { metric, segment } = guess;
    families.set(metric, [...(families.get(metric) ?? []), { segment, row }]);
  }
  return familiesOf(families, 'names');
}

/** What is shown as segments: those of the names and those of nested runs, unless the team said that there are none. */
export function allFamilies(
  rows: readonly CompareRow[],
  nested: readonly SegmentFamily[],
  contract: Contract,
): SegmentFamily[] {
  if (contract.segments?.length === 0) return [];
  return [...segmentFamilies(rows, contract), ...nested];
}

/** Families of nested runs: a segment counts where two items or more have it, a metric where two segments do. */
export function nestedFamilies(items: readonly (readonly NestedValues[])[]): SegmentFamily[] {
  const families = new Map<string, Map<string, (number | null)[]>>();
  const shared = sharedSegments(items);
  items.forEach((nested, index) => {
    for (const { segment, metrics } of nested.filter((run) => shared.has(run.segment))) {
      for (const { key, value } of metrics) {
        if (key.startsWith('system/')) continue;
        const family = families.get(key) ?? new Map<string, (number | null)[]>();
        const values = family.get(segment) ?? items.map(() => null);
        // Newest first: of several runs of one segment the newest counts.
        values[index] ??= value;
        families.set(key, family.set(segment, values));
      }
    }
  });
  const segments = [...families].map(([metric, bySegment]): [string, Segment[]] => [
    metric,
    [...bySegment].map(([segment, values]) => ({ segment, row: nestedRow(metric, segment, values) })),
  ]);
  return familiesOf(new Map(segments), 'nested');
}

function nestedRow(metric: string, segment: string, values: readonly (number | null)[]): CompareRow {
  return { group: 'metrics', key: `${metric}/${segment}`, values, differs: new Set(values).size > 1 };
}

function sharedSegments(items: readonly (readonly NestedValues[])[]): Set<string> {
  const counts = new Map<string, number>();
  for (const nested of items) {
    for (const segment of new Set(nested.map((run) => run.segment)))
      counts.set(segment, (counts.get(segment) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => count > 1).map(([segment]) => segment));
}

function familiesOf(families: ReadonlyMap<string, readonly Segment[]>, from: SegmentFamily['from']): SegmentFamily[] {
  return [...families]
    .filter(([, segments]) => segments.length > 1)
    .map(([metric, segments]) => ({
      ...{ metric, segments, from },
      patterns: from === 'nested' ? [] : patternsOf(metric, segments),
    }));
}

/** One for each separator that stands between the metric and its segments. */
function patternsOf(metric: string, segments: readonly Segment[]): string[] {
  const separators = new Set(segments.map(({ row }) => row.key.charAt(metric.length)));
  return [...separators].map((separator) => `${metric}${separator}*`);
}

/** What is better in a segment: what is said of its own name, then of its metric, then a guess by the metric alone. */
export function judgedSegment(contract: Contract, metric: string, key: string): Judged | undefined {
  if (ruleOf(contract, key)?.direction) return judgedBy(contract, key);
  return judgedBy(contract, metric) ?? judgedBy(contract, key);
}

/** One cell of a heat map. */
export interface HeatCell {
  /** Absent where the item has none; may be NaN or infinite. */
  readonly value: number | undefined;
  /** Change against the baseline; only of two finite numbers that differ. */
  readonly change?: { readonly delta: number; readonly better?: boolean };
  /** 0 the family's best … 4 its worst; absent where that cannot be told. */
  readonly heat?: number;
}

export interface HeatRow extends Segment {
  readonly cells: readonly HeatCell[];
}

/** A family as a heat map, segment x item; the segment that lost most comes first, of one item the one that is worst. */
export interface HeatMap extends Pick<SegmentFamily, 'metric' | 'from' | 'patterns'> {
  readonly judged: Judged | undefined;
  readonly rows: readonly HeatRow[];
}

export function heatMapOf({ metric, segments, from, patterns }: SegmentFamily, contract: Contract): HeatMap {
  const judged = judgedSegment(contract, metric, segments[0]?.row.key ?? metric);
  const finite = segments.flatMap(({ row }) => row.values.filter(isFinite));
  const range = [least(finite), -least(finite.map((value) => -value))] as const;
  const rows = segments.map((segment) => ({
    ...segment,
    cells: segment.row.values.map((value) => cellOf(value, segment.row.values[0], judged, range)),
  }));
  return { metric, from, patterns, judged, rows: judged ? rows.sort(byLoss(judged)) : rows };
}

/** Not by spreading: a family may have more segments than a call has arguments. */
function least(values: readonly number[]): number {
  return values.reduce((low, value) => Math.min(low, value), Infinity);
}

function isFinite(value: unknown): value is number {
  return Number.isFinite(value);
}

function cellOf(
  value: CompareRow['values'][number],
  base: CompareRow['values'][number] | undefined,
  judged: Judged | undefined,
  [low, high]: readonly [number, number],
): HeatCell {
  if (typeof value !== 'number') return { value: undefined };
  if (!isFinite(value)) return { value };
  const share = judged && high > low ? (value / 2 - low / 2) / (high / 2 - low / 2) : undefined;
  const badness = share === undefined ? undefined : judged?.direction === 'higher' ? 1 - share : share;
  const heat = badness === undefined ? undefined : Math.min(Math.floor(badness * 5), 4);
  const delta = isFinite(base) ? value - base : 0;
  const change = delta === 0 || !isFinite(base) ? undefined : changeOf(value, base, delta, judged);
  return { value, ...(change && { change }), ...(heat !== undefined && { heat }) };
}

function changeOf(value: number, base: number, delta: number, judged: Judged | undefined): HeatCell['change'] {
  return { delta, ...(judged && { better: isBetter(value, base, judged.direction) }) };
}

function byLoss({ direction }: Judged): (a: HeatRow, b: HeatRow) => number {
  const sign = direction === 'higher' ? 1 : -1;
  const gain = ({ cells }: HeatRow): number => least(cells.map(({ change }) => (change ? change.delta * sign : 0)));
  const level = ({ cells }: HeatRow): number =>
    least(cells.map(({ value }) => (isFinite(value) ? value * sign : Infinity)));
  return (a, b) => compare(gain(a), gain(b)) || compare(level(a), level(b)) || (a.segment < b.segment ? -1 : 1);
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
