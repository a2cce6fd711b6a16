import type { ChartColumn } from './chartColumn';

/** By the column's id: a value from the lower to the upper end lies in it. */
export type BrushRanges = Readonly<Record<string, readonly [number, number]>>;

/** The rows whose values lie in every range, in their order; a value that is missing lies in none. */
export function brushedRows(rows: Uint32Array, columns: readonly ChartColumn[], ranges: BrushRanges): Uint32Array {
  const brushed = columns.flatMap(({ id, values }) => {
    const range = ranges[id];
    return range ? [{ values, low: range[0], high: range[1] }] : [];
  });
  if (brushed.length === 0) return rows;
  return rows.filter((row) =>
    brushed.every(({ values, low, high }) => {
      const value = values[row] ?? NaN;
      return value >= low && value <= high;
    }),
  );
}

/** Without the range of one column. */
export function freed(ranges: BrushRanges, id: string): BrushRanges {
  return Object.fromEntries(Object.entries(ranges).filter(([each]) => each !== id));
}

/** The ranges of these columns only: a chart that lost an axis is brushed no more by it. */
export function rangesOf(columns: readonly ChartColumn[], ranges: BrushRanges): BrushRanges {
  return Object.fromEntries(columns.flatMap(({ id }) => (ranges[id] ? [[id, ranges[id]]] : [])));
}
