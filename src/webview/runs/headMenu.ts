import * as l10n from '@vscode/l10n';
import { groupedBy, pinColumn, showColumn, type TableLayout } from '../../domain/tableLayout';
import type { MenuItem } from '../shared/menu';
import { type Column, nameColumn } from './columns';

/** What the menu of a header does: all of it arranges the table. */
export function headMenu(
  column: Column,
  shown: readonly Column[],
  layout: TableLayout,
  act: {
    readonly arrange: (layout: TableLayout) => void;
    readonly move: (column: string, to: string) => void;
    readonly choose: () => void;
  },
): readonly MenuItem[] {
  const { id } = column;
  const sort = (ascending: boolean): void => act.arrange({ ...layout, sorting: [{ column: id, ascending }] });
  const sorted = layout.sorting?.find((each) => each.column === id);
  const at = shown.findIndex((each) => each.id === id);
  const [before, after] = [shown[at - 1], shown[at + 1]];
  const isPinned = layout.pinned?.includes(id) ?? false;
  const items: MenuItem[] = [
    { label: l10n.t('Sort ascending'), checked: sorted?.ascending === true, run: () => sort(true) },
    { label: l10n.t('Sort descending'), checked: sorted?.ascending === false, run: () => sort(false) },
  ];
  if (sorted) {
    const others = layout.sorting?.filter((each) => each.column !== id) ?? [];
    items.push({ label: l10n.t('Do not sort by this'), run: () => act.arrange({ ...layout, sorting: others }) });
  }
  if (canGroup(column)) {
    const groups = layout.groupBy === id;
    items.push({
      label: l10n.t('Group by {0}', column.title),
      checked: groups,
      first: true,
      run: () => act.arrange(groupedBy(layout, groups ? undefined : id)),
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
      { label: l10n.t('Hide'), run: () => act.arrange(showColumn(layout, column, false)) },
    );
    if (before && at > 1) items.push({ label: l10n.t('Move left'), run: () => act.move(id, before.id) });
    if (after) items.push({ label: l10n.t('Move right'), run: () => act.move(id, after.id) });
  }
  return [...items, { label: l10n.t('Choose columns…'), first: true, run: act.choose }];
}

export function canGroup({ id, group, numeric }: Column): boolean {
  if (numeric) return false;
  return group !== 'run' || !['started', 'runId', nameColumn].includes(id);
}
