import type { MetricHistory } from './metric';

export type Axis = 'step' | 'time';

/** Real points of one history, ascending in x; the three arrays have one length. */
export interface Points {
  readonly steps: Float64Array;
  /** ms since epoch. */
  readonly timestamps: Float64Array;
  readonly values: Float64Array;
}

/** Points that draw like the whole; `total` is how many there are. */
export interface ReducedPoints extends Points {
  readonly total: number;
}

export interface Reduction {
  readonly axis: Axis;
  /** How many pieces the x range is cut into: about one per pixel. */
  readonly buckets: number;
  /** Only points in this range of x and one to each side; absent for all. */
  readonly range?: readonly [number, number];
  /** For a logarithmic scale: extremes among positive values only. */
  readonly positive?: boolean;
}

/**
 * Cuts a history to what a chart can show and loses no extreme: of each bucket of x the first, the least, the greatest
 * and the last value, and one of each kind of value that a line breaks at (performance.md §6, M4). Buckets go by x and
 * not by index, because steps may be uneven, repeated or out of order.
 */
export function reducePoints(history: Points, reduction: Reduction): ReducedPoints {
  const order = within(history, sortedByX(history, reduction.axis), reduction);
  const total = history.values.length;
  if (order.length <= reduction.buckets * 4) return { ...pick(history, order), total };
  return { ...pick(history, keptOf(history, order, reduction)), total };
}

export function xOf(points: Points, axis: Axis): Float64Array {
  return axis === 'step' ? points.steps : points.timestamps;
}

export function emptyPoints(): Points {
  return { steps: new Float64Array(), timestamps: new Float64Array(), values: new Float64Array() };
}

/** Positions ascending in x; plain loops, because typed arrays' own `from` is ten times slower. */
function sortedByX(history: Points, axis: Axis): Uint32Array {
  const x = xOf(history, axis);
  const order = new Uint32Array(x.length);
  let length = 0;
  let ascending = true;
  for (let i = 0; i < x.length; i++) {
    if (!Number.isFinite(x[i])) continue;
    ascending &&= length === 0 || (x[i] ?? 0) >= (x[order[length - 1] ?? 0] ?? 0);
    order[length++] = i;
  }
  const found = order.subarray(0, length);
  return ascending ? found : found.sort((a, b) => (x[a] ?? 0) - (x[b] ?? 0) || a - b);
}

function within(history: Points, order: Uint32Array, { axis, range }: Reduction): Uint32Array {
  if (!range) return order;
  const x = xOf(history, axis);
  const from = order.findIndex((i) => (x[i] ?? 0) >= range[0]);
  const to = order.findLastIndex((i) => (x[i] ?? 0) <= range[1]);
  if (from < 0 || to < 0) return order.slice(0, 0);
  return order.slice(Math.max(0, from - 1), to + 2);
}

function keptOf(history: Points, order: Uint32Array, { axis, buckets, positive }: Reduction): Uint32Array {
  const x = xOf(history, axis);
  const first = x[order[0] ?? 0] ?? 0;
  const span = (x[order.at(-1) ?? 0] ?? 0) - first || 1;
  const kept: number[] = [];
  const bucket = new Bucket(positive === true);
  let current = 0;
  order.forEach((index, position) => {
    const next = Math.min(buckets - 1, Math.floor((((x[index] ?? 0) - first) / span) * buckets));
    if (next !== current) bucket.moveTo(kept);
    current = next;
    bucket.add(position, history.values[index] ?? NaN);
  });
  bucket.moveTo(kept);
  return Uint32Array.from(kept, (position) => order[position] ?? 0);
}

const slot = { first: 0, least: 1, greatest: 2, last: 3, nan: 4, infinite: 5, minusInfinite: 6, notPositive: 7 };

/** Collects the positions of one bucket that must stay; plain numbers, because histories have millions of points. */
class Bucket {
  private readonly slots = new Int32Array(8).fill(-1);
  private least = Infinity;
  private greatest = -Infinity;

  constructor(private readonly positive: boolean) {}

  add(position: number, value: number): void {
    const { slots } = this;
    if ((slots[slot.first] ?? 0) < 0) slots[slot.first] = position;
    slots[slot.last] = position;
    const broken = this.breakOf(value);
    if (broken !== undefined) {
      if ((slots[broken] ?? 0) < 0) slots[broken] = position;
      return;
    }
    if (value < this.least) {
      this.least = value;
      slots[slot.least] = position;
    }
    if (value > this.greatest) {
      this.greatest = value;
      slots[slot.greatest] = position;
    }
  }

  /** Appends the positions, ascending and each once, and starts anew. */
  moveTo(kept: number[]): void {
    const positions = [...new Set(this.slots)].filter((position) => position >= 0);
    kept.push(...positions.sort((a, b) => a - b));
    this.slots.fill(-1);
    this.least = Infinity;
    this.greatest = -Infinity;
  }

  private breakOf(value: number): number | undefined {
    if (Number.isNaN(value)) return slot.nan;
    if (!Number.isFinite(value)) return value > 0 ? slot.infinite : slot.minusInfinite;
    return this.positive && value <= 0 ? slot.notPositive : undefined;
  }
}

function pick(history: Points, order: Uint32Array): Points {
  const part = (array: Float64Array): Float64Array => {
    const result = new Float64Array(order.length);
    for (let i = 0; i < order.length; i++) result[i] = array[order[i] ?? 0] ?? NaN;
    return result;
  };
  return { steps: part(history.steps), timestamps: part(history.timestamps), values: part(history.values) };
}

/** Several lines on one ascending x; a line's value is undefined where it has no point at that x. */
export interface Aligned {
  readonly x: number[];
  readonly lines: (number | undefined)[][];
  /** Per line and position of x: the point's index in that line, -1 where it has none. */
  readonly indices: Int32Array[];
}

/** Joins lines that are ascending in x; an x that one line repeats stays as often as the line that has it most often. */
export function alignPoints(lines: readonly Points[], axis: Axis): Aligned {
  const xs = lines.map((line) => xOf(line, axis));
  const at = lines.map(() => 0);
  const x: number[] = [];
  const rows: number[][] = lines.map(() => []);
  for (;;) {
    const next = Math.min(...xs.map((line, l) => line[at[l] ?? 0] ?? Infinity));
    if (next === Infinity) break;
    const counts = xs.map((line, l) => countEqual(line, at[l] ?? 0, next));
    const most = Math.max(...counts);
    for (let k = 0; k < most; k++) x.push(next);
    counts.forEach((count, l) => {
      const from = at[l] ?? 0;
      for (let k = 0; k < most; k++) rows[l]?.push(k < count ? from + k : -1);
      at[l] = from + count;
    });
  }
  return {
    x,
    lines: rows.map((row, l) => row.map((index) => (index < 0 ? undefined : lines[l]?.values[index]))),
    indices: rows.map((row) => Int32Array.from(row)),
  };
}

function countEqual(x: Float64Array, from: number, value: number): number {
  let to = from;
  while (x[to] === value) to++;
  return to - from;
}

/** The part of a history that charts need; what crosses to a webview names no run. */
export function pointsOf({ steps, timestamps, values }: MetricHistory): Points {
  return { steps, timestamps, values };
}
