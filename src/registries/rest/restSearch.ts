import * as l10n from '@vscode/l10n';
import { EmptyPages } from '../../domain/endlessPages';
import { UserError } from '../../domain/errors';
import type { Page, SearchRequest } from '../../domain/ports';
import { comparisonsOf } from '../../domain/searchAst';
import { matches, type ValuesOf } from '../../domain/searchEvaluate';
import type { SearchScope } from '../../domain/searchFields';
import { splitForOldServer, splitSearch, type SplitSearch } from '../../domain/searchSplit';

/** How one kind of thing is searched on a server. */
interface ServerSearch<T, P> {
  readonly scope: SearchScope;
  /** The server's page, as the face gets it. */
  readonly whole: (query: SearchRequest) => Promise<P>;
  /** The same, where Ringside evaluates what the server cannot. */
  readonly items: (query: SearchRequest) => Promise<Page<T>>;
  readonly valuesOf: (item: T) => ValuesOf;
  readonly pageOf: (page: Page<T>) => P;
}

/** The search of things that come as they are. */
export function searchOf<T>(
  scope: SearchScope,
  items: (query: SearchRequest) => Promise<Page<T>>,
  valuesOf: (item: T) => ValuesOf,
): ServerSearch<T, Page<T>> {
  return { scope, whole: items, items, valuesOf, pageOf: (page) => page };
}

/** A filter that cannot be read is not evaluated here. */
export function asksForDatasets(query: SearchRequest): boolean {
  return splitSearch(query, 'runs').here.some((condition) =>
    comparisonsOf(condition).some(({ field }) => field.kind === 'dataset'),
  );
}

/** Read at once where most of what the server gives may be thrown away. */
const smallestRead = 100;
const largestRead = 500;

/**
 * Sends the filter as it is where the server can know it, and lets its answer decide. Where the filter goes beyond
 * MLflow's grammar, what MLflow knows of it is sent and the rest is evaluated over the server's pages.
 */
export async function searchServer<T, P>(query: SearchRequest, search: ServerSearch<T, P>): Promise<P> {
  const split = splitSearch(query, search.scope);
  if (split.here.length > 0) return search.pageOf(await evaluate(query, split, search));
  const old = isOwnToken(query.pageToken) ? splitForOldServer(query, search.scope) : undefined;
  if (old) return search.pageOf(await evaluate(query, old, search));
  try {
    return { ...(await search.whole(asked(query, split, query.pageToken))), ...split.note };
  } catch (error) {
    if (!(error instanceof UserError) || error.kind !== 'invalid') throw error;
    if (split.refusal) throw placed(split.refusal, error);
    const retried = splitForOldServer(query, search.scope);
    if (!retried) throw error;
    return search.pageOf(await evaluate(query, retried, search));
  }
}

/** Reads pages until the asked one is full. */
async function evaluate<T>(
  query: SearchRequest,
  split: SplitSearch,
  search: ServerSearch<T, unknown>,
): Promise<Page<T>> {
  let { token, skip } = parseToken(query.pageToken);
  let maxResults = Math.min(Math.max(query.maxResults, smallestRead), largestRead);
  const items: T[] = [];
  const empty = new EmptyPages();
  for (;;) {
    const page = await search.items(asked({ ...query, maxResults }, split, token));
    for (const [i, item] of page.items.entries()) {
      if (i < skip || !matches(split.here, search.valuesOf(item), 'sql')) continue;
      items.push(item);
      const next = { token, skip: i + 1 };
      if (items.length === query.maxResults) return { items, ...split.note, ...nextToken(next, page) };
    }
    if (page.nextPageToken === undefined) return { items, ...split.note };
    skip = Math.max(0, skip - page.items.length);
    token = page.nextPageToken;
    maxResults = Math.min(maxResults * 2, largestRead);
    empty.follow(page.items.length, token);
  }
}

function asked(query: SearchRequest, { sent = '' }: SplitSearch, pageToken = ''): SearchRequest {
  return { ...query, filter: sent, pageToken };
}

/** Our sentence names the place; the server's is for the log. */
function placed({ kind, message, next, span }: UserError, cause: UserError): UserError {
  return new UserError(kind, message, { ...(next !== undefined && { next }), ...(span && { span }), cause });
}

/** A place within a page of the server's. */
interface Place {
  readonly token: string | undefined;
  /** Items of that page that were seen already. */
  readonly skip: number;
}

const ownToken = 'ringside:';

function isOwnToken(token: string | undefined): boolean {
  return token?.startsWith(ownToken) ?? false;
}

function nextToken(place: Place, page: Page<unknown>): { readonly nextPageToken?: string } {
  if (place.skip < page.items.length) return { nextPageToken: ownToken + JSON.stringify([place.skip, place.token]) };
  return page.nextPageToken === undefined ? {} : { nextPageToken: ownToken + JSON.stringify([0, page.nextPageToken]) };
}

function parseToken(text: string | undefined): Place {
  if (text === undefined) return { token: undefined, skip: 0 };
  const [, skip, token] = /^ringside:\[(\d+),(null|".*")\]$/s.exec(text) ?? [];
  if (skip === undefined || token === undefined) {
    throw new UserError('invalid', l10n.t('This page token belongs to another search.'), {
      next: l10n.t('Start again from the first page.'),
    });
  }
  return { token: (JSON.parse(token) as string | null) ?? undefined, skip: Number(skip) };
}
