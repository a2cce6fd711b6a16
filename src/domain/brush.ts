/** Ranges that a row must lie in, one for each axis that is brushed; a value that is missing lies in none. */
export interface Brush {
  readonly values: Float64Array;
  readonly ranges: readonly (readonly [number, number])[];
}

/** The rows that lie in one range of every brush, in their order. */
export function brushedRows(rows: Uint32Array, brushes: readonly Brush[]): Uint32Array {
  const active = brushes.filter(({ ranges }) => ranges.length > 0);
  if (active.length === 0) return rows;
  return rows.filter((row) => active.every((brush) => isWithin(brush, row)));
}

function isWithin({ values, ranges }: Brush, row: number): boolean {
  const value = values[row] ?? NaN;
  for (const [low, high] of ranges) if (value >= low && value <= high) return true;
  return false;
}
