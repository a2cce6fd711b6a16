import { type MetricColumn, type RunInfo, type RunTable, runStatuses, type TextColumn } from './run';

/** The value of a text column in a row. */
export function textAt(column: TextColumn | undefined, row: number): string | undefined {
  const code = column?.codes[row] ?? -1;
  return code < 0 ? undefined : column?.dictionary[code];
}

/** The value of a metric column in a row: undefined where absent, NaN where NaN was logged. */
export function metricAt(column: MetricColumn | undefined, row: number): number | undefined {
  const value = column?.values[row];
  if (column === undefined || value === undefined) return undefined;
  if (!Number.isNaN(value)) return value;
  return ((column.loggedNaN[row >> 3] ?? 0) >> (row & 7)) & 1 ? NaN : undefined;
}

export function columnOf<T extends { readonly key: string }>(columns: readonly T[], key: string): T | undefined {
  return columns.find((column) => column.key === key);
}

/** One row's attributes as an object. */
export function runAt(table: RunTable, row: number): RunInfo {
  const startTime = table.startTimes[row];
  const endTime = table.endTimes[row];
  return {
    runId: table.runIds[row] ?? '',
    runName: table.runNames[row] ?? '',
    experimentId: table.experimentIds[row] ?? '',
    userId: table.userIds[row] ?? '',
    status: runStatuses[table.statuses[row] ?? 0] ?? 'RUNNING',
    artifactUri: table.artifactUris[row] ?? '',
    lifecycleStage: table.deleted[row] ? 'deleted' : 'active',
    ...(startTime !== undefined && !Number.isNaN(startTime) && { startTime }),
    ...(endTime !== undefined && !Number.isNaN(endTime) && { endTime }),
  };
}

/** Fills a RunTable row by row; stores call `addRun`, then the setters for that row, then `build`. */
export class RunTableBuilder {
  private readonly runs: RunInfo[] = [];
  private readonly metrics = new Map<string, { rows: number[]; values: number[] }>();
  private readonly params = new Map<string, { rows: number[]; values: string[] }>();
  private readonly tags = new Map<string, { rows: number[]; values: string[] }>();

  get length(): number {
    return this.runs.length;
  }

  /** Adds a run and returns its row. */
  addRun(run: RunInfo): number {
    return this.runs.push(run) - 1;
  }

  setMetric(row: number, key: string, value: number): void {
    append(this.metrics, key, row, value);
  }

  setParam(row: number, key: string, value: string): void {
    append(this.params, key, row, value);
  }

  setTag(row: number, key: string, value: string): void {
    append(this.tags, key, row, value);
  }

  /** The table; metric, param and tag columns sorted by key. */
  build(): RunTable {
    const { runs } = this;
    const length = runs.length;
    return {
      length,
      runIds: runs.map((run) => run.runId),
      runNames: runs.map((run) => run.runName),
      experimentIds: runs.map((run) => run.experimentId),
      userIds: runs.map((run) => run.userId),
      artifactUris: runs.map((run) => run.artifactUri),
      statuses: Uint8Array.from(runs, (run) => runStatuses.indexOf(run.status)),
      deleted: Uint8Array.from(runs, (run) => (run.lifecycleStage === 'deleted' ? 1 : 0)),
      startTimes: Float64Array.from(runs, (run) => run.startTime ?? NaN),
      endTimes: Float64Array.from(runs, (run) => run.endTime ?? NaN),
      metrics: sorted(this.metrics).map(([key, cells]) => metricColumn(key, cells, length)),
      params: sorted(this.params).map(([key, cells]) => textColumn(key, cells, length)),
      tags: sorted(this.tags).map(([key, cells]) => textColumn(key, cells, length)),
    };
  }
}

function append<V>(columns: Map<string, { rows: number[]; values: V[] }>, key: string, row: number, value: V): void {
  let cells = columns.get(key);
  if (!cells) columns.set(key, (cells = { rows: [], values: [] }));
  cells.rows.push(row);
  cells.values.push(value);
}

function sorted<V>(columns: Map<string, V>): [string, V][] {
  return [...columns].sort(([a], [b]) => (a < b ? -1 : 1));
}

function metricColumn(key: string, cells: { rows: number[]; values: number[] }, length: number): MetricColumn {
  const values = new Float64Array(length).fill(NaN);
  const loggedNaN = new Uint8Array(Math.ceil(length / 8));
  cells.rows.forEach((row, i) => {
    const value = cells.values[i] ?? NaN;
    values[row] = value;
    if (Number.isNaN(value)) loggedNaN[row >> 3] = (loggedNaN[row >> 3] ?? 0) | (1 << (row & 7));
  });
  return { key, values, loggedNaN };
}

function textColumn(key: string, cells: { rows: number[]; values: string[] }, length: number): TextColumn {
  const codes = new Int32Array(length).fill(-1);
  const dictionary: string[] = [];
  const codeOf = new Map<string, number>();
  cells.rows.forEach((row, i) => {
    const value = cells.values[i] ?? '';
    let code = codeOf.get(value);
    if (code === undefined) codeOf.set(value, (code = dictionary.push(value) - 1));
    codes[row] = code;
  });
  return { key, codes, dictionary };
}
