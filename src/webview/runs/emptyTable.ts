import * as l10n from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import type { Ref } from '../../domain/ref';
import type { RunsContent } from '../../panels/runs/runs.messages';
import type { Action } from '../../panels/webview.messages';
import { emptyWords } from '../shared/states';

/** Why the table shows no run; of an experiment that has none, how to log the first. */
export function renderEmpty(
  content: RunsContent,
  words: string,
  isOfFavourites: boolean,
  act: (action: Action, refs: readonly Ref[]) => void,
): TemplateResult {
  const { attributes, filter, sources } = content;
  if (attributes.length > 0) return emptyWords(hiddenWords(words.trim(), isOfFavourites));
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

function hiddenWords(words: string, isOfFavourites: boolean): string {
  if (words !== '') return l10n.t("No run's name holds '{0}'", words);
  return isOfFavourites ? l10n.t('None of these runs is a favourite') : l10n.t('No run is in the ranges of the charts');
}
