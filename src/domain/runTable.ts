import { type MetricColumn, type RunInfo, type RunTable, runStatuses, type TextColumn } from './run';

/** The value of a text column in a row. */
export function textAt(column: TextColumn | undefined, row: number): string | undefined {
  const code = column?.codes[row] ?? -1;
  return code < 0 ? undefined : column?.dictionary[code];
}

/** The value of a metric column in a row: undefined where absent, NaN where NaN was logged. */
export function metricAt(
  column: Pick<MetricColumn, 'values' | 'loggedNaN'> | undefined,
  row: number,
): number | undefined {
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
  private readonly metrics = new Map<string, MetricCells>();
  private readonly params = new Map<string, TextCells>();
  private readonly tags = new Map<string, TextCells>();
  private datasets: TextCells | undefined;

  /** `capacity` is how many rows are expected. */
  constructor(private readonly capacity = 64) {}

  get length(): number {
    return this.runs.length;
  }

  /** Adds a run and returns its row. */
  addRun(run: RunInfo): number {
    return this.runs.push(run) - 1;
  }

  setMetric(row: number, key: string, value: number): void {
    let cells = this.metrics.get(key);
    if (!cells) this.metrics.set(key, (cells = new MetricCells(this.capacity)));
    cells.set(row, value);
  }

  setParam(row: number, key: string, value: string): void {
    this.textCells(this.params, key).set(row, value);
  }

  setTag(row: number, key: string, value: string): void {
    this.textCells(this.tags, key).set(row, value);
  }

  /** What a run used as one text; nothing where it used none. */
  setDatasets(row: number, text: string | undefined): void {
    if (text !== undefined) (this.datasets ??= new TextCells(this.capacity)).set(row, text);
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
      metrics: sorted(this.metrics).map(([key, cells]) => cells.column(key, length)),
      params: sorted(this.params).map(([key, cells]) => cells.column(key, length)),
      tags: sorted(this.tags).map(([key, cells]) => cells.column(key, length)),
      ...(this.datasets && { datasets: this.datasets.column('', length) }),
    };
  }

  private textCells(columns: Map<string, TextCells>, key: string): TextCells {
    let cells = columns.get(key);
    if (!cells) columns.set(key, (cells = new TextCells(this.capacity)));
    return cells;
  }
}

function sorted<V>(columns: Map<string, V>): [string, V][] {
  return [...columns].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** A metric column as it is filled; `capacity` is how many rows are expected. */
export class MetricCells {
  private values: Float64Array<ArrayBuffer>;
  private loggedNaN: Uint8Array<ArrayBuffer>;

  constructor(capacity: number) {
    this.values = new Float64Array(capacity).fill(NaN);
    this.loggedNaN = new Uint8Array(Math.ceil(capacity / 8));
  }

  set(row: number, value: number): void {
    if (row >= this.values.length) {
      this.values = copied(this.values, new Float64Array(row * 2 + 1).fill(NaN));
      this.loggedNaN = copied(this.loggedNaN, new Uint8Array(Math.ceil((row * 2 + 1) / 8)));
    }
    this.values[row] = value;
    if (Number.isNaN(value)) this.loggedNaN[row >> 3] = (this.loggedNaN[row >> 3] ?? 0) | (1 << (row & 7));
  }

  column(key: string, length: number): MetricColumn {
    const values = copied(this.values, new Float64Array(length).fill(NaN));
    return { key, values, loggedNaN: copied(this.loggedNaN, new Uint8Array(Math.ceil(length / 8))) };
  }
}

/** The same of texts. */
export class TextCells {
  private codes: Int32Array<ArrayBuffer>;
  private readonly dictionary: string[] = [];
  private readonly codeOf = new Map<string, number>();

  constructor(capacity: number) {
    this.codes = new Int32Array(capacity).fill(-1);
  }

  set(row: number, value: string): void {
    if (row >= this.codes.length) this.codes = copied(this.codes, new Int32Array(row * 2 + 1).fill(-1));
    let code = this.codeOf.get(value);
    if (code === undefined) this.codeOf.set(value, (code = this.dictionary.push(value) - 1));
    this.codes[row] = code;
  }

  column(key: string, length: number): TextColumn {
    return { key, codes: copied(this.codes, new Int32Array(length).fill(-1)), dictionary: this.dictionary };
  }
}

/** The array with as much of the other as it has room for. */
function copied<A extends Float64Array | Int32Array | Uint8Array>(from: A, to: A): A {
  to.set(from.length <= to.length ? from : from.subarray(0, to.length));
  return to;
}
