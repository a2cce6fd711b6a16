import { UserError } from '../domain/errors';
import { metricAt, runAt, textAt } from '../domain/runTable';
import type { RunRow } from './runRow';

/** Whether two values of plain data (objects, arrays, maps, numbers, text) hold the same; NaN is the same as NaN. */
export function sameContent(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (a instanceof Map && b instanceof Map) {
    return a.size === b.size && [...a].every(([key, value]) => b.has(key) && sameContent(value, b.get(key)));
  }
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => sameContent(item, b[i]));
  // Its entries would be a text and an array for each number.
  if (a instanceof Float64Array && b instanceof Float64Array)
    return a.length === b.length && a.every((value, i) => Object.is(value, b[i]));
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))];
  return (
    left.length === right.size && left.every(([key, value]) => right.has(key) && sameContent(value, right.get(key)))
  );
}

/** Whether two rows, each of its own table, show the same run with the same metrics, params and tags. */
export function sameRow(a: RunRow, b: RunRow): boolean {
  return (
    sameContent(runAt(a.table, a.row), runAt(b.table, b.row)) &&
    sameCells(a.table.metrics, b.table.metrics, metricAt, a.row, b.row) &&
    sameCells(a.table.params, b.table.params, textAt, a.row, b.row) &&
    sameCells(a.table.tags, b.table.tags, textAt, a.row, b.row)
  );
}

export function sameRows(a: readonly RunRow[], b: readonly RunRow[]): boolean {
  return a.length === b.length && a.every((row, i) => row === b[i] || (b[i] !== undefined && sameRow(row, b[i])));
}

/** Columns are sorted by key; one without a value in the row may stand in one of the tables only. */
function sameCells<C extends { readonly key: string }>(
  a: readonly C[],
  b: readonly C[],
  valueAt: (column: C | undefined, row: number) => unknown,
  rowA: number,
  rowB: number,
): boolean {
  const next = (columns: readonly C[], from: number, row: number): number => {
    let i = from;
    while (i < columns.length && valueAt(columns[i], row) === undefined) i++;
    return i;
  };
  let i = next(a, 0, rowA);
  let j = next(b, 0, rowB);
  while (i < a.length && j < b.length) {
    if (a[i]?.key !== b[j]?.key || !Object.is(valueAt(a[i], rowA), valueAt(b[j], rowB))) return false;
    i = next(a, i + 1, rowA);
    j = next(b, j + 1, rowB);
  }
  return i >= a.length && j >= b.length;
}

/**
 * Whether a later reading differs from the one before; two failures with one sentence do not. Rejects where the store
 * could not be reached, which says nothing about what it holds.
 */
export async function differ<T>(
  before: Promise<T>,
  after: Promise<T>,
  same: (a: T, b: T) => boolean,
): Promise<boolean> {
  const [old, fresh] = await Promise.allSettled([before, after]);
  if (fresh.status === 'rejected') {
    if (fresh.reason instanceof UserError && fresh.reason.kind === 'unreachable') throw fresh.reason;
    return old.status === 'fulfilled' || String(old.reason) !== String(fresh.reason);
  }
  return old.status === 'rejected' || !same(old.value, fresh.value);
}
