import { type MetricColumn, parentRunTag, type Run, type RunTable } from '../domain/run';
import { columnOf, metricAt, RunTableBuilder, textAt } from '../domain/runTable';

/** One row of a table of runs: what a list shows without making an object of each run's metrics. */
export interface RunRow {
  readonly runId: string;
  readonly parentId?: string;
  readonly table: RunTable;
  readonly row: number;
}

export function rowsOf(table: RunTable): RunRow[] {
  const parents = columnOf(table.tags, parentRunTag);
  return table.runIds.map((runId, row) => {
    const parentId = textAt(parents, row);
    return { runId, table, row, ...(parentId && { parentId }) };
  });
}

/** A run that was read by id, as a row of a table of its own. */
export function rowOf(run: Run): RunRow {
  const builder = new RunTableBuilder();
  const row = builder.addRun(run);
  for (const { key, value } of run.metrics) builder.setMetric(row, key, value);
  for (const { key, value } of run.params) builder.setParam(row, key, value);
  for (const { key, value } of run.tags) builder.setTag(row, key, value);
  const table = builder.build();
  const parentId = textAt(columnOf(table.tags, parentRunTag), row);
  return { runId: run.runId, table, row, ...(parentId && { parentId }) };
}

/** Reads one metric of many rows; finds the column of each table once, as a table may hold thousands. */
export function metricReader(key: string | undefined): (row: RunRow) => number | undefined {
  const columns = new Map<RunTable, MetricColumn | undefined>();
  return ({ table, row }) => {
    if (key === undefined) return undefined;
    if (!columns.has(table)) columns.set(table, columnOf(table.metrics, key));
    return metricAt(columns.get(table), row);
  };
}

/** Metric keys of the rows' tables, sorted. */
export function metricKeys(rows: readonly RunRow[]): string[] {
  const tables = new Set(rows.map(({ table }) => table));
  return [...new Set([...tables].flatMap((table) => table.metrics.map(({ key }) => key)))].sort();
}

/** Metrics that MLflow samples from the machine rather than the script (`mlflow.enable_system_metrics_logging`). */
export function isSystemMetric(key: string): boolean {
  return key.startsWith('system/');
}

/** ms; absent while a run has not ended. */
export function durationOf({ table, row }: RunRow): number | undefined {
  const duration = (table.endTimes[row] ?? NaN) - (table.startTimes[row] ?? NaN);
  return Number.isNaN(duration) ? undefined : duration;
}
