import { type Comparison, type Condition, type Filter, isGroup, type OrderBy, type SearchField } from './searchAst';
import { likeTest, type LikeRules } from './searchLike';

export type FieldValue = string | number;

/** What a thing holds in a field: nothing where it lacks it, several for its datasets. */
export type ValuesOf = (field: SearchField) => readonly FieldValue[];

/** True where every condition holds. A missing key never matches, not even `!=` (mlflow.md §1.15). */
export function matches(filter: Filter, valuesOf: ValuesOf, like: LikeRules = 'files'): boolean {
  return filter.every((condition) => holds(condition, valuesOf, like));
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

function holds(condition: Condition, valuesOf: ValuesOf, like: LikeRules): boolean {
  if (!isGroup(condition)) return compares(condition, valuesOf(condition.field), like);
  const { operator, parts } = condition;
  if (operator === 'OR') return parts.some((part) => holds(part, valuesOf, like));
  return matches(parts, valuesOf, like) !== (operator === 'NOT');
}

function compares(comparison: Comparison, found: readonly FieldValue[], like: LikeRules): boolean {
  if (comparison.comparator === 'IS NULL') return found.length === 0;
  if (comparison.comparator === 'IS NOT NULL') return found.length > 0;
  // Most things lack most keys: a test is made only where there is something to test.
  return found.length > 0 && found.some(testOf(comparison, like));
}

function testOf({ comparator, value }: Comparison, like: LikeRules): (found: FieldValue) => boolean {
  if (typeof value === 'object') {
    const listed = new Set(value);
    return comparator === 'NOT IN' ? (found) => !listed.has(String(found)) : (found) => listed.has(String(found));
  }
  if (value === undefined) return () => false;
  if (comparator === 'LIKE' || comparator === 'ILIKE') {
    const test = likeTest(String(value), { ignoreCase: comparator === 'ILIKE', rules: like });
    return (found) => test(String(found));
  }
  if (typeof value === 'string') return (found) => (found === value) === (comparator === '=');
  return (found) => {
    const number = typeof found === 'number' ? found : numberIn(found);
    return number !== undefined && comparesNumbers(number, comparator, value);
  };
}

function comparesNumbers(found: number, comparator: Comparison['comparator'], value: number): boolean {
  switch (comparator) {
    case '=':
      return found === value;
    case '!=':
      return found !== value;
    case '>':
      return found > value;
    case '>=':
      return found >= value;
    case '<':
      return found < value;
    case '<=':
      return found <= value;
    default:
      return false;
  }
}

/** A text that SQLite too would take for a number; undefined where it is none. */
function numberIn(text: string): number | undefined {
  return /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?\s*$/i.test(text) ? Number(text) : undefined;
}
