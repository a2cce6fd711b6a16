import type { HistoryValue } from '../domain/frame';
import type { FrameStore } from '../domain/ports';
import { hasEnded, type MetricColumn, type RunTable, runStatuses } from '../domain/run';
import { metricAt, MetricCells } from '../domain/runTable';

/** A frame of a server, and its rows. */
interface Place {
  readonly store: FrameStore;
  readonly id: string;
  readonly runs: RunTable;
}

interface OfHistory {
  readonly key: string;
  readonly of: HistoryValue;
}

/** What a history came to, undefined for a run without the metric; and what showed then that it may be another now. */
interface Known {
  readonly value: number | undefined;
  readonly mark: string;
}

type KnownRuns = Map<string, Known>;

/** What histories of a server's runs come to: of those that were chosen so far, since each costs a request. */
export class KeptHistories {
  /** By column, then run. */
  private readonly columns = new Map<string, KnownRuns>();
  private readonly earlier: ReadonlyMap<string, KnownRuns>;

  /** @param before of an earlier reading: what ended runs came to is not asked again */
  constructor(before?: KeptHistories) {
    this.earlier = new Map(before && [...before.earlier, ...before.columns]);
  }

  /** Reads the rows that are not known yet, and gives the column as far as it is known. */
  async column(place: Place, name: OfHistory, rows: readonly number[], signal?: AbortSignal): Promise<MetricColumn> {
    const { store, id, runs } = place;
    const known = await this.known(place, name, signal);
    const wanted = rows.filter((row) => !known.has(runs.runIds[row] ?? ''));
    if (wanted.length > 0) {
      const [markOf, read] = await Promise.all([
        this.marks(place, name.key, signal),
        store.column({ id, group: 'metrics', ...name, rows: wanted }, signal),
      ]);
      for (const row of wanted) {
        known.set(runs.runIds[row] ?? '', { value: metricAt(read as MetricColumn, row), mark: markOf(row) });
      }
    }
    const cells = new MetricCells(runs.length);
    runs.runIds.forEach((runId, row) => {
      const value = known.get(runId)?.value;
      if (value !== undefined) cells.set(row, value);
    });
    return cells.column(name.key, runs.length);
  }

  /** MLflow tells of no change: a run that ended then and has the same latest value has not been logged to since. */
  private async marks({ store, id, runs }: Place, key: string, signal?: AbortSignal): Promise<(row: number) => string> {
    const latest = (await store.column({ id, group: 'metrics', key }, signal)) as MetricColumn;
    return (row) => `${runs.statuses[row]} ${runs.endTimes[row]} ${metricAt(latest, row)}`;
  }

  private async known(place: Place, { key, of }: OfHistory, signal?: AbortSignal): Promise<KnownRuns> {
    const id = JSON.stringify([key, of]);
    const before = this.earlier.get(id);
    const still =
      before && !this.columns.has(id) ? await this.unchanged(place, before, key, signal) : new Map<string, Known>();
    const known = this.columns.get(id) ?? still;
    this.columns.set(id, known);
    return known;
  }

  private async unchanged(place: Place, before: KnownRuns, key: string, signal?: AbortSignal): Promise<KnownRuns> {
    const { runIds, statuses } = place.runs;
    const markOf = await this.marks(place, key, signal);
    const rows = runIds.map((runId, row) => ({ runId, row, known: before.get(runId) }));
    return new Map(
      rows.flatMap(({ runId, row, known }) => {
        const isSame = known && hasEnded(runStatuses[statuses[row] ?? 0]) && known.mark === markOf(row);
        return isSame ? [[runId, known]] : [];
      }),
    );
  }
}
