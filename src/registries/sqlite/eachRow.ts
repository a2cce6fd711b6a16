import { performance } from 'node:perf_hooks';
import type { Database } from './nodeSqlite';
import type { Sql } from './sql';

/** Takes the columns of one row as its arguments. */
export type TakeRow = (...columns: never[]) => void;

type SqlFunction = Parameters<Database['function']>[1];

/**
 * Hands each row to `take`, in no promised order. SQLite calls it as a function of its own in one step of its machine: no
 * row becomes an object or an array, which makes it three times as fast as `all`. Gives the ms that it took.
 */
export function eachRow(database: Database, columns: string, from: Sql, take: TakeRow): number {
  const start = performance.now();
  // What `take` gives back is nothing, which SQLite takes for NULL.
  database.function('ringside_take', { varargs: true, directOnly: true }, take as unknown as SqlFunction);
  database.prepare(`SELECT count(ringside_take(${columns})) ${from.text}`).get(...from.values);
  return performance.now() - start;
}
