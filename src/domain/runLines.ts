/** The lines of a table of runs: rows, and what heads several of them. */
export interface RunLines {
  /** A row of the table, or below zero a group: `-1 - index`. */
  readonly lines: Int32Array;
  /** How deep each line stands. */
  readonly depths: Uint8Array;
  readonly groups: readonly RowGroup[];
  /** How many runs are nested below a row, those that are folded away too; rows that have none are not there. */
  readonly nested: ReadonlyMap<number, number>;
}

export interface RowGroup {
  /** The value that its rows share; absent where they have none. */
  readonly value: string | undefined;
  /** The values of the groups around it, the outermost first, and its own. */
  readonly path: readonly (string | undefined)[];
  /** Its rows by the next column; absent where there is none. */
  readonly inner?: readonly RowGroup[];
  /** In the order of the table. */
  readonly rows: Uint32Array;
}

const noGroups: readonly RowGroup[] = [];
const nothingNested: ReadonlyMap<number, number> = new Map();

export function flatLines(rows: Uint32Array): RunLines {
  return {
    // The same numbers: no table has rows beyond 2^31.
    lines: new Int32Array(rows.buffer, rows.byteOffset, rows.length),
    depths: new Uint8Array(rows.length),
    groups: noGroups,
    nested: nothingNested,
  };
}

export function groupAt({ lines, groups }: RunLines, position: number): RowGroup | undefined {
  const line = lines[position] ?? 0;
  return line < 0 ? groups[-1 - line] : undefined;
}

/** A column that rows are grouped by. */
export interface GroupTexts {
  readonly codes: Int32Array;
  readonly dictionary: readonly string[];
}

/** Groups in the order in which their first rows come, within each by the next column; rows without a value last. */
export function groupRows(
  rows: Uint32Array,
  [{ codes, dictionary }, ...others]: readonly [GroupTexts, ...GroupTexts[]],
  around: RowGroup['path'] = [],
): readonly RowGroup[] {
  const [next, ...rest] = others;
  const byCode = new Map<number, number[]>();
  for (const row of rows) {
    const code = codes[row] ?? -1;
    const found = byCode.get(code);
    if (found) found.push(row);
    else byCode.set(code, [row]);
  }
  const groups = [...byCode].map(([code, members]): RowGroup => {
    const value = code < 0 ? undefined : dictionary[code];
    const [own, path] = [Uint32Array.from(members), [...around, value]];
    return { value, path, rows: own, ...(next && { inner: groupRows(own, [next, ...rest], path) }) };
  });
  return groups.sort((a, b) => Number(a.value === undefined) - Number(b.value === undefined));
}

/** Each group, and below it its groups or rows where it is open. */
export function groupedLines(groups: readonly RowGroup[], isOpen: (group: RowGroup) => boolean): RunLines {
  const headed: RowGroup[] = [];
  const pieces: { readonly lines: ArrayLike<number>; readonly depth: number }[] = [];
  const add = (group: RowGroup, depth: number): void => {
    pieces.push({ lines: [-headed.push(group)], depth });
    if (!isOpen(group)) return;
    if (group.inner) for (const each of group.inner) add(each, depth + 1);
    else pieces.push({ lines: group.rows, depth: depth + 1 });
  };
  for (const group of groups) add(group, 0);
  const length = pieces.reduce((sum, { lines }) => sum + lines.length, 0);
  const [lines, depths] = [new Int32Array(length), new Uint8Array(length)];
  let at = 0;
  for (const piece of pieces) {
    lines.set(piece.lines, at);
    depths.fill(piece.depth, at, (at += piece.lines.length));
  }
  return { lines, depths, groups: headed, nested: nothingNested };
}

/**
 * Nested runs below their parents, each among its siblings as the rows stand; a run whose parent is not among the rows
 * stands at the top. Parents by row, -1 for none.
 */
export function nestedLines(rows: Uint32Array, parents: Int32Array, isFolded: (row: number) => boolean): RunLines {
  const children = childrenOf(rows, parents);
  if (children.size === 0) return flatLines(rows);
  const lines: number[] = [];
  const depths: number[] = [];
  const seen = new Set<number>();
  const nested = new Map<number, number>();
  const add = (row: number, depth: number, visible: boolean): number => {
    // A run that is said to be its own ancestor stands once.
    if (seen.has(row)) return 0;
    seen.add(row);
    if (visible) {
      lines.push(row);
      depths.push(Math.min(depth, 255));
    }
    const below = children.get(row) ?? [];
    if (below.length === 0) return 1;
    const open = visible && !isFolded(row);
    const count = below.reduce((sum, child) => sum + add(child, depth + 1, open), 0);
    nested.set(row, count);
    return 1 + count;
  };
  const present = new Set(rows);
  for (const row of rows) if (!present.has(parents[row] ?? -1)) add(row, 0, true);
  for (const row of rows) add(row, 0, true);
  return { lines: Int32Array.from(lines), depths: Uint8Array.from(depths), groups: noGroups, nested };
}

function childrenOf(rows: Uint32Array, parents: Int32Array): Map<number, number[]> {
  const present = new Set(rows);
  const children = new Map<number, number[]>();
  for (const row of rows) {
    const parent = parents[row] ?? -1;
    if (parent < 0 || !present.has(parent)) continue;
    const siblings = children.get(parent);
    if (siblings) siblings.push(row);
    else children.set(parent, [row]);
  }
  return children;
}

/**
 * The row of each row's parent, -1 where it has none or it is not in the table. Stores stand one below the other, so many
 * rows each; the parent is of the same one: a copy of a store has the same ids.
 */
export function parentRows(
  runIds: readonly string[],
  lengths: readonly number[],
  codes: Int32Array,
  dictionary: readonly string[],
): Int32Array {
  let start = 0;
  const parents = lengths.flatMap((length) => {
    const [first, end] = [start, (start += length)];
    const rowOf = new Map(runIds.slice(first, end).map((id, i) => [id, first + i]));
    const rows = dictionary.map((id) => rowOf.get(id) ?? -1);
    return Array.from(codes.slice(first, end), (code) => rows[code] ?? -1);
  });
  return Int32Array.from(parents, (parent, row) => (parent === row ? -1 : parent));
}
