import { UserError } from '../../src/domain/errors';
import type { Page } from '../../src/domain/ports';
import type { MetricHistory } from '../../src/domain/metric';
import type { Run, RunInfo, RunTable } from '../../src/domain/run';
import { metricAt, runAt, textAt } from '../../src/domain/runTable';
import type { Json } from './oracle';

export const hostile = 'näïve 🚀 "quoted" \'single\'\nsecond line: yes';

/** Keys of tags, params and metrics that MLflow takes nowhere. */
export const refusedKeys: readonly string[] = [
  '',
  '..',
  '../x',
  '../../../escaped',
  'a/../../x',
  '/etc/x',
  'a//b',
  './a',
  'a/',
  'a=b',
  'line\nbreak x',
  '🚀',
  'k'.repeat(251),
];

/** A table as the oracle prints runs. */
export function rows(table: RunTable): Json[] {
  return Array.from({ length: table.length }, (_, row) => ({
    ...attributes(runAt(table, row)),
    metrics: cells(table.metrics, (column) => shown(metricAt(column, row))),
    params: cells(table.params, (column) => textAt(column, row)),
    tags: cells(table.tags, (column) => textAt(column, row)),
  }));
}

/** A single run likewise. */
export function runJson(run: Run): Json {
  const metrics = Object.fromEntries(run.metrics.map(({ key, value }) => [key, shown(value)]));
  return { ...attributes(run), metrics, params: record(run.params), tags: record(run.tags) };
}

function attributes(info: RunInfo): Json {
  return {
    run_id: info.runId,
    run_name: info.runName,
    status: info.status,
    start_time: info.startTime ?? null,
    end_time: info.endTime ?? null,
    lifecycle_stage: info.lifecycleStage,
    experiment_id: info.experimentId,
    user_id: info.userId,
    artifact_uri: info.artifactUri,
  };
}

function cells<C extends { readonly key: string }>(columns: readonly C[], valueOf: (column: C) => unknown): Json {
  return Object.fromEntries(
    columns
      .map((column): [string, unknown] => [column.key, valueOf(column)])
      .filter(([, value]) => value !== undefined),
  );
}

export function shown(value: number | undefined): unknown {
  return value === undefined || Number.isFinite(value) ? value : String(value);
}

export function points(history: MetricHistory): unknown[] {
  return Array.from(history.values, (value, i) => [history.steps[i], history.timestamps[i], shown(value)]);
}

export function record(
  pairs: readonly ({ key: string; value: string } | { alias: string; version: string })[],
): Record<string, string> {
  return Object.fromEntries(pairs.map((pair) => ('key' in pair ? [pair.key, pair.value] : [pair.alias, pair.version])));
}

/** All items of a paged list. */
export async function all<T>(read: (page: { pageToken?: string }) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let pageToken: string | undefined;
  do {
    const page = await read(pageToken ? { pageToken } : {});
    items.push(...page.items);
    pageToken = page.nextPageToken;
  } while (pageToken);
  return items;
}

/** The kind of the sentence that work fails with; `done` where it does not. */
export function kindOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'done',
    (error: unknown) => (error instanceof UserError && error.message !== '' ? error.kind : error),
  );
}
