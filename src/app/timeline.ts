import type { ModelVersion } from '../domain/model';
import type { Registry } from '../domain/ports';
import type { Timeline, VersionMetric } from '../domain/versionPage';
import { isSystemMetric, metricKeys, metricReader, type RunRow } from './runRow';
import { readSourceRuns } from './sourceRuns';

/** A model with more versions shows the newest of these. */
const shownVersions = 1000;
/** Values that a page brings with it, over all its metrics; another metric is read when it is chosen. */
const broughtValues = 50_000;

export const noTimeline: Timeline = { marks: [], keys: [], metrics: [] };

/** Reads the metrics of the runs that a model's versions came from; the first ones by name, or the one that is asked for. */
export async function readTimeline(
  registry: Registry,
  name: string,
  key?: string,
  signal?: AbortSignal,
): Promise<Timeline> {
  const { items } = await registry.models.versions({ name, maxResults: shownVersions }, signal);
  const runIds = [...new Set(items.map(({ runId }) => runId).filter((id) => id !== ''))];
  return timelineOf(items, runIds.length > 0 ? await readSourceRuns(registry, runIds) : new Map(), key);
}

/** @param versions newest first */
export function timelineOf(
  versions: readonly ModelVersion[],
  runs: ReadonlyMap<string, RunRow>,
  only?: string,
): Timeline {
  const oldestFirst = [...versions].reverse();
  const all = metricKeys([...runs.values()]);
  const keys = [...all.filter((key) => !isSystemMetric(key)), ...all.filter(isSystemMetric)];
  const brought = keys.slice(0, Math.ceil(broughtValues / Math.max(1, versions.length)));
  const metrics = (only === undefined ? brought : [only]).map((key): VersionMetric => {
    const read = metricReader(key);
    return {
      key,
      values: oldestFirst.map(({ runId }) => {
        const row = runs.get(runId);
        return (row && read(row)) ?? null;
      }),
    };
  });
  const marks = oldestFirst.map(({ version, aliases }) => ({ version, aliases }));
  return { marks, keys, metrics };
}
