import type { ColumnName, Frame, FrameColumn, FrameKeys, FrameQuery } from '../domain/frame';
import { joinAttributes, joinMetric, joinText } from '../domain/joinTables';
import type { FrameStore, RunPage, RunStore } from '../domain/ports';
import type { RunTable } from '../domain/run';
import { columnOf } from '../domain/runTable';
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
    // Not `resolve(…)`: what is thrown is to reject.
    column: ({ id, ...name }) => new Promise((resolve) => resolve(columnIn(frames.get(id).pages, name))),
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
  };
  return {
    id,
    attributes: joinAttributes(pages),
    keys,
    more: nextPageToken !== undefined,
    ...(note !== undefined && { note }),
    ...(beyond !== undefined && { beyond }),
  };
}

function keysOf(columns: readonly (readonly { readonly key: string }[])[]): string[] {
  return [...new Set(columns.flat().map(({ key }) => key))].sort();
}

function columnIn(pages: readonly RunTable[], { group, key }: ColumnName): FrameColumn {
  if (group === 'metrics') {
    const pieces = pages.map(({ length, metrics }) => ({ length, column: columnOf(metrics, key) }));
    return joinMetric(key, pieces);
  }
  return joinText(
    key,
    pages.map((page) => ({ length: page.length, column: columnOf(page[group], key) })),
  );
}
