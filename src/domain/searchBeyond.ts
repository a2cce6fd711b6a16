import * as l10n from '@vscode/l10n';
import { beyondMlflow, type Filter } from './searchAst';

/** What a page says of a filter that MLflow would refuse; nothing for any other. */
export function beyondNote(filter: Filter): { readonly beyond?: string } {
  const lacking = beyondMlflow(filter);
  if (lacking === undefined) return {};
  return { beyond: l10n.t('Ringside evaluated this filter itself: MLflow has no {0}.', lacking) };
}
