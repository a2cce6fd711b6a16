import type { View } from './experiment';
import type { MetricColumn, RunTable, TextColumn } from './run';

/*
 * A frame is a table of all runs of a query as they were when it was opened: rows keep their places while it is open,
 * so that columns can be read one by one, when they are shown. Cells may come from what was read before: they are looked
 * at behind the answer, and where one is not so any more, the stamp of the store's `changes` moves.
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
  /** Runs used datasets. */
  readonly datasets: boolean;
}

export interface Frame {
  /** Names the open frame to `FrameStore.column`, `more` and `close`. */
  readonly id: string;
  /** Attributes of every row; its metrics, params and tags are empty. */
  readonly attributes: RunTable;
  readonly keys: FrameKeys;
  /** Servers are read a thousand runs at a time: there are more than these rows. */
  readonly more: boolean;
  /** A server gives histories run by run: a column over them is to be asked for chosen rows. */
  readonly historiesByRun?: true;
  /** As in `Page`. */
  readonly note?: string;
  readonly beyond?: string;
}

/** What a metric's column may hold of its whole history instead of the latest value (domain/historyValue.ts). */
export const historyValues = ['min', 'max', 'first'] as const;
export type HistoryValue = (typeof historyValues)[number];

/** A column of latest values, params or tags. */
export type ColumnName =
  { readonly group: 'metrics'; readonly key: string } | { readonly group: 'params' | 'tags'; readonly key: string };

/** A column that is read on demand: one of those, one over a metric's histories, or the datasets that runs used. */
export type FrameColumnName =
  | { readonly group: 'metrics'; readonly key: string; readonly of?: HistoryValue }
  | { readonly group: 'params' | 'tags'; readonly key: string }
  | { readonly group: 'datasets'; readonly key: '' };

/** `rows` are those to read where the frame gives histories run by run, all where absent. */
export type ColumnQuery = { readonly id: string; readonly rows?: readonly number[] } & FrameColumnName;

/** One cell per row of the frame; a key that no run has gives an empty column. */
export type FrameColumn = MetricColumn | TextColumn;

/** Columns of latest values, params, tags and datasets. */
export function columnNames({ metrics, params, tags, datasets }: FrameKeys): FrameColumnName[] {
  return [
    ...metrics.map((key) => ({ group: 'metrics' as const, key })),
    ...params.map((key) => ({ group: 'params' as const, key })),
    ...tags.map((key) => ({ group: 'tags' as const, key })),
    ...(datasets ? [{ group: 'datasets' as const, key: '' as const }] : []),
  ];
}

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
  /** As in `Frame`, of each source. */
  readonly historiesByRun: readonly boolean[];
  /** These are only the first rows, in the default order; all of them follow. */
  readonly reading?: boolean;
  /** What is missing and why, and what Ringside evaluated itself; one sentence each. */
  readonly notes: readonly string[];
}
