import { Pace } from './pieces';
import { allOf, real, sql, type Sql, type SqlValue } from './sql';
import type { Session } from './store';

/** Takes a point as it is stored. */
export type TakePoint = (step: number, timestamp: number, value: number, isNaN: number) => void;

/**
 * Hands the points of one metric to what takes those of each run, in no promised order. Which index is walked depends on
 * what the file has and on how much of the metric is wanted (performance.md §3.2); each statement passes over a bounded
 * number of rows. (Sums by SQLite itself would be twice as fast in one long statement, and slower in short ones.)
 */
export async function walkPoints(session: Session, takers: ReadonlyMap<string, TakePoint>, key: string): Promise<void> {
  const pace = new Pace(4000);
  for (const walk of await walksFor(session, takers, key)) await follow(session, walk, pace);
}

/** A walk along an index: over the rows that are `passed`, in the order of `place`, keeping those that are `wanted`. */
interface Walk {
  readonly index: string | undefined;
  readonly passed: Sql;
  /** The columns that follow the passed ones in the index; integers that may be above 2^53 are `wide`. */
  readonly place: readonly { readonly column: string; readonly wide?: boolean }[];
  readonly wanted: Sql;
  readonly take: (runId: string, ...point: Parameters<TakePoint>) => void;
}

/** From MLflow 3.13 on. */
const byRunAndKey = 'index_metrics_run_uuid_key_step';
const byRun = 'index_metrics_run_uuid';
const row = { column: 'rowid' };
const step = { column: 'step', wide: true };
const taken = `run_uuid, ${real('step')}, ${real('timestamp')}, value, is_nan`;

async function walksFor(
  session: Session,
  takers: ReadonlyMap<string, TakePoint>,
  key: string,
): Promise<readonly Walk[]> {
  const indexes = session.schema.indexesOf('metrics');
  const has = (name: string): boolean => indexes.some((index) => index.name === name);
  const primary = indexes.find(({ origin }) => origin === 'pk')?.name;
  const take: Walk['take'] = (runId, ...point) => takers.get(runId)?.(...point);
  if (primary !== undefined && (await isMost(session, takers.size, key))) return [walkOfAll(primary, key, take)];
  return [...takers.keys()].map((runId): Walk => {
    if (has(byRunAndKey)) {
      const passed = sql('run_uuid = ? AND key = ?', runId, key);
      return { take, index: byRunAndKey, passed, place: [step, row], wanted: sql('1') };
    }
    const index = has(byRun) ? byRun : undefined;
    return { take, index, passed: sql('run_uuid = ?', runId), place: [row], wanted: sql('key = ?', key) };
  });
}

/** The primary key has every column, so this reads no table, and reads in the order of the file. */
function walkOfAll(index: string, key: string, take: Walk['take']): Walk {
  const place = [
    { column: 'timestamp', wide: true },
    step,
    ...['run_uuid', 'value', 'is_nan'].map((column) => ({ column })),
  ];
  return { index, passed: sql('key = ?', key), place, wanted: sql('1'), take };
}

/** Whether these are a fifth or more of the runs that have the metric: then one walk over all of it is cheaper. */
async function isMost(session: Session, runs: number, key: string): Promise<boolean> {
  const enough = 5 * runs + 1;
  const [found] = await session.all<{ runs: number }>(
    sql('SELECT count(*) AS runs FROM (SELECT 1 FROM latest_metrics WHERE key = ? LIMIT ?)', key, enough),
  );
  return found !== undefined && found.runs < enough;
}

/** First finds the place where a piece ends, which reads the index only, then reads the piece. */
async function follow(session: Session, walk: Walk, pace: Pace): Promise<void> {
  const { index, passed, place, wanted, take } = walk;
  const from = `FROM metrics${index === undefined ? '' : ` INDEXED BY "${index}"`}`;
  const columns = place.map(({ column }) => column).join(', ');
  // Other names than the columns' own: ORDER BY would take the texts.
  const ends = place.map(({ column, wide }, i) => `${wide ? `CAST(${column} AS TEXT)` : column} AS end${i}`).join(', ');
  const marks = place.map(() => '?').join(', ');
  let start = passed;
  for (;;) {
    const [end] = await session.all<Record<string, SqlValue>>(
      sql(
        `SELECT ${ends} ${from} WHERE ${start.text} ORDER BY ${columns} LIMIT 1 OFFSET ?`,
        ...start.values,
        pace.rows,
      ),
    );
    // No CAST: with one, SQLite would use the first column of the index only.
    const bounds = end && place.map(({ wide }, i) => (wide ? BigInt(end[`end${i}`] ?? 0) : (end[`end${i}`] ?? null)));
    const piece = allOf([start, wanted, ...(bounds ? [sql(`(${columns}) <= (${marks})`, ...bounds)] : [])]);
    const ms = await session.each(taken, sql(`${from} WHERE ${piece.text}`, ...piece.values), take);
    if (!bounds) return;
    pace.note(ms);
    start = allOf([passed, sql(`(${columns}) > (${marks})`, ...bounds)]);
  }
}
