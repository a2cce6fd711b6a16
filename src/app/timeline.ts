import type { ModelVersion } from '../domain/model';
import type { Registry } from '../domain/ports';
import type { Timeline, VersionMetric } from '../domain/versionPage';
import { isSystemMetric, metricKeys, metricReader, type RunRow } from './runRow';
import { readSourceRuns } from './sourceRuns';

/** A model with more versions shows the newest of these. */
const shownVersions = 1000;
/** Runs with more metrics show the first of these by name; the page says how many are left out. */
const shownMetrics = 200;

export const noTimeline: Timeline = { marks: [], metrics: [], moreMetrics: 0 };

/** Reads the metrics of the runs that a model's versions came from. */
export async function readTimeline(registry: Registry, name: string, signal?: AbortSignal): Promise<Timeline> {
  const { items } = await registry.models.versions({ name, maxResults: shownVersions }, signal);
  const runIds = [...new Set(items.map(({ runId }) => runId).filter((id) => id !== ''))];
  return timelineOf(items, runIds.length > 0 ? await readSourceRuns(registry, runIds) : new Map());
}

/** @param versions newest first */
export function timelineOf(versions: readonly ModelVersion[], runs: ReadonlyMap<string, RunRow>): Timeline {
  const oldestFirst = [...versions].reverse();
  const keys = metricKeys([...runs.values()]).filter((key) => !isSystemMetric(key));
  const metrics = keys.slice(0, shownMetrics).map((key): VersionMetric => {
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
  return { marks, metrics, moreMetrics: keys.length - metrics.length };
}
