import { EmptyPages } from '../domain/endlessPages';
import type { Page } from '../domain/ports';

/**
 * The items of all pages of a list; `read` asks for the first page, then for the one that a token names. `say` hears
 * what the list lacks, which each page tells.
 */
export async function allPages<T>(
  read: (from: { pageToken?: string }) => Promise<Page<T>>,
  say?: (note: string) => void,
): Promise<T[]> {
  const all: T[] = [];
  const empty = new EmptyPages();
  let pageToken: string | undefined;
  do {
    const page = await read(pageToken === undefined ? {} : { pageToken });
    if (pageToken === undefined && page.note !== undefined) say?.(page.note);
    all.push(...page.items);
    pageToken = page.nextPageToken;
    empty.follow(page.items.length, pageToken);
  } while (pageToken !== undefined);
  return all;
}
