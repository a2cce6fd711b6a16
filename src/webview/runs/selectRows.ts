export interface Select {
  /** Index into the rows as they are shown. */
  readonly position: number;
  readonly how: 'only' | 'toggle' | 'range' | 'all';
}

/** What is selected after a click or key at a position; `anchor` is the position that a range starts from. */
export function selectRows(
  before: ReadonlySet<number>,
  rows: Uint32Array,
  anchor: number,
  { position, how }: Select,
): ReadonlySet<number> {
  const row = rows[position];
  if (row === undefined) return before;
  if (how === 'all') return new Set(rows);
  if (how === 'only') return new Set([row]);
  if (how === 'range') return new Set(rows.subarray(Math.min(anchor, position), Math.max(anchor, position) + 1));
  const after = new Set(before);
  if (!after.delete(row)) after.add(row);
  return after;
}
