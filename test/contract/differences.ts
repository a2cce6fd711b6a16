import type { Json, LatestJson, PointJson, VersionDetails } from './oracle';

/*
 * Where MLflow's client does not give back what was logged. Each difference has the number of its trap in MLflow's
 * reference (mlflow.md §8); nothing else is mapped.
 */

type Backend = 'sqlite' | 'files' | 'rest';

/** Trap 6: SQL stores clamp a logged infinity to the largest double, and the client does not turn it back. */
function unclamped(value: unknown): unknown {
  if (value === Number.MAX_VALUE) return 'Infinity';
  return value === -Number.MAX_VALUE ? '-Infinity' : value;
}

/** Trap 34: in a file store the client reads a line with a dataset as of step 0; these were logged so long after the start. */
const onDatasets = { keys: ['on data', 'on both'], start: 1_700_000_000_000 };

export function correctedHistory(name: Backend, key: string, points: readonly PointJson[]): readonly PointJson[] {
  if (name !== 'files') return points.map(([step, time, value]): PointJson => [step, time, unclamped(value)]);
  if (!onDatasets.keys.includes(key)) return points;
  return points.map(([, time, value]): PointJson => [time - onDatasets.start, time, value]);
}

export function correctedRuns(name: Backend, runs: readonly Json[]): readonly Json[] {
  if (name === 'files') return runs;
  return runs.map((run) => ({ ...run, metrics: mapped(run['metrics'] as Json, unclamped) }));
}

/** The latest points of a run: traps 6 and 34 as above. */
export function correctedLatest(name: Backend, points: readonly LatestJson[]): readonly LatestJson[] {
  return points.map(([key, ...point]): LatestJson => [key, ...correctedHistory(name, key, [point])[0]!]);
}

/** Trap 53: SQL stores have no column for the logged model of a version, and the client leaves it out; its source names it. */
export function correctedVersion(name: Backend, version: VersionDetails): VersionDetails {
  const [number, source, aliases, status, user, modelId, ...times] = version;
  const ofSource = /^models:\/(m-\w+)$/.exec(source)?.[1] ?? '';
  return [number, source, aliases, status, user, name === 'files' ? modelId : ofSource, ...times];
}

function mapped(values: Json, change: (value: unknown) => unknown): Json {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value)]));
}
