/** First, least, greatest, last, NaN, both infinities and what a logarithmic scale cannot show. */
export const mostOfBucket = 8;

/** Positions of a history that stay when it is reduced, found bucket by bucket. */
export class Kept {
  /** Of the bucket that was looked at last: where its extremes are, and the first position behind it. */
  leastAt = 0;
  greatestAt = 0;
  end = 0;
  private readonly all: Uint32Array;
  private length = 0;

  constructor(capacity: number) {
    this.all = new Uint32Array(capacity);
  }

  /** In ascending order; one that was added already is not added again. */
  add(position: number): void {
    if (position < 0 || (this.length > 0 && this.all[this.length - 1] === position)) return;
    this.all[this.length++] = position;
  }

  /**
   * Of the points from a position on, one at least, as long as x ascends below a limit. Four comparisons a point and no
   * more: histories have millions, and most buckets hold only finite numbers. False where one is NaN.
   */
  findExtremes(x: Float64Array, values: Float64Array, from: number, limit: number, to: number): boolean {
    let least = values[from] ?? NaN;
    let greatest = least;
    let [leastAt, greatestAt, isPlain] = [from, from, least === least];
    let before = x[from] ?? NaN;
    let i = from + 1;
    for (; i < to; i++) {
      const at = x[i] ?? NaN;
      if (!(at >= before && at < limit)) break;
      before = at;
      const value = values[i] ?? NaN;
      if (value >= least && value <= greatest) continue;
      if (value < least) {
        least = value;
        leastAt = i;
      } else if (value > greatest) {
        greatest = value;
        greatestAt = i;
      } else isPlain = false;
    }
    this.leastAt = leastAt;
    this.greatestAt = greatestAt;
    this.end = i;
    return isPlain;
  }

  get positions(): Uint32Array {
    return this.all.subarray(0, this.length);
  }
}

/** Of the bucket that was looked at last. */
export function keepOfBucket(
  values: Float64Array,
  from: number,
  positive: boolean,
  isPlain: boolean,
  kept: Kept,
): void {
  const { leastAt, greatestAt, end: to } = kept;
  const [least, greatest] = [values[leastAt] ?? NaN, values[greatestAt] ?? NaN];
  if (!isPlain || !(greatest - least < Infinity) || (positive && least <= 0)) {
    keepWithBreaks(values, from, to, positive, kept);
    return;
  }
  kept.add(from);
  kept.add(Math.min(leastAt, greatestAt));
  kept.add(Math.max(leastAt, greatestAt));
  kept.add(to - 1);
}

function keepWithBreaks(values: Float64Array, from: number, to: number, positive: boolean, kept: Kept): void {
  const breaks = [-1, -1, -1, -1];
  let [leastAt, greatestAt] = [-1, -1];
  for (let i = from; i < to; i++) {
    const value = values[i] ?? NaN;
    if (!Number.isFinite(value) || (positive && value <= 0)) {
      const kind = kindOfBreak(value);
      if (breaks[kind] === -1) breaks[kind] = i;
      continue;
    }
    if (leastAt < 0 || value < (values[leastAt] ?? NaN)) leastAt = i;
    if (greatestAt < 0 || value > (values[greatestAt] ?? NaN)) greatestAt = i;
  }
  for (const at of [from, leastAt, greatestAt, ...breaks, to - 1].sort((a, b) => a - b)) kept.add(at);
}

function kindOfBreak(value: number): number {
  if (Number.isNaN(value)) return 0;
  if (Number.isFinite(value)) return 3;
  return value > 0 ? 1 : 2;
}

/** The positions of both, each once. */
export function union(a: Uint32Array, b: Uint32Array): Uint32Array {
  const kept = new Kept(a.length + b.length);
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i] ?? Infinity, b[j] ?? Infinity];
    kept.add(Math.min(left, right));
    if (left <= right) i++;
    if (right <= left) j++;
  }
  return kept.positions;
}
