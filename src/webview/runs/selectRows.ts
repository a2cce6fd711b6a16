import { groupAt, type RunLines } from '../../domain/runLines';

export interface Select {
  /** Index into the lines as they are shown. */
  readonly position: number;
  readonly how: 'only' | 'toggle' | 'range' | 'all';
}

/**
 * What is selected after a click or key at a position; `anchor` is the position that a range starts from. A group stands
 * for its rows. All are all that match, in view or folded away.
 */
export function selectRows(
  before: ReadonlySet<number>,
  lines: RunLines,
  rows: Uint32Array,
  anchor: number,
  { position, how }: Select,
): ReadonlySet<number> {
  if (how === 'all') return new Set(rows);
  const chosen = rowsAt(lines, position);
  if (chosen.length === 0) return before;
  if (how === 'only') return new Set(chosen);
  if (how === 'range') return rangeOf(lines, Math.min(anchor, position), Math.max(anchor, position));
  const after = new Set(before);
  const leave = chosen.every((row) => before.has(row));
  for (const row of chosen)
    if (leave) after.delete(row);
    else after.add(row);
  return after;
}

function rangeOf(lines: RunLines, from: number, to: number): ReadonlySet<number> {
  const found = new Set<number>();
  for (let position = from; position <= to; position++) {
    for (const row of rowsAt(lines, position)) found.add(row);
  }
  return found;
}

export function rowsAt(lines: RunLines, position: number): readonly number[] | Uint32Array {
  const row = lines.lines[position];
  if (row === undefined) return [];
  return groupAt(lines, position)?.rows ?? [row];
}
