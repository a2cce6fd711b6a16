import type {
  FrameColumnName,
  ColumnQuery,
  Frame,
  FrameColumn,
  FrameKeys,
  FrameQuery,
  HistoryValue,
} from '../domain/frame';
import { historyValue } from '../domain/historyValue';
import { joinAttributes, joinMetric, joinText } from '../domain/joinTables';
import type { FrameStore, RunPage, RunStore } from '../domain/ports';
import type { RunTable } from '../domain/run';
import { columnOf, MetricCells } from '../domain/runTable';
import { OpenFrames } from './openFrames';

interface Opened {
  readonly query: FrameQuery;
  readonly pages: readonly RunTable[];
  readonly nextPageToken?: string;
  readonly note?: string;
  readonly beyond?: string;
}

/** Rows asked of a server at once: it is slow beyond that. */
const pageSize = 1000;
/** Histories that are held at once: one may have a million points. */
const heldHistories = 12;

/** Frames over the pages of a search, which are read one by one as they are asked for. */
export function pagedFrames(runs: RunStore): FrameStore {
  const frames = new OpenFrames<Opened>();

  const grown = async (frame: Opened, signal?: AbortSignal): Promise<Opened> => {
    const { nextPageToken, ...known } = frame;
    const page = await runs.search(
      { ...frame.query, maxResults: pageSize, ...(nextPageToken !== undefined && { pageToken: nextPageToken }) },
      signal,
    );
    return { ...known, pages: [...frame.pages, page.table], ...restOf(page) };
  };
  return {
    async open(query, signal) {
      const frame = await grown({ query, pages: [] }, signal);
      return frameOf(frames.add(frame), frame);
    },
    async more({ id }, signal) {
      const known = frames.get(id);
      const frame = known.nextPageToken === undefined ? known : await grown(known, signal);
      frames.set(id, frame);
      return frameOf(id, frame);
    },
    async column(query, signal) {
      const { pages } = await Promise.resolve(frames.get(query.id));
      const isOfHistory = query.group === 'metrics' && query.of !== undefined;
      return isOfHistory ? readHistories(runs, pages, { ...query, of: query.of }, signal) : columnIn(pages, query);
    },
    close({ id }) {
      frames.close(id);
      return Promise.resolve();
    },
  };
}

function restOf({ nextPageToken, note, beyond }: RunPage): Partial<Opened> {
  return {
    ...(nextPageToken !== undefined && { nextPageToken }),
    ...(note !== undefined && { note }),
    ...(beyond !== undefined && { beyond }),
  };
}

function frameOf(id: string, { pages, nextPageToken, note, beyond }: Opened): Frame {
  const keys: FrameKeys = {
    metrics: keysOf(pages.map(({ metrics }) => metrics)),
    params: keysOf(pages.map(({ params }) => params)),
    tags: keysOf(pages.map(({ tags }) => tags)),
    datasets: pages.some(({ datasets }) => datasets !== undefined),
  };
  return {
    id,
    attributes: joinAttributes(pages),
    keys,
    more: nextPageToken !== undefined,
    historiesByRun: true,
    ...(note !== undefined && { note }),
    ...(beyond !== undefined && { beyond }),
  };
}

function keysOf(columns: readonly (readonly { readonly key: string }[])[]): string[] {
  return [...new Set(columns.flat().map(({ key }) => key))].sort();
}

async function readHistories(
  runs: RunStore,
  pages: readonly RunTable[],
  { key, of, rows }: ColumnQuery & { readonly of: HistoryValue },
  signal?: AbortSignal,
): Promise<FrameColumn> {
  const ids = pages.flatMap(({ runIds }) => runIds);
  const cells = new MetricCells(ids.length);
  const wanted = rows ?? ids.map((_, row) => row);
  for (let at = 0; at < wanted.length; at += heldHistories) {
    const some = wanted.slice(at, at + heldHistories);
    const found = await runs.histories({ runIds: some.map((row) => ids[row] ?? ''), key }, signal);
    found.forEach((history, i) => {
      const value = historyValue(history, of);
      if (value !== undefined) cells.set(some[i] ?? 0, value);
    });
  }
  return cells.column(key, ids.length);
}

function columnIn(pages: readonly RunTable[], { group, key }: FrameColumnName): FrameColumn {
  if (group === 'datasets') {
    const pieces = pages.map(({ length, datasets }) => ({ length, column: datasets }));
    return joinText(key, pieces);
  }
  if (group === 'metrics') {
    const pieces = pages.map(({ length, metrics }) => ({ length, column: columnOf(metrics, key) }));
    return joinMetric(key, pieces);
  }
  return joinText(
    key,
    pages.map((page) => ({ length: page.length, column: columnOf(page[group], key) })),
  );
}
