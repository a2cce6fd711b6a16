import type { Comparator, Comparison, Filter, OrderBy, SearchField } from './searchAst';

export type FieldValue = string | number;

/** What a thing holds in a field: nothing where it lacks it, several for its datasets. */
export type ValuesOf = (field: SearchField) => readonly FieldValue[];

/** True where every comparison holds. A missing key never matches, not even `!=` (mlflow.md §1.15). */
export function matches(filter: Filter, valuesOf: ValuesOf): boolean {
  return filter.every((comparison) => holds(comparison, valuesOf(comparison.field)));
}

/** The items in MLflow's order; what is equal in all keys keeps its place. NaN, then missing values, stand last. */
export function sortBy<T>(
  items: readonly T[],
  orderBy: readonly OrderBy[],
  valueOf: (item: T, field: SearchField) => FieldValue | undefined,
): T[] {
  const rows = items.map((item) => ({ item, keys: orderBy.map(({ field }) => valueOf(item, field)) }));
  rows.sort((a, b) => {
    for (const [i, { ascending }] of orderBy.entries()) {
      const order = compareValues(a.keys[i], b.keys[i], ascending);
      if (order !== 0) return order;
    }
    return 0;
  });
  return rows.map((row) => row.item);
}

/** By code points, as Python does: UTF-16 order puts emoji before U+E000 and up. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  let i = 0;
  while (i < length && a.charCodeAt(i) === b.charCodeAt(i)) i++;
  if (i === length) return a.length - b.length;
  const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
  const [wideX, wideY] = [isSurrogate(x), isSurrogate(y)];
  return wideX === wideY ? x - y : wideX ? 1 : -1;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}

function compareValues(a: FieldValue | undefined, b: FieldValue | undefined, ascending: boolean): number {
  const ranks = rank(a) - rank(b);
  if (ranks !== 0 || a === undefined || b === undefined) return ranks;
  const order = typeof a === 'string' && typeof b === 'string' ? compareText(a, b) : compareNumbers(a, b);
  return ascending ? order : -order;
}

function rank(value: FieldValue | undefined): number {
  if (value === undefined) return 2;
  return Number.isNaN(value) ? 1 : 0;
}

function compareNumbers(a: FieldValue, b: FieldValue): number {
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return 0;
  return a < b ? -1 : 1;
}

function holds({ comparator, value }: Comparison, found: readonly FieldValue[]): boolean {
  if (comparator === 'IS NULL') return found.length === 0;
  if (comparator === 'IS NOT NULL') return found.length > 0;
  const test = testOf(comparator, value);
  return found.some(test);
}

function testOf(comparator: Comparator, value: Comparison['value']): (found: FieldValue) => boolean {
  if (typeof value === 'object') {
    const listed = (found: FieldValue): boolean => value.includes(String(found));
    return comparator === 'NOT IN' ? (found) => !listed(found) : listed;
  }
  if (value === undefined) return () => false;
  switch (comparator) {
    case '=':
      return (found) => found === value;
    case '!=':
      return (found) => found !== value;
    case '>':
      return (found) => found > value;
    case '>=':
      return (found) => found >= value;
    case '<':
      return (found) => found < value;
    case '<=':
      return (found) => found <= value;
    case 'LIKE':
    case 'ILIKE': {
      const pattern = likePattern(String(value), comparator === 'ILIKE');
      return (found) => pattern.test(String(found));
    }
    default:
      return () => false;
  }
}

/**
 * MLflow's file store makes a regular expression of a LIKE pattern and matches it from the start (`re.match`): `%` and
 * `_` do not cross a line feed, and the end also stands before a last one (mlflow.md §1.15).
 */
export function likePattern(pattern: string, ignoreCase: boolean): RegExp {
  const body = pattern
    .replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
    .replaceAll('%', '[^\\n]*')
    .replaceAll('_', '[^\\n]');
  const end = pattern.endsWith('%') ? '' : '\\n?$';
  return new RegExp(`^${body}${end}`, ignoreCase ? 'iu' : 'u');
}
