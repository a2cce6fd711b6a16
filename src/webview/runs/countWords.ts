import * as l10n from '@vscode/l10n';
import { formatNumber } from '../../domain/format';
import type { RunsContent } from '../../panels/runs/runs.messages';
import type { TableView } from './tableView';

/** How many of how many runs show, and what is missing. Of a server only what is loaded is known. */
export function countWords(
  { attributes, notes, more, orderBy, historiesByRun, reading }: RunsContent,
  shown: number,
  { sorting, columns, isOfFavourites }: Pick<TableView, 'sorting' | 'columns' | 'isOfFavourites'>,
): string {
  if (reading) return l10n.t('the newest {0} runs; all others are being read', formatNumber(attributes.length));
  const partly = more && sorting.length > orderBy.length;
  const order = partly ? [l10n.t('sorted among those that are loaded: MLflow cannot sort by this')] : [];
  const isByRun = historiesByRun.includes(true) && columns.some(({ of }) => of);
  const histories = isByRun ? [l10n.t('a server gives histories run by run: of the selected runs only')] : [];
  const favourites = isOfFavourites ? [l10n.t('only favourites')] : [];
  return [countOf(attributes.length, shown, more), ...favourites, ...order, ...histories, ...notes].join(' · ');
}

function countOf(length: number, shown: number, more: boolean): string {
  if (!more && length === 1) return l10n.t('1 run');
  const [some, all] = [formatNumber(shown), formatNumber(length)];
  if (!more) return shown < length ? l10n.t('{0} of {1} runs', some, all) : l10n.t('{0} runs', all);
  const loaded = l10n.t('{0} runs loaded, the server has more', all);
  return shown < length ? `${l10n.t('{0} shown', some)} · ${loaded}` : loaded;
}

export function exportedWords(count: number, where: string): string {
  return count === 1 ? l10n.t('1 run is in {0}', where) : l10n.t('{0} runs are in {1}', formatNumber(count), where);
}
