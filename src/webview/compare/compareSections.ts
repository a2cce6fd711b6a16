import * as l10n from '@vscode/l10n';
import type { CompareRow } from '../../domain/compare';
import type { Verdict } from '../../domain/verdict';
import type { CompareContent } from '../../panels/compare/compare.messages';
import { nameOf } from './compareNames';

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly rows: readonly CompareRow[];
  readonly folded?: boolean;
}

export function sectionsOf(rows: readonly CompareRow[]): Section[] {
  const of = (group: CompareRow['group']): CompareRow[] => rows.filter((row) => row.group === group);
  const own = of('tags').filter(({ key }) => !key.startsWith('mlflow.'));
  const system = of('tags').filter(({ key }) => key.startsWith('mlflow.'));
  /** What is the same in all is folded: there is nothing to see. */
  const read = (id: CompareRow['group'], title: string): Section[] => {
    const found = of(id);
    return found.length === 0 ? [] : [{ id, title, rows: found, folded: !found.some(({ differs }) => differs) }];
  };
  return [
    { id: 'metrics', title: l10n.t('Metrics'), rows: of('metrics') },
    { id: 'params', title: l10n.t('Params'), rows: of('params') },
    ...read('datasets', l10n.t('Datasets')),
    ...read('signature', l10n.t('Signature')),
    ...read('environment', l10n.t('Environment')),
    ...read('code', l10n.t('Code')),
    { id: 'tags', title: l10n.t('Tags'), rows: own },
    ...(system.length > 0 ? [{ id: 'system', title: l10n.t('MLflow tags'), rows: system, folded: true }] : []),
  ];
}

/** One line of counts under the sentence. */
export function summaryOf({ heads, rows }: CompareContent, counts: Verdict['counts'] | undefined): string {
  const [base, other] = heads;
  const params = rows.filter(({ group, differs }) => group === 'params' && differs).length;
  const judged = counts ? counts.better + counts.worse + counts.within : 0;
  if (!counts || !base || !other || judged === 0) return l10n.t('Params: {0} differ', params);
  const name = nameOf(other, heads);
  const within = counts.within > 0 ? ` (${l10n.t('{0} within noise', counts.within)})` : '';
  return l10n.t(
    'Metrics: {0} better, {1} worse in {2}{3} · Params: {4} differ',
    counts.better,
    counts.worse,
    name,
    within,
    params,
  );
}
