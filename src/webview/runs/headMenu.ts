import * as l10n from '@vscode/l10n';
import type { Contract } from '../../domain/contract';
import {
  flipGroup,
  hasHistory,
  type HistoryColumn,
  type HistoryKind,
  pinColumn,
  showColumn,
  starColumn,
  type TableLayout,
} from '../../domain/tableLayout';
import type { MenuItem } from '../shared/menu';
import { type Column, nameColumn, valueRead } from './columns';

/** What the menu of a header does: all of it arranges the table. */
export function headMenu(
  column: Column,
  shown: readonly Column[],
  layout: TableLayout,
  act: {
    readonly arrange: (layout: TableLayout) => void;
    readonly move: (column: string, to: string) => void;
    readonly choose: () => void;
    readonly history: (column: HistoryColumn) => void;
  },
  contract: Contract,
): readonly MenuItem[] {
  const { id } = column;
  const sort = (ascending: boolean): void => act.arrange({ ...layout, sorting: [{ column: id, ascending }] });
  const sorted = layout.sorting?.find((each) => each.column === id);
  const at = shown.findIndex((each) => each.id === id);
  const [before, after] = [shown[at - 1], shown[at + 1]];
  const isPinned = layout.pinned?.includes(id) ?? false;
  const isStarred = layout.starred?.includes(id) ?? false;
  const { name, of } = column;
  const hide = (): void =>
    of && name ? act.history({ key: name.key, of }) : act.arrange(showColumn(layout, column, false));
  const items: MenuItem[] = [
    { label: l10n.t('Sort ascending'), checked: sorted?.ascending === true, run: () => sort(true) },
    { label: l10n.t('Sort descending'), checked: sorted?.ascending === false, run: () => sort(false) },
  ];
  if (sorted) {
    const others = layout.sorting?.filter((each) => each.column !== id) ?? [];
    items.push({ label: l10n.t('Do not sort by this'), run: () => act.arrange({ ...layout, sorting: others }) });
  }
  if (canGroup(column)) {
    const groups = layout.groupBy?.includes(id) ?? false;
    items.push({
      label: l10n.t('Group by {0}', column.title),
      checked: groups,
      first: true,
      run: () => act.arrange(flipGroup(layout, id)),
    });
  }
  if (id !== nameColumn) {
    items.push(
      {
        label: l10n.t('Pin'),
        checked: isPinned,
        first: true,
        run: () => act.arrange(pinColumn(layout, id, !isPinned)),
      },
      {
        label: l10n.t('Favourite column'),
        checked: isStarred,
        run: () => act.arrange(starColumn(layout, id, !isStarred)),
      },
      { label: l10n.t('Hide'), run: hide },
    );
    if (before && at > 1) items.push({ label: l10n.t('Move left'), run: () => act.move(id, before.id) });
    if (after) items.push({ label: l10n.t('Move right'), run: () => act.move(id, after.id) });
  }
  items.push(...historyItems(column, layout, contract, act.history));
  return [...items, { label: l10n.t('Choose columns…'), first: true, run: act.choose }];
}

/** Columns over the history of a metric; the best only where somebody knows what is better. */
export function historyItems(
  { name }: Column,
  layout: TableLayout,
  contract: Contract,
  flip: (column: HistoryColumn) => void,
): readonly MenuItem[] {
  if (name?.group !== 'metrics') return [];
  const { key } = name;
  const labels: Readonly<Record<HistoryKind, string>> = {
    best: l10n.t('Best over history'),
    min: l10n.t('Least over history'),
    max: l10n.t('Greatest over history'),
    first: l10n.t('First of history'),
  };
  const kinds = (['best', 'min', 'max', 'first'] as const).filter((of) => valueRead(of, key, contract));
  return kinds.map((of, place) => ({
    label: labels[of],
    checked: hasHistory(layout, { key, of }),
    first: place === 0,
    run: () => flip({ key, of }),
  }));
}

export function canGroup({ id, group, numeric }: Column): boolean {
  if (numeric) return false;
  return group !== 'run' || !['started', 'runId', nameColumn].includes(id);
}
