import type { RunsContent } from '../../panels/runs/runs.messages';

/** A reading of histories that is under way; `rows` are those of servers. */
export interface HistoryReading {
  readonly rows: readonly number[];
  readonly stop: AbortController;
  end(wasRead: boolean): void;
}

/** Which rows of columns over histories were read: a server gives histories run by run, so only of chosen runs. */
export class HistoryRows {
  private readonly asked = new Map<string, Set<number>>();
  private readonly read = new Map<string, Set<number>>();
  private readonly readings = new Map<HistoryReading, string>();
  /** First row of each source that gives histories run by run, and the row behind it. */
  private servers: readonly (readonly [number, number])[] = [];

  begin({ lengths, historiesByRun }: RunsContent): void {
    for (const { stop } of this.readings.keys()) stop.abort();
    this.readings.clear();
    this.asked.clear();
    this.read.clear();
    let end = 0;
    const spans = lengths.map((length): readonly [number, number] => [end, (end += length)]);
    this.servers = spans.filter((_, i) => historiesByRun[i]);
  }

  isUnread(id: string, row: number): boolean {
    return this.isOfServer(row) && !this.read.get(id)?.has(row);
  }

  /** Rows that were not asked for yet. */
  wanted(id: string, rows: Iterable<number>): readonly number[] {
    if (this.servers.length === 0) return [];
    const asked = this.asked.get(id);
    return Array.from(rows).filter((row) => this.isOfServer(row) && !asked?.has(row));
  }

  start(id: string, rows: readonly number[]): HistoryReading {
    note(this.asked, id, rows);
    const reading: HistoryReading = {
      rows,
      stop: new AbortController(),
      end: (wasRead) => {
        this.readings.delete(reading);
        if (wasRead) note(this.read, id, rows);
      },
    };
    this.readings.set(reading, id);
    return reading;
  }

  /** Ends the readings of other columns; tells which those are. */
  stopOthers(kept: ReadonlySet<string>): readonly string[] {
    const others = [...this.readings].filter(([, id]) => !kept.has(id));
    for (const [reading, id] of others) {
      reading.stop.abort();
      this.readings.delete(reading);
      this.asked.delete(id);
    }
    return others.map(([, id]) => id);
  }

  private isOfServer(row: number): boolean {
    return this.servers.some(([start, end]) => row >= start && row < end);
  }
}

function note(rows: Map<string, Set<number>>, id: string, added: readonly number[]): void {
  const known = rows.get(id) ?? new Set<number>();
  rows.set(id, known);
  for (const row of added) known.add(row);
}
