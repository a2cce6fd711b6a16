import * as l10n from '@vscode/l10n';
import type { RunsContent } from '../../panels/runs/runs.messages';

/** How many of how many runs show, and what is missing. Of a server only what is loaded is known. */
export function countWords({ attributes, notes, more }: RunsContent, shown: number): string {
  return [countOf(attributes.length, shown, more), ...notes].join(' · ');
}

function countOf(length: number, shown: number, more: boolean): string {
  if (!more && length === 1) return l10n.t('1 run');
  if (!more) return shown < length ? l10n.t('{0} of {1} runs', shown, length) : l10n.t('{0} runs', length);
  const loaded = l10n.t('{0} runs loaded, the server has more', length);
  return shown < length ? `${l10n.t('{0} shown', shown)} · ${loaded}` : loaded;
}

export function noRunsWords({ attributes, filter }: RunsContent, words: string): string {
  if (attributes.length > 0) return l10n.t("No run's name holds '{0}'", words.trim());
  return filter === '' ? l10n.t('No runs') : l10n.t('No runs match {0}', filter);
}
