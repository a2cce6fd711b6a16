import type { RunInfo, RunStatus } from '../../domain/run';
import { RunTableBuilder } from '../../domain/runTable';
import type { RunPage, RunQuery } from '../../domain/ports';
import { parseFilter, parseOrderBy } from '../../domain/search';
import type { OrderBy } from '../../domain/searchAst';
import { beyondNote } from '../../domain/searchBeyond';
import { inStages } from './experiments';
import { runColumn, runConditions } from './filter';
import { Keyset, type OrderColumn } from './keyset';
import { rowsOf } from './pieces';
import type { Schema } from './schema';
import { allOf, inIntegers, inTexts, metricValue, real, sql, type Sql } from './sql';
import type { Session } from './store';

/** One page of runs as columns: a narrow statement finds and orders the ids, the rest is asked for the page alone. */
export async function searchRuns(session: Session, query: RunQuery): Promise<RunPage> {
  const { schema } = session;
  const { columns, joins } = orderColumns(parseOrderBy(query.orderBy, 'runs'));
  const filter = parseFilter(query.filter, 'runs');
  const keyset = new Keyset(columns);
  const where = allOf([
    inIntegers('runs.experiment_id', query.experimentIds),
    inStages('runs', query.view),
    runsInWorkspace(schema, session.workspace),
    ...runConditions(filter, schema),
  ]);
  const rows = await session.all<{ id: string }>(
    keyset.page(sql('runs.run_uuid AS id'), 'runs', where, query.maxResults, query.pageToken, joins),
  );
  const table = new RunTableBuilder();
  await fill(
    session,
    table,
    rows.slice(0, query.maxResults).map(({ id }) => id),
  );
  const nextPageToken = keyset.nextToken(rows, query.maxResults);
  return { table: table.build(), ...(nextPageToken !== undefined && { nextPageToken }), ...beyondNote(filter) };
}

/** Runs inherit the workspace of their experiment (mlflow.md trap 48). */
export function runsInWorkspace(schema: Schema, workspace: string): Sql {
  if (!schema.has('experiments', 'workspace')) return sql('1');
  return sql('runs.experiment_id IN (SELECT experiment_id FROM experiments WHERE workspace = ?)', workspace);
}

/** MLflow's order: what is missing or NaN last in either direction, then newest start first, then the id. */
function orderColumns(order: readonly OrderBy[]): { readonly columns: readonly OrderColumn[]; readonly joins: Sql } {
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
  columns.push({ expression: 'runs.run_uuid' });
  return {
    columns,
    joins: { text: joins.map(({ text }) => text).join(' '), values: joins.flatMap(({ values }) => values) },
  };
}

export interface RunRow {
  readonly id: string;
  readonly name: string | null;
  readonly experimentId: string;
  readonly userId: string | null;
  readonly status: string | null;
  readonly started: number | null;
  readonly ended: number | null;
  readonly artifactUri: string | null;
  readonly stage: string | null;
}

/** Runs of MLflow 1.29 and older have their name in a tag only. */
export const runSelection =
  'SELECT runs.run_uuid AS id, ' +
  "coalesce(nullif(runs.name, ''), (SELECT value FROM tags WHERE tags.run_uuid = runs.run_uuid AND tags.key = 'mlflow.runName')) AS name, " +
  'CAST(runs.experiment_id AS TEXT) AS experimentId, runs.user_id AS userId, runs.status AS status, ' +
  `${real('runs.start_time')} AS started, ${real('runs.end_time')} AS ended, runs.artifact_uri AS artifactUri, ` +
  'runs.lifecycle_stage AS stage FROM runs';

export function runInfo(row: RunRow): RunInfo {
  return {
    runId: row.id,
    runName: row.name ?? '',
    experimentId: row.experimentId,
    userId: row.userId ?? '',
    status: (row.status ?? 'RUNNING') as RunStatus,
    ...(row.started !== null && { startTime: row.started }),
    ...(row.ended !== null && { endTime: row.ended }),
    artifactUri: row.artifactUri ?? '',
    lifecycleStage: row.stage === 'deleted' ? 'deleted' : 'active',
  };
}

interface CellRow {
  readonly id: string;
  readonly key: string;
  readonly value: string | null;
}

async function fill(session: Session, table: RunTableBuilder, ids: readonly string[]): Promise<void> {
  const rowOf = await addRuns(session, table, ids);
  const runs = [...rowOf.keys()];
  const metrics = rowsOf<{ id: string; key: string; value: number; is_nan: number }>(session, runs, (piece) =>
    ofRuns('SELECT run_uuid AS id, key, value, is_nan FROM latest_metrics', 'latest_metrics', piece),
  );
  for await (const rows of metrics) {
    for (const row of rows) table.setMetric(rowOf.get(row.id) ?? 0, row.key, metricValue(row));
  }
  for await (const rows of rowsOf<CellRow>(session, runs, (piece) => cells('params', piece))) {
    for (const { id, key, value } of rows) table.setParam(rowOf.get(id) ?? 0, key, value ?? '');
  }
  for await (const rows of rowsOf<CellRow>(session, runs, (piece) => cells('tags', piece))) {
    for (const { id, key, value } of rows) table.setTag(rowOf.get(id) ?? 0, key, value ?? '');
  }
}

/** The table's row of each run; one removed for good between two statements is left out. */
async function addRuns(session: Session, table: RunTableBuilder, ids: readonly string[]): Promise<Map<string, number>> {
  const infos = new Map<string, RunInfo>();
  for await (const rows of rowsOf<RunRow>(session, ids, (piece) => ofRuns(runSelection, 'runs', piece))) {
    for (const row of rows) infos.set(row.id, runInfo(row));
  }
  const rowOf = new Map<string, number>();
  for (const id of ids) {
    const info = infos.get(id);
    if (info) rowOf.set(id, table.addRun(info));
  }
  return rowOf;
}

function cells(table: 'params' | 'tags', ids: readonly string[]): Sql {
  return ofRuns(`SELECT run_uuid AS id, key, value FROM ${table}`, table, ids);
}

function ofRuns(select: string, table: string, ids: readonly string[]): Sql {
  const { text, values } = inTexts(`${table}.run_uuid`, ids);
  return sql(`${select} WHERE ${text}`, ...values);
}
