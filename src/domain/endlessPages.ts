import * as l10n from '@vscode/l10n';
import { UserError } from './errors';

/** So many empty pages in a row are no list any more. */
const mostEmptyPages = 100;

/** Counts the empty pages of one reading: a broken server may give the token of one page more for ever. */
export class EmptyPages {
  private inARow = 0;

  /** Takes how many items a page had; throws where too many pages in a row had none, though others follow. */
  follow(items: number, nextPageToken: string | undefined): void {
    this.inARow = items === 0 ? this.inARow + 1 : 0;
    if (nextPageToken !== undefined && this.inARow >= mostEmptyPages) throw endlessPages();
  }
}

export function endlessPages(): UserError {
  return new UserError('unreachable', l10n.t('The server gives pages without end.'), {
    next: l10n.t('Check the server, and a proxy or cache in front of it.'),
  });
}
