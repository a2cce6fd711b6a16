import * as l10n from '@vscode/l10n';
import { type ExportFormat, exportFormats } from '../../domain/exportTable';
import { refKey, type Ref } from '../../domain/ref';
import { parentRunTag } from '../../domain/run';
import { textOfRow } from '../../domain/runAttributes';
import { groupAt } from '../../domain/runLines';
import { type CellLook, flipGroup, type GroupStatistic, type TableLayout, ungrouped } from '../../domain/tableLayout';
import type { SavedView } from '../../domain/savedViews';
import type { ExportRequest } from '../../panels/runs/runs.messages';
import type { Action } from '../../panels/webview.messages';
import type { MenuItem } from '../shared/menu';
import { cellAt, copiedText } from './cells';
import type { Column } from './columns';
import { canGroup } from './headMenu';
import { someDeleted } from './rowValues';
import type { TableModel } from './tableModel';

/** Columns offered in the menu; the others are reached by their own headers. */
const offered = 12;

/** By what runs are grouped, what stands for a group, and how numbers look. */
export function groupMenu(
  columns: readonly Column[],
  layout: TableLayout,
  arrange: (layout: TableLayout) => void,
  deleted: { readonly shown: boolean; readonly flip: () => void },
): readonly MenuItem[] {
  const { groupBy } = layout;
  const known = new Set(['mlflow.source.git.branch', parentRunTag]);
  const isOffered = (column: Column): boolean => !column.hiddenAtFirst || known.has(column.name?.key ?? '');
  const groupable = columns.filter((column) => canGroup(column) && isOffered(column));
  const by = [...groupable.filter(({ name }) => known.has(name?.key ?? '')), ...groupable].slice(0, offered);
  const statistic = (value: GroupStatistic, label: string, first = false): MenuItem => ({
    label,
    first,
    checked: (layout.statistic ?? 'mean') === value,
    run: () => arrange({ ...layout, statistic: value }),
  });
  const look = (value: CellLook, label: string, first = false): MenuItem => ({
    label,
    first,
    checked: (layout.cells ?? 'bars') === value,
    run: () => arrange({ ...layout, cells: value }),
  });
  return [
    { label: l10n.t('No groups'), checked: groupBy === undefined, run: () => arrange(ungrouped(layout)) },
    ...[...new Set(by)].map(({ id, title }) => ({
      label: l10n.t('Group by {0}', title),
      checked: groupBy?.includes(id) ?? false,
      run: () => arrange(flipGroup(layout, id)),
    })),
    statistic('mean', l10n.t('Groups show mean ± standard deviation'), true),
    statistic('min', l10n.t('Groups show the least')),
    statistic('max', l10n.t('Groups show the greatest')),
    look('bars', l10n.t('Numbers with bars'), true),
    look('heat', l10n.t('Numbers with heat: the better the stronger')),
    look('plain', l10n.t('Numbers alone')),
    {
      label: l10n.t('Only favourites'),
      checked: layout.favourites ?? false,
      first: true,
      run: () => arrange({ ...layout, favourites: !layout.favourites }),
    },
    { label: l10n.t('Show deleted runs'), checked: deleted.shown, run: deleted.flip },
  ];
}

/** The workspace's views, and what can be done with them. */
export function viewsMenu(
  views: readonly SavedView[],
  act: {
    readonly show: (view: SavedView) => void;
    readonly save: () => void;
    readonly remove: () => void;
  },
): readonly MenuItem[] {
  return [
    ...views.map((view) => ({ label: view.name, run: () => act.show(view) })),
    { label: l10n.t('Save this view…'), first: views.length > 0, run: act.save },
    ...(views.length > 0 ? [{ label: l10n.t('Delete a view…'), run: act.remove }] : []),
  ];
}

/** Where rows can be exported to, in which shape. */
export function exportMenu(run: (format: ExportFormat, to: ExportRequest['to']) => void): readonly MenuItem[] {
  const names: Readonly<Record<ExportFormat, string>> = { csv: 'CSV', json: 'JSON', markdown: 'Markdown' };
  return [
    ...exportFormats.map((format) => ({
      label: l10n.t('Save as {0}…', names[format]),
      run: () => run(format, 'file'),
    })),
    ...exportFormats.map((format, i) => ({
      label: l10n.t('Copy as {0}', names[format]),
      first: i === 0,
      run: () => run(format, 'clipboard'),
    })),
  ];
}

/** What can be done with the selected runs, and with the cell that the menu was opened on. */
export function rowMenu(
  model: TableModel,
  refs: readonly Ref[],
  position: number,
  columnId: string,
  act: {
    readonly act: (action: Action, refs: readonly Ref[]) => void;
    readonly copy: (text: string) => void;
    readonly chart: () => void;
    readonly star: (refs: readonly Ref[], on: boolean) => void;
  },
): readonly MenuItem[] {
  const { view } = model;
  const { content, lines, colours } = view;
  const row = lines.lines[position] ?? 0;
  const isGroup = groupAt(lines, position) !== undefined;
  const column = view.columns.find(({ id }) => id === columnId);
  const cell = column && cellAt(view, column, position, Date.now());
  const charted = refs.every((ref) => colours[refKey(ref)] !== undefined);
  const items: MenuItem[] = [];
  if (refs.length === 1) items.push({ label: l10n.t('Open run'), run: () => act.act('openRun', refs) });
  if (refs.length > 1) items.push({ label: l10n.t('Compare'), run: () => act.act('compare', refs) });
  if (!isGroup) {
    items.push({ label: charted ? l10n.t('Remove from the charts') : l10n.t('Show in the charts'), run: act.chart });
  }
  const rows = [...view.selected];
  const allStarred = rows.every((each) => view.favourites.has(each));
  items.push({
    label: allStarred ? l10n.t('Remove from favourites') : l10n.t('Add to favourites'),
    run: () => act.star(refs, !allStarred),
  });
  items.push(
    { label: l10n.t('Set tag…'), first: true, run: () => act.act('setTag', refs) },
    { label: l10n.t('Delete tag…'), run: () => act.act('deleteTag', refs) },
    { label: l10n.t('Register…'), run: () => act.act('registerVersion', refs) },
    { label: l10n.t('Delete…'), run: () => act.act('deleteRun', refs) },
  );
  if (someDeleted(content, rows)) items.push({ label: l10n.t('Restore'), run: () => act.act('restoreRun', refs) });
  if (cell && cell.text !== '') {
    items.push({ label: l10n.t('Copy cell'), first: true, run: () => act.copy(copiedText(view, column, position)) });
  }
  if (!isGroup)
    items.push({ label: l10n.t('Copy run ID'), run: () => act.copy(textOfRow(content.attributes.runIds, row)) });
  return items;
}
