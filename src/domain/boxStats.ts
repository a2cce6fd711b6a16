/** Five numbers of a group (Tukey): whiskers reach the farthest values within 1.5 box lengths. */
export interface BoxStats {
  /** Finite values. */
  readonly count: number;
  /** Logged values that are NaN or infinite; they are in none of the numbers. */
  readonly notFinite: number;
  readonly low: number;
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
  readonly high: number;
  readonly mean: number;
  /** Beyond the whiskers, ascending. */
  readonly outliers: Float64Array;
}

/** Nothing where no value is finite. */
export function boxStats(values: Iterable<number>): BoxStats | undefined {
  const all = [...values];
  const sorted = Float64Array.from(all.filter(Number.isFinite)).sort();
  if (sorted.length === 0) return undefined;
  const [q1, median, q3] = [quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75)];
  const reach = (q3 - q1) * 1.5;
  const within = sorted.filter((value) => value >= q1 - reach && value <= q3 + reach);
  return {
    count: sorted.length,
    notFinite: all.length - sorted.length,
    ...{ low: within[0] ?? q1, q1, median, q3, high: within.at(-1) ?? q3 },
    mean: sorted.reduce((sum, value) => sum + value / sorted.length, 0),
    outliers: sorted.filter((value) => value < q1 - reach || value > q3 + reach),
  };
}

/** Linear between neighbours, as numpy's default. */
function quantile(sorted: Float64Array, share: number): number {
  const at = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(at)] ?? NaN, sorted[Math.ceil(at)] ?? NaN];
  const part = at - Math.floor(at);
  return low * (1 - part) + high * part;
}
