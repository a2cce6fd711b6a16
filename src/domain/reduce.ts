import type { MetricHistory } from './metric';
import { keepOfBucket, Kept, mostOfBucket, union } from './kept';
import { smooth } from './smooth';

/** Relative time counts from the first point of each history. */
export type Axis = 'step' | 'time' | 'relative';

/** Real points of one history, ascending in x; the arrays have one length. */
export interface Points {
  readonly steps: Float64Array;
  /** ms since epoch. */
  readonly timestamps: Float64Array;
  readonly values: Float64Array;
}

/** Points that draw like the whole; `total` is how many there are. */
export interface ReducedPoints extends Points {
  readonly total: number;
  /** How many of them are in the range that was asked for; absent where none was. */
  readonly inRange?: number;
  /** Time of the first point of the whole, in ms since epoch: relative times count from it. */
  readonly origin?: number;
  /** What is drawn in place of the values where smoothing is asked for; computed on the whole history. */
  readonly smoothed?: Float64Array;
}

export interface Reduction {
  readonly axis: Axis;
  /** How many pieces the x range is cut into: about one per pixel. */
  readonly buckets: number;
  /** Only points in this range of x and one to each side; absent for all. */
  readonly range?: readonly [number, number];
  /** For a logarithmic scale: extremes among positive values only. */
  readonly positive?: boolean;
  /** For a logarithmic scale of steps: each piece is so many times the one before, or the first steps were two points. */
  readonly byFactor?: boolean;
  /** Weight of what came before, 0 to 1 (`smooth.ts`). */
  readonly smoothing?: number;
}

/**
 * Cuts a history to what a chart can show and loses no extreme: of each bucket of x the first, the least, the greatest
 * and the last value, and one of each kind of value that a line breaks at (performance.md §6, M4). Buckets go by x and
 * not by index, because steps may be uneven, repeated or out of order.
 */
export function reducePoints(history: Points, reduction: Reduction): ReducedPoints {
  const isLarge = !reduction.range && history.values.length > reduction.buckets * 4 && hasEnds(history, reduction.axis);
  // Whether a large one is in order is seen while its buckets are cut: to read it for that alone takes as long again.
  const reduced = isLarge ? reduceInOrder(history, reduction) : undefined;
  if (reduced) return reduced;
  const points = inOrder(history, reduction.axis);
  return { ...(reduceInOrder(points, reduction) ?? points), total: history.values.length };
}

/** Nothing where x turns out not to ascend. */
function reduceInOrder(points: Points, reduction: Reduction): ReducedPoints | undefined {
  const { axis, smoothing = 0 } = reduction;
  const origin = axis === 'relative' ? { origin: leastOf(points.timestamps) } : {};
  const whole: ReducedPoints = { ...points, ...origin, total: points.values.length };
  const x = xOf(whole, axis);
  const [from, to] = within(x, reduction.range);
  const isReduced = to - from > reduction.buckets * 4;
  const kept = isReduced ? keptOf(x, points.values, from, to, reduction) : undefined;
  if (isReduced && !kept) return undefined;
  const smoothed = smoothing > 0 ? smooth(points.values, smoothing) : undefined;
  const both = kept && smoothed ? union(kept, keptOf(x, smoothed, from, to, reduction) ?? kept) : kept;
  return {
    ...whole,
    ...(reduction.range && { inRange: to - from }),
    ...(both ? pickPoints(points, both) : slicePoints(points, from, to)),
    ...(smoothed && { smoothed: both ? pick(smoothed, both) : smoothed.slice(from, to) }),
  };
}

export function xOf(points: Points & { readonly origin?: number }, axis: Axis): Float64Array {
  if (axis === 'step') return points.steps;
  if (axis === 'time') return points.timestamps;
  const origin = points.origin ?? leastOf(points.timestamps);
  return points.timestamps.map((time) => time - origin);
}

export function emptyPoints(): Points {
  return { steps: new Float64Array(), timestamps: new Float64Array(), values: new Float64Array() };
}

/** The points themselves where x ascends already, which it nearly always does; without those that have no place. */
function inOrder(history: Points, axis: Axis): Points {
  const x = loggedAt(history, axis);
  if (ascends(x) && hasEnds(history, axis)) return history;
  const order = Uint32Array.from(x.keys()).filter((i) => Number.isFinite(x[i]));
  order.sort((a, b) => (x[a] ?? 0) - (x[b] ?? 0) || a - b);
  return pickPoints(history, order);
}

function loggedAt({ steps, timestamps }: Points, axis: Axis): Float64Array {
  return axis === 'step' ? steps : timestamps;
}

/** Whether the first and the last have a place; of those between them their order tells. */
function hasEnds(history: Points, axis: Axis): boolean {
  const x = loggedAt(history, axis);
  return Number.isFinite(x[0] ?? 0) && Number.isFinite(x.at(-1) ?? 0);
}

/** Four at a time: it reads every point that a history has. */
function ascends(x: Float64Array): boolean {
  let i = 1;
  let a = x[0] ?? 0;
  for (; i + 3 < x.length; i += 4) {
    const b = x[i] ?? NaN;
    const c = x[i + 1] ?? NaN;
    const d = x[i + 2] ?? NaN;
    if (!(b >= a && c >= b && d >= c)) return false;
    a = x[i + 3] ?? NaN;
    if (!(a >= d)) return false;
  }
  for (; i < x.length; i++) if (!((x[i] ?? NaN) >= (x[i - 1] ?? NaN))) return false;
  return true;
}

/** From the last point before a range to the first one behind it. */
function within(x: Float64Array, range: readonly [number, number] | undefined): [number, number] {
  if (!range) return [0, x.length];
  const from = search(0, x.length, (i) => (x[i] ?? 0) >= range[0]);
  const to = search(from, x.length, (i) => (x[i] ?? 0) > range[1]);
  return from === to && (from === 0 || to === x.length) ? [0, 0] : [Math.max(0, from - 1), Math.min(x.length, to + 1)];
}

/** The first position from which on a condition holds. */
function search(from: number, to: number, holds: (position: number) => boolean): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Positions that stay, ascending and each once; nothing where x does not ascend. */
function keptOf(
  x: Float64Array,
  values: Float64Array,
  from: number,
  to: number,
  reduction: Reduction,
): Uint32Array | undefined {
  const { buckets, positive = false } = reduction;
  const endOf = bucketEnds(x, from, to, reduction);
  const kept = new Kept(Math.min(buckets * mostOfBucket, to - from));
  let bucket = 1;
  for (let start = from; start < to; start = kept.end) {
    while (bucket < buckets && !((x[start] ?? NaN) < endOf(bucket))) bucket++;
    const isPlain = kept.findExtremes(x, values, start, bucket < buckets ? endOf(bucket) : Infinity, to);
    if (kept.end < to && !((x[kept.end] ?? NaN) >= (x[kept.end - 1] ?? NaN))) return undefined;
    keepOfBucket(values, start, positive, isPlain, kept);
  }
  return kept.positions;
}

/** Where each bucket ends in x, the first being 1. What has no place on a logarithmic scale is in the first. */
function bucketEnds(
  x: Float64Array,
  from: number,
  to: number,
  { axis, buckets, byFactor = false }: Reduction,
): (bucket: number) => number {
  const last = x[to - 1] ?? 0;
  const isByFactor = byFactor && axis === 'step' && last > 0;
  const first = x[isByFactor ? search(from, to, (i) => (x[i] ?? 0) > 0) : from] ?? 0;
  if (isByFactor) return (bucket) => first * (last / first) ** (bucket / buckets);
  const width = (last - first) / buckets;
  return (bucket) => first + bucket * width;
}

function leastOf(times: Float64Array): number {
  let least = Infinity;
  for (const time of times) if (time < least) least = time;
  return least;
}

/** All three in one go: places far apart are slow to come by, and the processor looks them up side by side. */
function pickPoints({ steps, timestamps, values }: Points, positions: Uint32Array): Points {
  const { length } = positions;
  const [x, time, y] = [new Float64Array(length), new Float64Array(length), new Float64Array(length)];
  for (let i = 0; i < length; i++) {
    const at = positions[i] ?? 0;
    x[i] = steps[at] ?? NaN;
    time[i] = timestamps[at] ?? NaN;
    y[i] = values[at] ?? NaN;
  }
  return { steps: x, timestamps: time, values: y };
}

function slicePoints({ steps, timestamps, values }: Points, from: number, to: number): Points {
  return { steps: steps.slice(from, to), timestamps: timestamps.slice(from, to), values: values.slice(from, to) };
}

function pick(array: Float64Array, positions: Uint32Array): Float64Array {
  const result = new Float64Array(positions.length);
  for (let i = 0; i < positions.length; i++) result[i] = array[positions[i] ?? 0] ?? NaN;
  return result;
}

/** The part of a history that charts need; what crosses to a webview names no run. */
export function pointsOf({ steps, timestamps, values }: MetricHistory): Points {
  return { steps, timestamps, values };
}
