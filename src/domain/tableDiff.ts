import type { TextTable } from './delimited';

export interface DiffCell {
  /** Absent where the table of that side has no such row or column. */
  readonly base?: string;
  readonly other?: string;
}

export interface DiffRow {
  readonly change: 'same' | 'changed' | 'added' | 'removed';
  readonly cells: readonly DiffCell[];
}

/** Two tables as one: the columns of both, rows matched with each other. */
export interface TableDiff {
  readonly columns: readonly string[];
  readonly rows: readonly DiffRow[];
  /** The column whose values name the rows; absent where rows are matched by their place. */
  readonly key?: string;
  /** Rows of either table that were left out. */
  readonly moreRows: boolean;
}

/** Rows belong together that have the same first cell, where it names one row in both tables; else by their place. */
export function diffTables(base: TextTable, other: TextTable): TableDiff {
  const columns = [...new Set([...base.columns, ...other.columns])];
  const [key] = base.columns;
  const named = key !== undefined && key === other.columns[0] && isUnique(base.rows) && isUnique(other.rows);
  const pairs = named ? byName(base.rows, other.rows) : byPlace(base.rows, other.rows);
  const places = columns.map((column) => [base.columns.indexOf(column), other.columns.indexOf(column)] as const);
  return {
    columns,
    rows: pairs.map((pair) => rowOf(pair, places)),
    moreRows: base.moreRows || other.moreRows,
    ...(named && { key }),
  };
}

type Row = readonly string[];
type Pair = readonly [base: Row | undefined, other: Row | undefined];

function isUnique(rows: readonly Row[]): boolean {
  return new Set(rows.map(([first]) => first)).size === rows.length;
}

function byName(base: readonly Row[], other: readonly Row[]): Pair[] {
  const others = new Map(other.map((row) => [row[0], row]));
  const known = new Set(base.map(([first]) => first));
  return [
    ...base.map((row): Pair => [row, others.get(row[0])]),
    ...other.filter(([first]) => !known.has(first)).map((row): Pair => [undefined, row]),
  ];
}

function byPlace(base: readonly Row[], other: readonly Row[]): Pair[] {
  return Array.from({ length: Math.max(base.length, other.length) }, (_, i): Pair => [base[i], other[i]]);
}

function rowOf([base, other]: Pair, places: readonly (readonly [number, number])[]): DiffRow {
  const cells = places.map(([left, right]) => ({ ...side('base', base?.[left]), ...side('other', other?.[right]) }));
  if (!base) return { change: 'added', cells };
  if (!other) return { change: 'removed', cells };
  return { change: cells.some(isChanged) ? 'changed' : 'same', cells };
}

function side(name: 'base' | 'other', value: string | undefined): DiffCell {
  return value === undefined ? {} : { [name]: value };
}

export function isChanged({ base, other }: DiffCell): boolean {
  return base !== other;
}
