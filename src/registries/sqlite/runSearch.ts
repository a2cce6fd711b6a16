import type { RunTable } from '../../domain/run';
import { RunTableBuilder } from '../../domain/runTable';
import type { RunPage, RunQuery } from '../../domain/ports';
import { parseFilter, parseOrderBy } from '../../domain/search';
import type { Filter, OrderBy } from '../../domain/searchAst';
import { beyondNote } from '../../domain/searchBeyond';
import { inStages } from './experiments';
import { runColumn, runConditions } from './filter';
import { type KeptOrders, placeOf, tokenOf } from './keptOrders';
import type { OrderColumn } from './keyset';
import { Pace } from './pieces';
import { keysOf, readOrder, type RunOrderBy } from './runOrder';
import { runInfo, type RunRow, runSelection } from './runRows';
import type { Schema } from './schema';
import { allOf, inIntegers, metricValue, real, sql, type Sql } from './sql';
import { dataStamp, type Session } from './store';

/** Runs of one statement as objects: about 5 ms. */
const runsPerStatement = 1000;

/** One page of runs as columns: their order is read once, what a page shows is asked for the page alone. */
export async function searchRuns(session: Session, orders: KeptOrders, query: RunQuery): Promise<RunPage> {
  const orderBy = runOrderBy(parseOrderBy(query.orderBy, 'runs'));
  const filter = parseFilter(query.filter, 'runs');
  const place = query.pageToken === undefined ? undefined : placeOf(query.pageToken, orderBy.columns.length);
  const where = runsOf(session, query, filter);
  const search = JSON.stringify([query.experimentIds, query.view, query.filter, query.orderBy]);
  const stamp = orders.stamp(await dataStamp(session));
  const kept = place && place.stamp !== stamp ? undefined : orders.of(search, stamp);
  const { order, at } = kept
    ? { order: kept, at: place?.at ?? 0 }
    : await readOrder(session, orderBy, where, place?.last);
  if (!kept) orders.keep(search, stamp, order);
  const end = Math.min(at + query.maxResults, order.rowids.length);
  const table = await tableOf(session, order.rowids.subarray(at, end));
  if (end === order.rowids.length) return { table, ...beyondNote(filter) };
  const nextPageToken = tokenOf({ stamp, at: end, last: await keysOf(session, orderBy, order, end - 1) });
  return { table, nextPageToken, ...beyondNote(filter) };
}

/** What the runs of a search fulfil. */
export function runsOf(session: Session, query: Pick<RunQuery, 'experimentIds' | 'view'>, filter: Filter): Sql {
  return allOf([
    inIntegers('runs.experiment_id', query.experimentIds),
    inStages('runs', query.view),
    runsInWorkspace(session.schema, session.workspace),
    ...runConditions(filter, session.schema),
  ]);
}

/** Runs inherit the workspace of their experiment (mlflow.md trap 48). */
export function runsInWorkspace(schema: Schema, workspace: string): Sql {
  if (!schema.has('experiments', 'workspace')) return sql('1');
  return sql('runs.experiment_id IN (SELECT experiment_id FROM experiments WHERE workspace = ?)', workspace);
}

/** MLflow's order: what is missing or NaN last in either direction, then newest start first, then the id. */
export function runOrderBy(order: readonly OrderBy[]): RunOrderBy {
  const joins: Sql[] = [];
  const columns = order.flatMap(({ field, ascending }, i): OrderColumn[] => {
    const descending = !ascending;
    if (field.kind === 'attribute') {
      const column = runColumn(field.key);
      const time = field.key === 'start_time' || field.key === 'end_time';
      return [{ expression: `${column} IS NULL` }, { expression: time ? real(column) : column, descending }];
    }
    const table = { metric: 'latest_metrics', param: 'params', tag: 'tags', dataset: 'tags' }[field.kind];
    joins.push(sql(`LEFT JOIN ${table} AS o${i} ON o${i}.run_uuid = runs.run_uuid AND o${i}.key = ?`, field.key));
    if (field.kind !== 'metric')
      return [{ expression: `o${i}.value IS NULL` }, { expression: `o${i}.value`, descending }];
    // An infinity that another program stored would be lost in the page token.
    const value = `max(min(o${i}.value, ${Number.MAX_VALUE}), ${-Number.MAX_VALUE})`;
    return [
      { expression: `CASE WHEN o${i}.is_nan = 1 THEN 1 WHEN o${i}.value IS NULL THEN 2 ELSE 0 END` },
      { expression: value, descending },
    ];
  });
  if (!order.some(({ field }) => field.kind === 'attribute' && field.key === 'start_time')) {
    columns.push({ expression: real('runs.start_time'), descending: true });
  }
  return {
    columns,
    joins: { text: joins.map(({ text }) => text).join(' '), values: joins.flatMap(({ values }) => values) },
  };
}

async function tableOf(session: Session, rowids: Float64Array): Promise<RunTable> {
  const table = new RunTableBuilder(rowids.length);
  const runIds = await addRuns(session, table, rowids);
  const metric = (row: number, key: string, value: number | null, isNaN: number): void =>
    table.setMetric(row, key, metricValue({ value, is_nan: isNaN }));
  const param = (row: number, key: string, value: string | null): void => table.setParam(row, key, value ?? '');
  const tag = (row: number, key: string, value: string | null): void => table.setTag(row, key, value ?? '');
  await eachCell(session, runIds, 'latest_metrics', 'cell.key, cell.value, cell.is_nan', metric);
  await eachCell(session, runIds, 'params', 'cell.key, cell.value', param);
  await eachCell(session, runIds, 'tags', 'cell.key, cell.value', tag);
  return table.build();
}

/** Ids of the runs in the rows of the table; one removed for good since its order was read is left out. */
async function addRuns(session: Session, table: RunTableBuilder, rowids: Float64Array): Promise<readonly string[]> {
  const runIds: string[] = [];
  for (let at = 0; at < rowids.length; at += runsPerStatement) {
    const piece = JSON.stringify([...rowids.subarray(at, at + runsPerStatement)]);
    const from = 'FROM json_each(?) AS page CROSS JOIN runs ON runs.rowid = page.value ORDER BY page.key';
    for (const row of await session.all<RunRow>(sql(`SELECT ${runSelection} ${from}`, piece))) {
      table.addRun(runInfo(row));
      runIds.push(row.id);
    }
  }
  return runIds;
}

/** Metrics, params or tags of runs, each with the place of its run in `runIds`. */
async function eachCell(
  session: Session,
  runIds: readonly string[],
  table: string,
  columns: string,
  take: (row: number, ...columns: never[]) => void,
): Promise<void> {
  const pace = new Pace(16);
  for (let at = 0; at < runIds.length;) {
    const piece = runIds.slice(at, at + pace.rows);
    const from = `FROM json_each(?) AS run CROSS JOIN ${table} AS cell ON cell.run_uuid = run.value`;
    pace.note(await session.each(`run.key + ${at}, ${columns}`, sql(from, JSON.stringify(piece)), take));
    at += piece.length;
  }
}
