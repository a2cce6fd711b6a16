import type { View } from './experiment';
import type { MetricColumn, RunTable, TextColumn } from './run';

/*
 * A frame is a table of all runs of a query as they were when it was opened: rows keep their places while it is open,
 * so that columns can be read one by one, when they are shown.
 */

export interface FrameQuery {
  readonly experimentIds: readonly string[];
  readonly view: View;
  /** MLflow's filter; see `RunQuery`. */
  readonly filter?: string;
  readonly orderBy?: readonly string[];
}

export interface FrameKeys {
  /** Each sorted. */
  readonly metrics: readonly string[];
  readonly params: readonly string[];
  readonly tags: readonly string[];
}

export interface Frame {
  /** Names the open frame to `FrameStore.column`, `more` and `close`. */
  readonly id: string;
  /** Attributes of every row; its metrics, params and tags are empty. */
  readonly attributes: RunTable;
  readonly keys: FrameKeys;
  /** Servers are read a thousand runs at a time: there are more than these rows. */
  readonly more: boolean;
  /** As in `Page`. */
  readonly note?: string;
  readonly beyond?: string;
}

/** A column that is read on demand. */
export type ColumnName =
  { readonly group: 'metrics'; readonly key: string } | { readonly group: 'params' | 'tags'; readonly key: string };

/** One cell per row of the frame; a key that no run has gives an empty column. */
export type FrameColumn = MetricColumn | TextColumn;

export function isMetricColumn(column: FrameColumn): column is MetricColumn {
  return 'values' in column;
}

/** Whether two cells are not alike; a missing one is like no other. */
export function differs(column: FrameColumn): boolean {
  if (!isMetricColumn(column)) return column.codes.some((code) => code !== column.codes[0]);
  const { values, loggedNaN } = column;
  const isNaNAt = (row: number): boolean => (((loggedNaN[row >> 3] ?? 0) >> (row & 7)) & 1) === 1;
  return values.some((value, row) => !Object.is(value, values[0]) || isNaNAt(row) !== isNaNAt(0));
}

/** Experiments of one registry whose runs stand in a table. */
export interface RunsSource {
  readonly registry: string;
  readonly experimentIds: readonly string[];
}

export interface RunsTableContent {
  /** Attributes of all rows, source below source. */
  readonly attributes: RunTable;
  /** Rows of each source, in the sources' order. */
  readonly lengths: readonly number[];
  readonly keys: FrameKeys;
  /** A server has more runs than were read. */
  readonly more: boolean;
  /** What is missing and why, and what Ringside evaluated itself; one sentence each. */
  readonly notes: readonly string[];
}
