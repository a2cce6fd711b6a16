import * as l10n from '@vscode/l10n';
import { UserError } from '../../domain/errors';
import type { Page, PageRequest } from '../../domain/ports';

/** Where a page starts; the token is MLflow's own, base64 of `{"offset": n}` (mlflow.md §1.3). */
export function pageStart(token: string | undefined): number {
  if (token === undefined || token === '') return 0;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(token, 'base64').toString());
    const offset = Number((parsed as { offset?: unknown }).offset);
    if (Number.isInteger(offset) && offset > 0) return offset;
  } catch {
    // Falls through to the sentence.
  }
  throw new UserError('invalid', l10n.t('The page token is not valid.'), { next: l10n.t('Read the list again.') });
}

export function pageToken(offset: number): string {
  return Buffer.from(JSON.stringify({ offset })).toString('base64');
}

/** The asked page of all items. */
export function pageOf<T>(items: readonly T[], { maxResults, pageToken: token }: PageRequest): Page<T> {
  const start = pageStart(token);
  const end = start + maxResults;
  const page = items.slice(start, end);
  return end < items.length ? { items: page, nextPageToken: pageToken(end) } : { items: page };
}
