import { compareText } from '../../domain/searchEvaluate';

/** A row's value in one column of an order. */
export type Key = string | number | null;

/** SQLite's own order: NULL, then numbers, then texts by their UTF-8 bytes. */
export function compareKeys(a: Key, b: Key): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  return rank(a) - rank(b);
}

function rank(key: Key): number {
  if (key === null) return 0;
  return typeof key === 'number' ? 1 : 2;
}
