import * as l10n from '@vscode/l10n';
import { parseFilter } from './search';
import { beyondMlflow, type Filter } from './searchAst';
import type { SearchScope } from './searchFields';

/** What a page says of a filter that MLflow would refuse; nothing for any other. */
export function beyondNote(filter: Filter): { readonly beyond?: string } {
  const lacking = beyondMlflow(filter);
  if (lacking === undefined) return {};
  return { beyond: l10n.t('Ringside evaluated this filter itself: MLflow has no {0}.', lacking) };
}

/** The same of a filter that somebody typed; nothing where it cannot be read. */
export function beyondText(filter: string, scope: SearchScope): string | undefined {
  try {
    return beyondNote(parseFilter(filter, scope)).beyond;
  } catch {
    return undefined;
  }
}
