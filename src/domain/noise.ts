/*
 * Whether a difference of a metric is more than the spread over seeds. Runs that share all params but the seeds are
 * repetitions of one another; with three or more there is a spread to measure against.
 */

/** Fewer repetitions say nothing of their spread. */
export const leastRepetitions = 3;

export type Noise =
  | { readonly kind: 'unknown'; readonly runs: readonly [base: number, other: number] }
  | {
      readonly kind: 'within' | 'beyond';
      /** `welch`: means of two groups; `prediction`: one value against a group's spread. */
      readonly method: 'welch' | 'prediction';
      readonly runs: readonly [base: number, other: number];
      /** 95 % interval of the difference, other minus base. */
      readonly interval: readonly [number, number];
    };

/**
 * @param base values of the metric in the baseline's repetitions, itself included; what is not finite is left out
 * @param other the same of what is compared with it
 */
export function noiseOf(base: readonly number[], other: readonly number[]): Noise {
  const [a, b] = [statistics(base), statistics(other)];
  const runs: readonly [number, number] = [a.n, b.n];
  if (a.n === 0 || b.n === 0 || Math.max(a.n, b.n) < leastRepetitions) return { kind: 'unknown', runs };
  const both = Math.min(a.n, b.n) >= leastRepetitions;
  const half = both ? welchHalfWidth(a, b) : predictionHalfWidth(a.n >= b.n ? a : b, Math.min(a.n, b.n));
  const delta = b.mean - a.mean;
  const interval: readonly [number, number] = [delta - half, delta + half];
  const within = interval[0] <= 0 && interval[1] >= 0;
  return { kind: within ? 'within' : 'beyond', method: both ? 'welch' : 'prediction', runs, interval };
}

interface Statistics {
  readonly n: number;
  readonly mean: number;
  /** Of the sample (n − 1); 0 where n < 2. */
  readonly sd: number;
}

/** Of the finite values; Welford's way, which does not overflow and keeps small spreads of large numbers. */
export function statistics(values: readonly number[]): Statistics {
  let [n, mean, squares] = [0, 0, 0];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    n += 1;
    const delta = value - mean;
    mean += delta / n;
    squares += delta * (value - mean);
  }
  return { n, mean, sd: n > 1 ? Math.sqrt(squares / (n - 1)) : 0 };
}

function welchHalfWidth(a: Statistics, b: Statistics): number {
  const [va, vb] = [a.sd ** 2 / a.n, b.sd ** 2 / b.n];
  if (va + vb === 0) return 0;
  const freedom = (va + vb) ** 2 / (va ** 2 / (a.n - 1) + vb ** 2 / (b.n - 1));
  return tQuantile(freedom) * Math.sqrt(va + vb);
}

/** Of the mean of `few` new values against a group's. */
function predictionHalfWidth({ n, sd }: Statistics, few: number): number {
  return tQuantile(n - 1) * sd * Math.sqrt(1 / n + 1 / few);
}

/** Student's t at 97.5 % within 1 %, by its expansion around the normal's (Abramowitz and Stegun 26.7.5). @param freedom ≥ 2 */
export function tQuantile(freedom: number): number {
  const z = 1.959964;
  const terms = [
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
    (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92_160,
  ];
  return terms.reduce((sum, term, i) => sum + term / freedom ** (i + 1), z);
}
