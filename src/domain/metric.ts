/** The latest point of a metric: greatest (step, timestamp, value) (mlflow.md trap 36). */
export interface Metric {
  readonly key: string;
  /** NaN and ±Infinity are real logged values. */
  readonly value: number;
  /** ms since epoch. */
  readonly timestamp: number;
  readonly step: number;
}

/** All points of one metric of one run, in MLflow's order; the three arrays have one length. */
export interface MetricHistory {
  readonly runId: string;
  readonly key: string;
  readonly steps: Float64Array;
  /** ms since epoch. */
  readonly timestamps: Float64Array;
  readonly values: Float64Array;
}

/** True where point a is later than point b as MLflow counts: by step, then timestamp, then value. */
export function isLater(a: Omit<Metric, 'key'>, b: Omit<Metric, 'key'>): boolean {
  if (a.step !== b.step) return a.step > b.step;
  if (a.timestamp !== b.timestamp) return a.timestamp > b.timestamp;
  return a.value > b.value;
}

/** The latest point of each metric, in the order in which they first come; `seriesOf` where its key does not tell them apart. */
export function latestOfEach<M extends Metric>(
  points: readonly M[],
  seriesOf: (point: M) => string = ({ key }) => key,
): readonly M[] {
  const latest = new Map<string, M>();
  for (const point of points) {
    const series = seriesOf(point);
    const known = latest.get(series);
    if (!known || isLater(point, known)) latest.set(series, point);
  }
  return [...latest.values()];
}

/** A value as people and scripts type it: numbers, `nan`, `inf`, `-inf`, `Infinity`; nothing where it is none. */
export function parseMetricValue(text: string): number | undefined {
  const typed = text.trim();
  if (/^nan$/i.test(typed)) return NaN;
  const infinite = /^([+-]?)inf(inity)?$/i.exec(typed);
  if (infinite) return infinite[1] === '-' ? -Infinity : Infinity;
  return typed === '' || !Number.isFinite(Number(typed)) ? undefined : Number(typed);
}

export interface Extent {
  readonly least: number;
  readonly greatest: number;
}

/** Infinities count, NaN does not; nothing where there is nothing else. */
export function extentOf(values: Float64Array): Extent | undefined {
  let [least, greatest] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return least > greatest ? undefined : { least, greatest };
}
