import type { ColumnName, FrameKeys } from '../../domain/frame';
import { inIntegers, sql } from './sql';
import type { Session } from './store';

/** Table that holds the cells of a group; each has the primary key (key, run_uuid) and an index by run. */
export const cellTables = { metrics: 'latest_metrics', params: 'params', tags: 'tags' } as const satisfies Partial<
  Record<ColumnName['group'], string>
>;

type CellTable = (typeof cellTables)[keyof typeof cellTables];

/** Runs whose keys are looked up one by one: they have nearly all keys of the others. */
const sampleSize = 500;

/** Keys of one statement. */
const keysPerStatement = 200;

/** Rows of an index that one statement passes over, at most: about 2 ms. */
const rowsPerStatement = 16_000;

/** Keys that one of these runs has, without reading a cell of them all. */
export async function frameKeys(
  session: Session,
  experimentIds: readonly string[],
  runIds: readonly string[],
): Promise<FrameKeys> {
  return {
    metrics: await keysIn(session, cellTables.metrics, runIds),
    params: await keysIn(session, cellTables.params, runIds),
    tags: await keysIn(session, cellTables.tags, runIds),
    datasets: await hasDatasets(session, experimentIds),
  };
}

/** Of the experiments: a dataset is there because a run used it. */
async function hasDatasets(session: Session, experimentIds: readonly string[]): Promise<boolean> {
  if (!session.schema.has('datasets')) return false;
  const within = inIntegers('experiment_id', experimentIds);
  const rows = await session.all(sql(`SELECT 1 FROM datasets WHERE ${within.text} LIMIT 1`, ...within.values));
  return rows.length > 0;
}

async function keysIn(session: Session, table: CellTable, runIds: readonly string[]): Promise<readonly string[]> {
  const sample = spread(runIds);
  const keys = new Set(await keysOf(session, table, sample));
  const others = sample.length < runIds.length ? await otherKeys(session, table, keys) : [];
  const all = others.length > 0 && new Set(runIds);
  for (const key of others) if (all && (await hasAny(session, table, key, all))) keys.add(key);
  return [...keys].sort();
}

function spread(runIds: readonly string[]): readonly string[] {
  const each = runIds.length / sampleSize;
  if (each <= 1) return runIds;
  return Array.from({ length: sampleSize }, (_, i) => runIds[Math.floor(i * each)] ?? '');
}

async function keysOf(session: Session, table: CellTable, runIds: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (let at = 0; at < runIds.length; at += 50) {
    const piece = JSON.stringify(runIds.slice(at, at + 50));
    const cells = `json_each(?) AS run CROSS JOIN ${table} AS cell ON cell.run_uuid = run.value`;
    const rows = await session.all<{ key: string }>(sql(`SELECT DISTINCT cell.key AS key FROM ${cells}`, piece));
    found.push(...rows.map(({ key }) => key));
  }
  return found;
}

/** The table's keys beyond these: each leaps to the next one in the index, over all runs that have it. */
async function otherKeys(session: Session, table: CellTable, known: ReadonlySet<string>): Promise<readonly string[]> {
  const statement =
    `WITH RECURSIVE found(key) AS (SELECT (SELECT min(key) FROM ${table} WHERE key > ?) UNION ALL ` +
    `SELECT (SELECT min(key) FROM ${table} WHERE key > found.key) FROM found WHERE found.key IS NOT NULL) ` +
    'SELECT key FROM found WHERE key IS NOT NULL LIMIT ?';
  const others: string[] = [];
  for (let last: string | undefined = ''; last !== undefined;) {
    const rows: readonly { key: string }[] = await session.all(sql(statement, last, keysPerStatement));
    for (const { key } of rows) if (!known.has(key)) others.push(key);
    last = rows.length < keysPerStatement ? undefined : rows.at(-1)?.key;
  }
  return others;
}

/** Passes over the runs that have the key until one of these is among them. */
async function hasAny(session: Session, table: CellTable, key: string, runIds: ReadonlySet<string>): Promise<boolean> {
  const statement = `SELECT run_uuid AS id FROM ${table} WHERE key = ? AND run_uuid > ? ORDER BY run_uuid LIMIT ?`;
  let last = '';
  for (let size = 16; ; size = Math.min(4 * size, rowsPerStatement)) {
    const [piece] = await session.all<{ ids: string }>(
      sql(`SELECT json_group_array(id) AS ids FROM (${statement})`, key, last, size),
    );
    const ids = JSON.parse(piece?.ids ?? '[]') as string[];
    if (ids.some((id) => runIds.has(id))) return true;
    if (ids.length < size) return false;
    last = ids.at(-1) ?? '';
  }
}
