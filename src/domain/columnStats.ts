import type { Direction } from './direction';

/** Of the numbers of some rows; NaN and missing count for nothing. */
export interface Stats {
  readonly count: number;
  readonly mean: number;
  /** Of a sample (n − 1); NaN below two. */
  readonly sd: number;
  readonly min: number;
  readonly max: number;
}

/** Nothing where no row has a number. */
export function statsOf(values: Float64Array, rows: Uint32Array): Stats | undefined {
  let [count, mean, squares, min, max] = [0, 0, 0, Infinity, -Infinity];
  for (const row of rows) {
    const value = values[row] ?? NaN;
    if (Number.isNaN(value)) continue;
    count += 1;
    // Welford: the sum of 1e308 and 1e308 is infinite, their mean is not.
    const step = value / count - mean / count;
    squares += (value - mean) * (value - mean - step);
    mean += step;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (count === 0) return undefined;
  if (min === max) mean = min;
  return { count, mean, sd: count < 2 ? NaN : min === max ? 0 : Math.sqrt(squares / (count - 1)), min, max };
}

/** Where a value lies between the smallest and the largest, 0 to 1; nothing where there is no between. */
export function shareOf(value: number | undefined, { min, max }: Pick<Stats, 'min' | 'max'>): number | undefined {
  if (value === undefined || Number.isNaN(value) || min === max) return undefined;
  if (value === Infinity || value === -Infinity) return value > 0 ? 1 : 0;
  // Halves: the distance of −1e308 and 1e308 is no number.
  const share = (value / 2 - min / 2) / (max / 2 - min / 2);
  return Number.isNaN(share) ? undefined : share;
}

/** The best value; nothing where no direction is known or all are equal. */
export function bestOf(stats: Stats | undefined, direction: Direction | undefined): number | undefined {
  if (!stats || !direction || stats.count < 2 || stats.min === stats.max) return undefined;
  return direction === 'higher' ? stats.max : stats.min;
}

/** Rows that are looked at in one call. */
const piece = 500;

/** Smallest and largest of the finite numbers: one run that diverged to ∞ must not make all bars equal. */
export function finiteRange(values: Float64Array, rows: Uint32Array): Pick<Stats, 'min' | 'max'> | undefined {
  let min = Infinity;
  let max = -Infinity;
  // In pieces: a function is compiled after some calls, one long loop at first takes five times as long.
  for (let start = 0; start < rows.length; start += piece) {
    const found = rangeOfPiece(values, rows, start, Math.min(rows.length, start + piece));
    if (found.min < min) min = found.min;
    if (found.max > max) max = found.max;
  }
  return min <= max ? { min, max } : undefined;
}

function rangeOfPiece(
  values: Float64Array,
  rows: Uint32Array,
  start: number,
  end: number,
): { min: number; max: number } {
  let min = Infinity;
  let max = -Infinity;
  for (let i = start; i < end; i++) {
    const value = values[rows[i] ?? 0] ?? NaN;
    if (value < min && value !== -Infinity) min = value;
    if (value > max && value !== Infinity) max = value;
  }
  return { min, max };
}
