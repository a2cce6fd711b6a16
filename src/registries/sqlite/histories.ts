import type { MetricHistory } from '../../domain/metric';
import { allOf, inTexts, metricValue, real, sql, type Sql, type SqlValue } from './sql';
import type { Session } from './store';

/** Rows of the metrics table that one statement may pass over: about 10 to 20 ms. */
const rowsPerStatement = 10_000;

interface PointRow {
  readonly run: string;
  readonly step: number;
  readonly timestamp: number;
  readonly value: number;
  readonly is_nan: number;
}

/** Points of one run, in the order in which they were read. */
class Points {
  readonly steps: number[] = [];
  readonly timestamps: number[] = [];
  readonly values: number[] = [];

  add(row: PointRow): void {
    this.steps.push(row.step);
    this.timestamps.push(row.timestamp);
    this.values.push(metricValue(row));
  }

  /** By timestamp, step, stored value: a NaN is stored as 0. */
  history(runId: string, key: string): MetricHistory {
    const { steps, timestamps, values } = this;
    const at = (list: readonly number[], i: number): number => list[i] ?? 0;
    const stored = (i: number): number => (Number.isNaN(at(values, i)) ? 0 : at(values, i));
    const order = steps.map((_, i) => i);
    order.sort(
      (a, b) =>
        at(timestamps, a) - at(timestamps, b) ||
        at(steps, a) - at(steps, b) ||
        difference(stored(a), stored(b)) ||
        a - b,
    );
    return {
      runId,
      key,
      steps: Float64Array.from(order, (i) => at(steps, i)),
      timestamps: Float64Array.from(order, (i) => at(timestamps, i)),
      values: Float64Array.from(order, (i) => at(values, i)),
    };
  }
}

/** Subtraction that survives two equal infinities. */
function difference(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

/**
 * All points of one metric of each run, in MLflow's order. Which index is walked depends on what the file has and on how
 * much of the metric is wanted (performance.md §3.2); each statement passes over a bounded number of rows.
 */
export async function histories(
  session: Session,
  runIds: readonly string[],
  key: string,
): Promise<readonly MetricHistory[]> {
  const points = new Map(runIds.map((runId) => [runId, new Points()]));
  for (const walk of await walksFor(session, [...points.keys()], key)) {
    for await (const rows of pointRows(session, walk)) {
      for (const row of rows) points.get(row.run)?.add(row);
    }
  }
  return runIds.map((runId) => (points.get(runId) ?? new Points()).history(runId, key));
}

/** A walk along an index: over the rows that are `passed`, in the order of `place`, keeping those that are `wanted`. */
interface Walk {
  readonly index: string | undefined;
  readonly passed: Sql;
  /** The columns that follow the passed ones in the index; integers that may be above 2^53 are `wide`. */
  readonly place: readonly { readonly column: string; readonly wide?: boolean }[];
  readonly wanted: Sql;
}

/** From MLflow 3.13 on. */
const byRunAndKey = 'index_metrics_run_uuid_key_step';
const byRun = 'index_metrics_run_uuid';
const row = { column: 'rowid' };
const step = { column: 'step', wide: true };

async function walksFor(session: Session, runIds: readonly string[], key: string): Promise<readonly Walk[]> {
  const indexes = session.schema.indexesOf('metrics');
  const has = (name: string): boolean => indexes.some((index) => index.name === name);
  const ofKey = sql('key = ?', key);
  if (has(byRunAndKey)) {
    return runIds.map((runId) => ({
      index: byRunAndKey,
      passed: sql('run_uuid = ? AND key = ?', runId, key),
      place: [step, row],
      wanted: sql('1'),
    }));
  }
  const primary = indexes.find(({ origin }) => origin === 'pk')?.name;
  if (primary !== undefined && (await wantsMost(session, runIds, key))) {
    const place = [
      { column: 'timestamp', wide: true },
      step,
      ...['run_uuid', 'value', 'is_nan'].map((column) => ({ column })),
    ];
    return [{ index: primary, passed: ofKey, place, wanted: inTexts('run_uuid', runIds) }];
  }
  const index = has(byRun) ? byRun : undefined;
  return runIds.map((runId) => ({ index, passed: sql('run_uuid = ?', runId), place: [row], wanted: ofKey }));
}

/** Whether the runs are a fifth or more of those that have the metric: then one walk over all of it is cheaper. */
async function wantsMost(session: Session, runIds: readonly string[], key: string): Promise<boolean> {
  const wanted = inTexts('run_uuid', runIds);
  const [counts] = await session.all<{ present: number; wanted: number }>(
    sql(
      `SELECT count(*) AS present, count(CASE WHEN ${wanted.text} THEN 1 END) AS wanted FROM latest_metrics WHERE key = ?`,
      ...wanted.values,
      key,
    ),
  );
  return counts !== undefined && counts.wanted * 5 >= counts.present;
}

const pointColumns = `run_uuid AS run, ${real('step')} AS step, ${real('timestamp')} AS timestamp, value, is_nan`;

/** First finds the place where a piece ends, which reads the index only, then reads the piece. */
async function* pointRows(session: Session, { index, passed, place, wanted }: Walk): AsyncGenerator<PointRow[]> {
  const from = `FROM metrics${index === undefined ? '' : ` INDEXED BY "${index}"`}`;
  const columns = place.map(({ column }) => column).join(', ');
  // Other names than the columns' own: ORDER BY would take the texts.
  const ends = place.map(({ column, wide }, i) => `${wide ? `CAST(${column} AS TEXT)` : column} AS end${i}`).join(', ');
  const marks = place.map(({ wide }) => (wide ? 'CAST(? AS INTEGER)' : '?')).join(', ');
  let start = passed;
  for (;;) {
    const [end] = await session.all<Record<string, SqlValue>>(
      sql(
        `SELECT ${ends} ${from} WHERE ${start.text} ORDER BY ${columns} LIMIT 1 OFFSET ?`,
        ...start.values,
        rowsPerStatement,
      ),
    );
    const bounds = end && place.map((_, i) => end[`end${i}`] ?? null);
    const piece = allOf([start, wanted, ...(bounds ? [sql(`(${columns}) <= (${marks})`, ...bounds)] : [])]);
    yield await session.all<PointRow>(sql(`SELECT ${pointColumns} ${from} WHERE ${piece.text}`, ...piece.values));
    if (!bounds) return;
    start = allOf([passed, sql(`(${columns}) > (${marks})`, ...bounds)]);
  }
}
