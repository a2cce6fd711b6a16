import { isCancelled } from '../../domain/errors';
import type { FrameColumnName, FrameColumn } from '../../domain/frame';
import type { RunsContent, RunsHost, RunsPanelState } from '../../panels/runs/runs.messages';
import type { Host } from '../shared/host';
import { afterFrame } from '../shared/observed';
import { type Column, columnId } from './columns';
import { type HistoryReading, HistoryRows } from './historyRows';

type Data = ReadonlyMap<string, FrameColumn>;

/** How long rows wait for their first columns once the page around them stands, ms: two frames, which nobody sees. */
const patience = 32;

/** The columns of the table that were read so far, by id: each once per reading of the table, when it is first needed. */
export class ReadColumns {
  data: Data = new Map();
  /** Ids of columns in which runs differ, once that was asked. */
  differing: ReadonlySet<string> | undefined;
  /** What was asked for ahead may still come in time. */
  holdsRows = false;
  private readonly asked = new Set<string>();
  /** Asked for before the table is drawn, by id. */
  private ahead = new Map<string, Promise<FrameColumn>>();
  private readonly histories = new HistoryRows();
  private generation = 0;
  private underway = 0;
  private toDraw = false;

  constructor(
    private readonly host: Host<RunsHost, RunsPanelState>,
    private readonly changed: () => void,
    private readonly failed: (error: unknown) => void,
  ) {}

  get isReading(): boolean {
    return this.underway > 0;
  }

  /** Whether a server's history of that row was not asked for yet. */
  readonly isUnread = (id: string, row: number): boolean => this.histories.isUnread(id, row);

  /** What was seen before is there when the new content is drawn, so that no cell goes empty meanwhile. */
  async readAgain(columns: readonly Column[], signal?: AbortSignal): Promise<Data> {
    this.ahead.clear();
    const seen = columns.filter(({ id }) => this.data.has(id));
    const read = seen.map(async ({ id, name }): Promise<[string, FrameColumn][]> => {
      return name ? [[id, await this.host.channel.request('column', name, signal)]] : [];
    });
    return new Map((await Promise.all(read)).flat());
  }

  /**
   * What will be seen at first: rows wait for it a little, so that they are drawn once and whole. It outlives the reading
   * that asks: where the next one fails, this table stays.
   */
  readAhead(columns: readonly Column[]): void {
    const ahead = new Map<string, Promise<FrameColumn>>();
    for (const { id, name } of columns) if (name) ahead.set(id, this.host.channel.request('column', name));
    this.ahead = ahead;
    this.holdsRows = true;
    const late = new Promise((resolve) => afterFrame(() => setTimeout(resolve, patience)));
    void Promise.race([Promise.allSettled(ahead.values()), late]).then(() => {
      // The rows of a reading that came in between wait for its own.
      if (this.ahead !== ahead) return;
      this.holdsRows = false;
      this.changed();
    });
  }

  /** Begins anew with what was read of a new table. */
  take(data: Data, content: RunsContent): void {
    this.generation += 1;
    this.data = data;
    this.differing = undefined;
    this.asked.clear();
    for (const id of data.keys()) this.asked.add(id);
    this.histories.begin(content);
  }

  need(columns: readonly Column[]): void {
    for (const { id, name, of } of columns) {
      if (!name || this.asked.has(id)) continue;
      this.asked.add(id);
      void this.read(id, name, of ? this.histories.start(id, []) : undefined);
    }
  }

  /** Of a server the histories of these rows, each once. */
  needRows(columns: readonly Column[], rows: Iterable<number>): void {
    for (const { id, name, of } of columns) {
      const wanted = name && of && this.data.has(id) ? this.histories.wanted(id, rows) : [];
      if (name && wanted.length > 0) void this.read(id, name, this.histories.start(id, wanted));
    }
  }

  /** Columns that went away are not read any further. */
  keepHistories(columns: readonly Column[]): void {
    const kept = new Set(columns.map(({ id }) => id));
    for (const id of this.histories.stopOthers(kept)) this.asked.delete(id);
  }

  needDiffering(): void {
    if (this.asked.has('differing')) return;
    this.asked.add('differing');
    void this.settle(this.host.channel.request('differing', {}), (names) => {
      this.differing = new Set(names.map(columnId));
    });
  }

  private async read(id: string, name: FrameColumnName, history?: HistoryReading): Promise<void> {
    const request = history && history.rows.length > 0 ? { ...name, rows: history.rows } : name;
    const asked = this.ahead.get(id) ?? this.host.channel.request('column', request, history?.stop.signal);
    this.ahead.delete(id);
    this.underway += 1;
    await this.settle(asked, (column) => {
      this.data = new Map(this.data).set(id, column);
      history?.end(true);
    });
    this.underway -= 1;
    history?.end(false);
  }

  /** What comes after a new reading began is of the table before. */
  private async settle<T>(asking: Promise<T>, keep: (answer: T) => void): Promise<void> {
    const { generation } = this;
    try {
      const answer = await asking;
      if (generation === this.generation) keep(answer);
    } catch (error) {
      if (generation === this.generation && !isCancelled(error)) this.failed(error);
    } finally {
      this.drawSoon();
    }
  }

  /** Columns come in one after another: what a frame brings is drawn at once. */
  private drawSoon(): void {
    if (this.toDraw) return;
    this.toDraw = true;
    requestAnimationFrame(() => {
      this.toDraw = false;
      this.changed();
    });
  }
}
