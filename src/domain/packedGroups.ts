import type { RowGroup } from './runLines';

/** Groups as a few arrays that can be moved between threads, each group before those within it. */
export interface PackedGroups {
  /** How deep each group stands. */
  readonly levels: Uint8Array;
  readonly values: readonly (string | undefined)[];
  /** How many rows each has. */
  readonly sizes: Uint32Array;
  /** For each level the rows of its groups, one group behind the other. */
  readonly rows: readonly Uint32Array[];
}

/** @param depth how many columns the rows are grouped by */
export function packGroups(groups: readonly RowGroup[], depth: number): PackedGroups {
  const found: RowGroup[] = [];
  const add = (group: RowGroup): void => {
    found.push(group);
    group.inner?.forEach(add);
  };
  groups.forEach(add);
  const at = (level: number): RowGroup[] => found.filter(({ path }) => path.length === level + 1);
  return {
    levels: Uint8Array.from(found, ({ path }) => path.length - 1),
    values: found.map(({ value }) => value),
    sizes: Uint32Array.from(found, ({ rows }) => rows.length),
    rows: Array.from({ length: depth }, (_, level) => joined(at(level).map(({ rows }) => rows))),
  };
}

/** The groups that were packed; their rows are pieces of the packed ones. */
export function unpackGroups({ levels, values, sizes, rows }: PackedGroups): readonly RowGroup[] {
  const starts = new Uint32Array(rows.length);
  let at = 0;
  const read = (level: number, around: RowGroup['path']): readonly RowGroup[] => {
    const groups: RowGroup[] = [];
    while (levels[at] === level) {
      const [value, size, start] = [values[at], sizes[at] ?? 0, starts[level] ?? 0];
      at += 1;
      starts[level] = start + size;
      const own = rows[level]?.subarray(start, start + size) ?? new Uint32Array();
      const path = [...around, value];
      groups.push({ value, path, rows: own, ...(level + 1 < rows.length && { inner: read(level + 1, path) }) });
    }
    return groups;
  };
  return read(0, []);
}

function joined(pieces: readonly Uint32Array[]): Uint32Array {
  const all = new Uint32Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
