import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import type { Ref } from '../../domain/ref';
import type { RunsContent } from '../../panels/runs/runs.messages';
import type { Action } from '../../panels/webview.messages';
import { emptyWords } from '../shared/states';
import type { TableView } from './tableView';

/** What narrows the table beside its filter. */
type Narrowed = Pick<TableView, 'words' | 'isOfFavourites' | 'isBrushed'>;

/** Why the table shows no run; of an experiment that has none, how to log the first. */
export function renderEmpty(
  content: RunsContent,
  narrowed: Narrowed,
  act: (action: Action, refs: readonly Ref[]) => void,
): TemplateResult {
  const { attributes, filter, sources } = content;
  if (attributes.length > 0) return emptyWords(hiddenWords(narrowed));
  if (filter !== '') return emptyWords(l10n.t('No runs match {0}', filter));
  const refs = sources.flatMap(({ registry, experimentIds }) =>
    experimentIds.map((id): Ref => ({ kind: 'experiment', registry, id })),
  );
  const sentence =
    refs.length === 1
      ? l10n.t('No runs. What is logged to this experiment shows here.')
      : l10n.t('No runs. What is logged to these experiments shows here.');
  return html`<div class="empty">
    ${emptyWords(sentence)}
    <button class="primary" @click=${() => act('copyLoggingSnippet', refs)}>
      ${l10n.t('Copy Python snippet that logs a run')}
    </button>
  </div>`;
}

function hiddenWords({ words, isOfFavourites, isBrushed }: Narrowed): string {
  const narrowing = [
    ...(words === '' ? [] : [{ alone: l10n.t("No run's name holds '{0}'", words), part: l10n.t("name '{0}'", words) }]),
    ...(isOfFavourites ? [{ alone: l10n.t('None of these runs is a favourite'), part: l10n.t('favourites') }] : []),
    ...(isBrushed
      ? [{ alone: l10n.t('No run is in the ranges of the charts'), part: l10n.t('ranges of the charts') }]
      : []),
  ];
  const [first, ...others] = narrowing;
  if (first && others.length === 0) return first.alone;
  return l10n.t('No run fits all of this: {0}', narrowing.map(({ part }) => part).join(', '));
}
