import { EmptyPages } from '../domain/endlessPages';
import type { Page } from '../domain/ports';

/** Where a reading goes on: nowhere for the first page. */
interface From {
  readonly pageToken?: string;
}

/** Page after page of a list, each read once it is wanted; a list of empty pages without end is a failure. */
export async function* pagesOf<P extends { readonly nextPageToken?: string }>(
  read: (from: From) => Promise<P>,
  lengthOf: (page: P) => number,
): AsyncGenerator<P> {
  const empty = new EmptyPages();
  let from: From | undefined = {};
  while (from) {
    const page: P = await read(from);
    yield page;
    const { nextPageToken: pageToken } = page;
    empty.follow(lengthOf(page), pageToken);
    from = pageToken === undefined ? undefined : { pageToken };
  }
}

export function itemCount({ items }: Page<unknown>): number {
  return items.length;
}

/** The items of all pages of a list. `say` hears what the list lacks, which each page tells. */
export async function allPages<T>(read: (from: From) => Promise<Page<T>>, say?: (note: string) => void): Promise<T[]> {
  const all: T[] = [];
  let isFirst = true;
  for await (const { items, note } of pagesOf(read, itemCount)) {
    if (isFirst && note !== undefined) say?.(note);
    isFirst = false;
    all.push(...items);
  }
  return all;
}
