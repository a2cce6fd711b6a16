/** px, as a row of VS Code's trees and tables (design.md, Space). */
export const rowHeight = 22;

interface Wide {
  /** px */
  readonly width: number;
}

/** What is seen of the canvas, px. */
export interface Port {
  readonly top: number;
  readonly left: number;
  readonly width: number;
  readonly height: number;
  /** Rows to draw beyond what is seen. */
  readonly spare: number;
}

/** Nothing is known before the first look, and what is seen is drawn before what is not. */
export const firstPort: Port = { top: 0, left: 0, width: 0, height: 0, spare: 0 };

export interface Span {
  /** First and one past the last. */
  readonly start: number;
  readonly end: number;
}

/** So many that a small scroll shows no gap. */
export const spareRows = 6;

export function visibleRows({ top, height, spare }: Port, count: number): Span {
  const start = Math.max(0, Math.floor(top / rowHeight) - spare);
  return {
    start: Math.min(start, count),
    end: Math.min(count, Math.ceil((top + height) / rowHeight) + spare),
  };
}

export function isSamePort(a: Port, b: Port): boolean {
  return a.top === b.top && a.left === b.left && a.width === b.width && a.height === b.height;
}

/** Columns that a window of `width` px sees at `scrollLeft`; from the first that scrolls. */
export function visibleColumns(
  scrollLeft: number,
  width: number,
  columns: readonly Wide[],
): Span & { readonly offset: number } {
  let [at, start, offset] = [0, 0, 0];
  let end = 0;
  for (const [index, { width: each }] of columns.entries()) {
    if (at + each <= scrollLeft) [start, offset] = [index + 1, at + each];
    if (at >= scrollLeft + width) break;
    at += each;
    end = index + 1;
  }
  return { start: Math.min(start, end), end, offset };
}

/** How many columns stand still: as many of the pinned as leave room to scroll the others, the first in any case. */
export function stuckCount(columns: readonly Wide[], pinned: number, width: number): number {
  let count = 1;
  while (count < pinned && widthOf(columns, 0, count + 1) <= width * 0.6) count += 1;
  return Math.min(count, columns.length);
}

export function widthOf(columns: readonly Wide[], start: number, end: number): number {
  return columns.slice(start, end).reduce((sum, { width }) => sum + width, 0);
}

/** Room for the name of a group, px: it stands across the first columns, of which a group has no values. */
export function groupNameRoom(columns: readonly (Wide & { readonly name?: object })[], width: number): number {
  const valued = columns.findIndex(({ name }) => name !== undefined);
  return Math.min(width, widthOf(columns, 0, valued < 0 ? columns.length : valued));
}

/** The style rules that give columns their widths, those that stand still their places, and the canvas its size. */
export function layoutRules(columns: readonly Wide[], stuck: number, lines: number): string {
  let left = 0;
  const rules = columns.map(({ width }, i) => {
    const place = i < stuck ? `;inset-inline-start:${left}px` : '';
    left += width;
    return `.c${i}{width:${width}px${place}}`;
  });
  return `.canvas{width:${left}px;height:${(lines + 1) * rowHeight}px}${rules.join('')}`;
}

export interface Place {
  /** -1 is the header. */
  readonly row: number;
  readonly column: number;
}

/** Where to scroll so that a cell is seen, px; a row with one below it to spare, pinned columns as they are. */
export function scrolledTo({ row, column }: Place, port: Omit<Port, 'spare'>, columns: readonly Wide[], stuck: number) {
  const lastTop = row * rowHeight;
  const top = Math.max(0, Math.max(Math.min(port.top, lastTop), lastTop + 3 * rowHeight - port.height));
  if (column < stuck) return { top, left: port.left };
  const lastLeft = widthOf(columns, stuck, column);
  const right = lastLeft + widthOf(columns, 0, stuck) + widthOf(columns, column, column + 1) - port.width;
  return { top, left: Math.min(Math.max(port.left, right), lastLeft) };
}

/** Where a key leads in a grid of so many rows and columns (the ARIA grid pattern); nothing for other keys. */
export function moved(
  { row, column }: Place,
  { key, ctrlKey, metaKey }: { readonly key: string; readonly ctrlKey: boolean; readonly metaKey: boolean },
  { rows, columns, page }: { readonly rows: number; readonly columns: number; readonly page: number },
): Place | undefined {
  const far = ctrlKey || metaKey;
  const to = (nextRow: number, nextColumn: number): Place => ({
    row: Math.max(-1, Math.min(rows - 1, nextRow)),
    column: Math.max(0, Math.min(columns - 1, nextColumn)),
  });
  switch (key) {
    case 'ArrowDown':
      return to(far ? rows - 1 : row + 1, column);
    case 'ArrowUp':
      return to(far ? 0 : row - 1, column);
    case 'ArrowRight':
      return to(row, far ? columns - 1 : column + 1);
    case 'ArrowLeft':
      return to(row, far ? 0 : column - 1);
    case 'PageDown':
      return to(row + page, column);
    case 'PageUp':
      return to(Math.max(0, row - page), column);
    case 'Home':
      return to(far ? 0 : row, 0);
    case 'End':
      return to(far ? rows - 1 : row, columns - 1);
    default:
      return undefined;
  }
}
