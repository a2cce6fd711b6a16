import type { HistoryValue } from '../domain/frame';
import type { FrameStore } from '../domain/ports';
import type { MetricColumn } from '../domain/run';
import { metricAt, MetricCells } from '../domain/runTable';

/** A frame of a server, and how many rows it has. */
interface Place {
  readonly store: FrameStore;
  readonly id: string;
  readonly length: number;
}

interface OfHistory {
  readonly key: string;
  readonly of: HistoryValue;
}

/** What histories of a server's runs come to: of those that were chosen so far, since each costs a request. */
export class KeptHistories {
  /** By column, then row; undefined for a run without the metric. */
  private readonly columns = new Map<string, Map<number, number | undefined>>();

  /** Reads the rows that are not known yet, and gives the column as far as it is known. */
  async column(
    { store, id, length }: Place,
    name: OfHistory,
    rows: readonly number[],
    signal?: AbortSignal,
  ): Promise<MetricColumn> {
    const known = this.known(name);
    const wanted = rows.filter((row) => !known.has(row));
    if (wanted.length > 0) {
      const read = await store.column({ id, group: 'metrics', ...name, rows: wanted }, signal);
      for (const row of wanted) known.set(row, metricAt(read as MetricColumn, row));
    }
    const cells = new MetricCells(length);
    for (const [row, value] of known) if (value !== undefined) cells.set(row, value);
    return cells.column(name.key, length);
  }

  private known({ key, of }: OfHistory): Map<number, number | undefined> {
    const id = JSON.stringify([key, of]);
    const known = this.columns.get(id) ?? new Map<number, number | undefined>();
    this.columns.set(id, known);
    return known;
  }
}
