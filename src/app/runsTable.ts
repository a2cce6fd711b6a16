import {
  type FrameColumnName,
  differs,
  type Frame,
  type FrameColumn,
  type FrameKeys,
  type FrameQuery,
  type RunsSource,
  type RunsTableContent,
} from '../domain/frame';
import { joinAttributes, joinMetric, joinText } from '../domain/joinTables';
import type { Registry } from '../domain/ports';
import type { MetricColumn, RunTable, TextColumn } from '../domain/run';
import { KeptHistories } from './keptHistories';

/** The runs of one or more sources as one table, whose columns are read when they are shown. */
export class RunsTable {
  private frames: readonly Frame[] = [];
  private histories: readonly KeptHistories[] = [];

  constructor(
    private readonly sources: readonly RunsSource[],
    private readonly registryOf: (name: string) => Registry,
  ) {}

  /** Reads anew; the frames before are closed once the new ones are there. */
  async open(query: Omit<FrameQuery, 'experimentIds'>, signal?: AbortSignal): Promise<RunsTableContent> {
    const opened = await Promise.all(
      this.sources.map(({ registry, experimentIds }) =>
        this.registryOf(registry).frames.open({ ...query, experimentIds }, signal),
      ),
    );
    this.close();
    this.frames = opened;
    this.histories = opened.map(() => new KeptHistories());
    return contentOf(opened);
  }

  /** The next thousand runs of each server. */
  async more(signal?: AbortSignal): Promise<RunsTableContent> {
    const grown = this.frames.map(async (frame, i) =>
      frame.more ? this.store(i).more({ id: frame.id }, signal) : frame,
    );
    this.frames = await Promise.all(grown);
    return contentOf(this.frames);
  }

  /** Over histories that a server gives run by run: of the rows that are asked for here or were before. */
  async column(name: FrameColumnName, signal?: AbortSignal, rows: readonly number[] = []): Promise<FrameColumn> {
    const { frames } = this;
    const columns = await Promise.all(frames.map((_, i) => this.columnOf(i, name, rows, signal)));
    const [only] = columns;
    if (only && columns.length === 1) return only;
    const pieces = columns.map((column, i) => ({ length: frames[i]?.attributes.length ?? 0, column }));
    return name.group === 'metrics'
      ? joinMetric(name.key, pieces as { length: number; column: MetricColumn }[])
      : joinText(name.key, pieces as { length: number; column: TextColumn }[]);
  }

  /** Of all rows as they were read last. */
  get attributes(): RunTable {
    return joinAttributes(this.frames.map(({ attributes }) => attributes));
  }

  /** Name of the registry that a row was read from. */
  registryAt(row: number): string {
    let end = 0;
    const index = this.frames.findIndex(({ attributes }) => row < (end += attributes.length));
    return this.sources[index]?.registry ?? '';
  }

  /** Columns in which two rows differ; where a run lacks a value that others have, it differs too. */
  async differing(signal?: AbortSignal): Promise<readonly FrameColumnName[]> {
    const { frames } = this;
    const found: FrameColumnName[] = [];
    for (const name of namesOf(contentOf(frames).keys)) {
      signal?.throwIfAborted();
      if (differs(await this.column(name, signal))) found.push(name);
    }
    return found;
  }

  close(): void {
    this.frames.forEach(({ id }, i) => {
      // A worker that ended has closed all that it held.
      this.store(i)
        .close({ id })
        .catch(() => undefined);
    });
    this.frames = [];
  }

  private columnOf(
    index: number,
    name: FrameColumnName,
    rows: readonly number[],
    signal: AbortSignal | undefined,
  ): Promise<FrameColumn> {
    const [frame, kept] = [this.frames[index], this.histories[index]];
    const store = this.store(index);
    const id = frame?.id ?? '';
    if (!frame?.historiesByRun || !kept || name.group !== 'metrics' || !name.of) {
      return store.column({ id, ...name }, signal);
    }
    const start = this.frames.slice(0, index).reduce((sum, { attributes }) => sum + attributes.length, 0);
    const { length } = frame.attributes;
    const own = rows.map((row) => row - start).filter((row) => row >= 0 && row < length);
    return kept.column({ store, id, length }, { key: name.key, of: name.of }, own, signal);
  }

  private store(index: number): Registry['frames'] {
    return this.registryOf(this.sources[index]?.registry ?? '').frames;
  }
}

function namesOf({ metrics, params, tags, datasets }: FrameKeys): FrameColumnName[] {
  return [
    ...metrics.map((key) => ({ group: 'metrics' as const, key })),
    ...params.map((key) => ({ group: 'params' as const, key })),
    ...tags.map((key) => ({ group: 'tags' as const, key })),
    ...(datasets ? [{ group: 'datasets' as const, key: '' as const }] : []),
  ];
}

function contentOf(frames: readonly Frame[]): RunsTableContent {
  const keys = (group: 'metrics' | 'params' | 'tags'): string[] =>
    [...new Set(frames.flatMap((frame) => frame.keys[group]))].sort();
  const tables = frames.map(({ attributes }) => attributes);
  return {
    attributes: joinAttributes(tables),
    lengths: tables.map(({ length }) => length),
    keys: {
      metrics: keys('metrics'),
      params: keys('params'),
      tags: keys('tags'),
      datasets: frames.some((frame) => frame.keys.datasets),
    },
    more: frames.some(({ more }) => more),
    historiesByRun: frames.map(({ historiesByRun = false }) => historiesByRun),
    notes: [...new Set(frames.flatMap(({ note, beyond }) => [note, beyond]))].filter((note) => note !== undefined),
  };
}
