import type { ColumnName, FrameColumn } from '../../domain/frame';
import type { RunsContent, RunsHost, RunsPanelState } from '../../panels/runs/runs.messages';
import type { Host } from '../shared/host';
import { type Column, columnId, columnsOf } from './columns';

type Data = ReadonlyMap<string, FrameColumn>;

/** The columns of the table that were read so far, by id: each once per reading of the table, when it is first needed. */
export class ReadColumns {
  data: Data = new Map();
  /** Ids of columns in which runs differ, once that was asked. */
  differing: ReadonlySet<string> | undefined;
  private readonly asked = new Set<string>();
  private generation = 0;

  constructor(
    private readonly host: Host<RunsHost, RunsPanelState>,
    private readonly changed: () => void,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** What was seen before is there when the new content is drawn, so that no cell goes empty meanwhile. */
  async readAgain(content: RunsContent, signal: AbortSignal): Promise<Data> {
    const seen = columnsOf(content).filter(({ id }) => this.data.has(id));
    const read = seen.map(async ({ id, name }): Promise<[string, FrameColumn][]> => {
      return name ? [[id, await this.host.channel.request('column', name, signal)]] : [];
    });
    return new Map((await Promise.all(read)).flat());
  }

  /** Begins anew with what was read of a new table. */
  take(data: Data): void {
    this.generation += 1;
    this.data = data;
    this.differing = undefined;
    this.asked.clear();
    for (const id of data.keys()) this.asked.add(id);
  }

  need(columns: readonly Column[]): void {
    for (const { id, name } of columns) {
      if (!name || this.asked.has(id)) continue;
      this.asked.add(id);
      void this.read(id, name);
    }
  }

  needDiffering(): void {
    if (this.asked.has('differing')) return;
    this.asked.add('differing');
    void this.settle(this.host.channel.request('differing', {}), (names) => {
      this.differing = new Set(names.map(columnId));
    });
  }

  private read(id: string, name: ColumnName): Promise<void> {
    return this.settle(this.host.channel.request('column', name), (column) => {
      this.data = new Map(this.data).set(id, column);
    });
  }

  /** What comes after a new reading began is of the table before. */
  private async settle<T>(asking: Promise<T>, keep: (answer: T) => void): Promise<void> {
    const { generation } = this;
    try {
      const answer = await asking;
      if (generation !== this.generation) return;
      keep(answer);
      this.changed();
    } catch (error) {
      if (generation === this.generation) this.failed(error);
    }
  }
}
