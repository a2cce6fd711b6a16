import * as l10n from '@vscode/l10n';
import { UserError } from '../domain/errors';
import {
  columnNames,
  differs,
  type FrameColumnName,
  type Frame,
  type FrameColumn,
  type FrameQuery,
  type RunsSource,
  type RunsTableContent,
} from '../domain/frame';
import { storeKind } from '../domain/connection';
import { joinAttributes, joinMetric, joinText } from '../domain/joinTables';
import type { FrameStore, Registry } from '../domain/ports';
import type { MetricColumn, RunTable, TextColumn } from '../domain/run';
import { columnOf, MetricCells, TextCells } from '../domain/runTable';
import { KeptHistories } from './keptHistories';
import { hasMoved } from './movedFrame';
import { sameContent } from './same';

/** As many as a window shows at once. */
const firstRows = 50;
/** So many rows of a server are read again because some of them changed: five answers of it. */
const keptRows = 5000;

/** The runs of one or more sources as one table, whose columns are read when they are shown. */
export class RunsTable {
  private frames: readonly Frame[] = [];
  /** What they answer. */
  private query: Omit<FrameQuery, 'experimentIds'> | undefined;
  private histories: readonly KeptHistories[] = [];
  /** Stands in for the frames until they are open. */
  private firstTable: RunTable | undefined;
  /** Where each of them is open: another registry may bear the name by now. */
  private stores: readonly FrameStore[] = [];
  private openings = 0;

  constructor(
    private readonly sources: readonly RunsSource[],
    private readonly registryOf: (name: string) => Registry,
  ) {}

  /**
   * The first rows of a local store that has many more, which take no time to read. Of a server the first thousand come as
   * soon, and several sources are one below the other.
   */
  async first(
    query: Omit<FrameQuery, 'experimentIds'>,
    signal?: AbortSignal,
    count = firstRows,
  ): Promise<RunsTableContent | undefined> {
    const [source, ...others] = this.sources;
    const registry = source && others.length === 0 ? this.registryOf(source.registry) : undefined;
    if (!source || !registry || storeKind(registry.connection.trackingUri) === 'rest') return undefined;
    const { experimentIds } = source;
    const page = { ...query, experimentIds, maxResults: count, fromMemory: true };
    const { table, nextPageToken } = await registry.runs.search(page, signal);
    if (nextPageToken === undefined || this.frames.length > 0) return undefined;
    this.firstTable = table;
    const [metrics, params, tags] = [table.metrics, table.params, table.tags].map((columns) =>
      columns.map(({ key }) => key).sort(),
    );
    const keys = { metrics: metrics ?? [], params: params ?? [], tags: tags ?? [], datasets: false };
    return {
      attributes: joinAttributes([table]),
      lengths: [table.length],
      keys,
      more: false,
      historiesByRun: [false],
      reading: true,
      notes: [],
    };
  }

  /** Reads anew, as many rows as there were where the question is the same; the frames before are closed once the new ones are there. */
  async open(query: Omit<FrameQuery, 'experimentIds'>, signal?: AbortSignal): Promise<RunsTableContent> {
    // What is not wanted any more takes nothing from who asked after it.
    signal?.throwIfAborted();
    const opening = ++this.openings;
    const stores = this.sources.map(({ registry }) => this.registryOf(registry).frames);
    const opened = await this.openAll(stores, query, signal);
    if (opening !== this.openings) {
      closeAll(stores, opened);
      throw new UserError('cancelled', l10n.t('Cancelled.'));
    }
    const { stores: before, histories: kept } = this;
    closeAll(before, this.frames);
    this.frames = opened;
    this.query = query;
    this.histories = opened.map((_, i) => new KeptHistories(stores[i] === before[i] ? kept[i] : undefined));
    this.firstTable = undefined;
    this.stores = stores;
    return contentOf(opened);
  }

  /** Whether a server now gives other rows or values than those that are open: of the first ones and the running ones. */
  async hasMoved(registry: string, query: Omit<FrameQuery, 'experimentIds'>, signal?: AbortSignal): Promise<boolean> {
    for (const [i, source] of this.sources.entries()) {
      if (source.registry === registry && (await this.hasMovedAt(i, query, signal))) return true;
    }
    return false;
  }

  /** The next thousand runs of each server. */
  async more(signal?: AbortSignal): Promise<RunsTableContent> {
    const { frames, stores } = this;
    const growing = frames.map(async (frame, i) =>
      frame.more ? ((await stores[i]?.more({ id: frame.id }, signal)) ?? frame) : frame,
    );
    const grown = await Promise.all(growing);
    // Other frames were opened meanwhile, or the same ones grown.
    if (this.frames === frames) this.frames = grown;
    return contentOf(this.frames);
  }

  /** Over histories that a server gives run by run: of the rows that are asked for here or were before. */
  async column(name: FrameColumnName, signal?: AbortSignal, rows: readonly number[] = []): Promise<FrameColumn> {
    const { frames, firstTable } = this;
    if (frames.length === 0 && firstTable) return columnIn(firstTable, name);
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
    for (const name of columnNames(contentOf(frames).keys)) {
      signal?.throwIfAborted();
      if (differs(await this.column(name, signal))) found.push(name);
    }
    return found;
  }

  close(): void {
    this.openings++;
    closeAll(this.stores, this.frames);
    this.frames = [];
    this.stores = [];
  }

  private async hasMovedAt(
    index: number,
    query: Omit<FrameQuery, 'experimentIds'>,
    signal: AbortSignal | undefined,
  ): Promise<boolean> {
    const { openings } = this;
    const [frame, store, source] = [this.frames[index], this.stores[index], this.sources[index]];
    if (!frame || !store || !source || frame.attributes.length > keptRows) return false;
    try {
      return await hasMoved(store, frame, { ...query, experimentIds: source.experimentIds }, signal);
    } catch (error) {
      // Read anew meanwhile, which closed that frame.
      if (openings !== this.openings) return false;
      throw error;
    }
  }

  private columnOf(
    index: number,
    name: FrameColumnName,
    rows: readonly number[],
    signal: AbortSignal | undefined,
  ): Promise<FrameColumn> {
    const [frame, store, kept] = [this.frames[index], this.stores[index], this.histories[index]];
    const id = frame?.id ?? '';
    if (!store) throw new Error(`No frame is open at ${index}.`);
    if (!frame?.historiesByRun || !kept || name.group !== 'metrics' || !name.of) {
      return store.column({ id, ...name }, signal);
    }
    const start = this.frames.slice(0, index).reduce((sum, { attributes }) => sum + attributes.length, 0);
    const { length } = frame.attributes;
    const own = rows.map((row) => row - start).filter((row) => row >= 0 && row < length);
    return kept.column({ store, id, runs: frame.attributes }, { key: name.key, of: name.of }, own, signal);
  }

  /** All of them or none. */
  private async openAll(
    stores: readonly FrameStore[],
    query: Omit<FrameQuery, 'experimentIds'>,
    signal: AbortSignal | undefined,
  ): Promise<readonly Frame[]> {
    const isSame = sameContent(query, this.query);
    const lengths = this.frames.map(({ attributes }) => (isSame ? Math.min(attributes.length, keptRows) : 0));
    const opening = stores.map((store, i) =>
      openUpTo(lengths[i] ?? 0, store, { ...query, experimentIds: this.sources[i]?.experimentIds ?? [] }, signal),
    );
    try {
      return await Promise.all(opening);
    } catch (error) {
      opening.forEach(
        (frame, i) => void frame.then((opened) => closeAll(stores.slice(i), [opened])).catch(() => undefined),
      );
      throw error;
    }
  }
}

/** A person who loaded more rows keeps them. */
async function openUpTo(
  length: number,
  store: FrameStore,
  query: FrameQuery,
  signal: AbortSignal | undefined,
): Promise<Frame> {
  let frame = await store.open(query, signal);
  try {
    while (frame.more && frame.attributes.length < length) frame = await store.more({ id: frame.id }, signal);
    return frame;
  } catch (error) {
    closeAll([store], [frame]);
    throw error;
  }
}

function closeAll(stores: readonly FrameStore[], frames: readonly Frame[]): void {
  // A worker that ended has closed all that it held.
  frames.forEach(({ id }, i) => void stores[i]?.close({ id }).catch(() => undefined));
}

/** Of the first rows; what a page of runs does not bring is empty until all are there. */
function columnIn({ length, ...table }: RunTable, name: FrameColumnName): FrameColumn {
  const { group, key } = name;
  if (group === 'datasets') return new TextCells(length).column(key, length);
  if (group !== 'metrics') return columnOf(table[group], key) ?? new TextCells(length).column(key, length);
  return (name.of ? undefined : columnOf(table.metrics, key)) ?? new MetricCells(length).column(key, length);
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
