import type { TakeRow } from './eachRow';
import { compareKeys, type Key } from './keys';
import type { OrderColumn } from './keyset';
import { Pace } from './pieces';
import { allOf, sql, type Sql } from './sql';
import type { Session } from './store';

/** A run as an order sees it: the value of each of its columns, and the id, which tells apart what ties. */
export interface RunKeys {
  readonly keys: readonly Key[];
  readonly id: string;
}

/** The runs of a search in its order. */
export interface RunOrder {
  /** Their rows of the table; good as long as nobody commits. */
  readonly rowids: Float64Array;
  /** The value of each order column for each of them, NaN for none; texts would be as long as they like: not kept. */
  readonly keys: readonly (Float64Array | undefined)[];
}

/** What is ordered by: columns of `runs` and of tables that are joined to it. */
export interface RunOrderBy {
  readonly columns: readonly OrderColumn[];
  readonly joins: Sql;
}

/**
 * Reads which runs match and sorts them here: in SQL one statement would hold the file's lock for all of it. `at` is the
 * place of the first one beyond `last`.
 */
export async function readOrder(
  session: Session,
  orderBy: RunOrderBy,
  where: Sql,
  last: RunKeys | undefined,
): Promise<{ readonly order: RunOrder; readonly at: number }> {
  const rowids: number[] = [];
  const found = new FoundRuns(orderBy);
  const take = (rowid: number, id: string, ...keys: Key[]): void => {
    rowids.push(rowid);
    found.add(id, keys);
  };
  await eachRun(session, ['runs.rowid', 'runs.run_uuid'], orderBy, where, take);
  const sorted = found.sorted();
  const order = { rowids: numbersAt(rowids, sorted), keys: found.keys.map((column) => numericKeys(column, sorted)) };
  return { order, at: last === undefined ? 0 : found.placeAfter(last, sorted) };
}

/** Hands each run that matches to `take`: the expressions, then what is ordered by. */
export async function eachRun(
  session: Session,
  expressions: readonly string[],
  { columns, joins }: RunOrderBy,
  where: Sql,
  take: TakeRow,
): Promise<void> {
  const selection = [...expressions, ...columns.map(({ expression }) => expression)].join(', ');
  for await (const range of rowidRanges(session)) {
    const { text, values } = allOf([range.within, where]);
    const from = sql(`FROM runs ${joins.text} WHERE ${text}`, ...joins.values, ...values);
    range.note(await session.each(selection, from, take));
  }
}

/** Runs as they are found, and their order. */
export class FoundRuns {
  readonly ids: string[] = [];
  readonly keys: readonly Key[][];
  private readonly signs: readonly number[];

  constructor({ columns }: RunOrderBy) {
    this.keys = columns.map(() => []);
    this.signs = columns.map(({ descending }) => (descending ? -1 : 1));
  }

  add(id: string, keys: readonly Key[]): void {
    this.ids.push(id);
    this.keys.forEach((column, i) => column.push(keys[i] ?? null));
  }

  /** Their places among those found, in order. */
  sorted(): number[] {
    return this.ids.map((_, i) => i).sort((a, b) => this.compare(a, b));
  }

  /** How many of the sorted runs are not beyond `last`, which is compared as one more row. */
  placeAfter(last: RunKeys, sorted: readonly number[]): number {
    this.add(last.id, last.keys);
    const found = sorted.findIndex((i) => this.compare(i, this.ids.length - 1) > 0);
    return found < 0 ? sorted.length : found;
  }

  private compare(a: number, b: number): number {
    const { keys, signs, ids } = this;
    for (let i = 0; i < keys.length; i++) {
      const difference = compareKeys(keys[i]?.[a] ?? null, keys[i]?.[b] ?? null);
      if (difference !== 0) return difference * (signs[i] ?? 1);
    }
    return compareKeys(ids[a] ?? null, ids[b] ?? null);
  }
}

/** The table in pieces, whose size follows the time that a piece took. */
async function* rowidRanges(session: Session): AsyncGenerator<{ within: Sql; note: (ms: number) => void }> {
  const [ends] = await session.all<{ first: number | null; last: number | null }>(
    sql('SELECT (SELECT min(rowid) FROM runs) AS first, (SELECT max(rowid) FROM runs) AS last'),
  );
  const pace = new Pace(4000);
  const last = ends?.last ?? -1;
  for (let from = ends?.first ?? 0; from <= last;) {
    const to = from + pace.rows;
    yield { within: sql('runs.rowid >= ? AND runs.rowid < ?', from, to), note: (ms) => pace.note(ms) };
    from = to;
  }
}

/** What the run at a place of the order is ordered by; of one that is gone by now the rest is lost. */
export async function keysOf(
  session: Session,
  { columns, joins }: RunOrderBy,
  { rowids, keys }: RunOrder,
  at: number,
): Promise<RunKeys> {
  const selection = columns.map(({ expression }, i) => `, ${expression} AS k${i}`).join('');
  const [row] = await session.all<Readonly<Record<string, Key>>>(
    sql(
      `SELECT runs.run_uuid AS id${selection} FROM runs ${joins.text} WHERE runs.rowid = ?`,
      ...joins.values,
      rowids[at] ?? null,
    ),
  );
  const keyAt = (kept: Float64Array | undefined, i: number): Key => {
    const number = kept?.[at];
    if (number === undefined) return row?.[`k${i}`] ?? null;
    return Number.isNaN(number) ? null : number;
  };
  return { id: String(row?.['id'] ?? ''), keys: keys.map(keyAt) };
}

function numericKeys(column: readonly Key[], places: readonly number[]): Float64Array | undefined {
  return column.every(isNumeric) ? numbersAt(column, places) : undefined;
}

function isNumeric(key: Key): key is number | null {
  return typeof key !== 'string';
}

/** A loop: `from` with a function takes as long as the sorting. */
function numbersAt(column: readonly (number | null)[], places: readonly number[]): Float64Array {
  const numbers = new Float64Array(places.length);
  for (let i = 0; i < places.length; i++) numbers[i] = column[places[i] ?? 0] ?? NaN;
  return numbers;
}
