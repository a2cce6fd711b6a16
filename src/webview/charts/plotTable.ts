/** Nothing where it is missing. */
export type Cell = string | number | Date | undefined;

/** What "show as table" and the CSV export have. */
export interface PlotTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}
