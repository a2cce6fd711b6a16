import { historyValues } from './frame';

/** How a person arranged a table; columns by id. What is absent is as it is at first. */
export interface TableLayout {
  /** All columns as they stood when one was moved; others stand behind them. */
  readonly order?: readonly string[];
  /** What was chosen against what shows at first. */
  readonly hidden?: readonly string[];
  readonly shown?: readonly string[];
  /** These stand still when the others scroll. */
  readonly pinned?: readonly string[];
  /** px */
  readonly widths?: Readonly<Record<string, number>>;
  /** Only columns in which two runs differ. */
  readonly differing?: boolean;
  /** Ids of the columns that this person starred, and whether only those show. */
  readonly starred?: readonly string[];
  readonly onlyStarred?: boolean;
  /** Only runs that this person starred. */
  readonly favourites?: boolean;
  /** The first counts before the others. */
  readonly sorting?: readonly Sorting[];
  /** Ids of the columns by whose values runs are grouped, the outer before the inner. */
  readonly groupBy?: readonly string[];
  /** What of a group's metrics shows. */
  readonly statistic?: GroupStatistic;
  readonly cells?: CellLook;
  /** Columns over whole histories, which are there once a person asks for them. */
  readonly histories?: readonly HistoryColumn[];
}

/** A column of what a metric's history comes to; the best is the least or the greatest, as the metric is judged. */
export interface HistoryColumn {
  readonly key: string;
  readonly of: HistoryKind;
}

export const historyKinds = [...historyValues, 'best'] as const;
export type HistoryKind = (typeof historyKinds)[number];

export interface Sorting {
  readonly column: string;
  readonly ascending: boolean;
}

/** What stands behind the numbers of a metric. */
export type CellLook = 'bars' | 'heat' | 'plain';
/** The mean stands with its standard deviation. */
export type GroupStatistic = 'mean' | 'min' | 'max';

/** What a layout arranges. */
export interface Arrangeable {
  readonly id: string;
  /** px */
  readonly width: number;
  readonly hiddenAtFirst?: boolean;
}

const narrowest = 40;
const widest = 1200;

export function isShown({ id, hiddenAtFirst }: Arrangeable, layout: TableLayout): boolean {
  if (layout.hidden?.includes(id)) return false;
  return !hiddenAtFirst || (layout.shown?.includes(id) ?? false);
}

/** All columns in the order of the layout, those that are hidden too; the first column stays the first. */
export function orderColumns<C extends Arrangeable>(columns: readonly C[], layout: TableLayout): readonly C[] {
  const places = new Map(layout.order?.map((id, place) => [id, place]));
  const pins = new Map(layout.pinned?.map((id, place) => [id, place]));
  const [first, ...others] = columns;
  if (!first) return [];
  const placeOf = ({ id }: C): number => pins.get(id) ?? pins.size + (places.get(id) ?? places.size);
  return [first, ...others.sort((a, b) => placeOf(a) - placeOf(b))];
}

/** The columns that show, in their order and with their widths. */
export function arrangeColumns<C extends Arrangeable>(columns: readonly C[], layout: TableLayout): readonly C[] {
  const [first] = columns;
  return orderColumns(columns, layout)
    .filter((column) => column === first || isShown(column, layout))
    .map((column) => ({ ...column, width: layout.widths?.[column.id] ?? column.width }));
}

/** How many of the arranged columns stand still. */
export function pinnedCount(arranged: readonly Arrangeable[], { pinned = [] }: TableLayout): number {
  const pins = new Set(pinned);
  return arranged.filter(({ id }, place) => place === 0 || pins.has(id)).length;
}

export function showColumn(layout: TableLayout, { id, hiddenAtFirst }: Arrangeable, shown: boolean): TableLayout {
  const without = (ids: readonly string[] = []): string[] => ids.filter((each) => each !== id);
  return {
    ...layout,
    hidden: shown ? without(layout.hidden) : [...without(layout.hidden), id],
    shown: shown && hiddenAtFirst ? [...without(layout.shown), id] : without(layout.shown),
  };
}

export function pinColumn(layout: TableLayout, id: string, pinned: boolean): TableLayout {
  const others = (layout.pinned ?? []).filter((each) => each !== id);
  return { ...layout, pinned: pinned ? [...others, id] : others };
}

export function starColumn(layout: TableLayout, id: string, starred: boolean): TableLayout {
  const others = (layout.starred ?? []).filter((each) => each !== id);
  return { ...layout, starred: starred ? [...others, id] : others };
}

/** As at first, but for what a person starred. */
export function resetLayout({ starred }: TableLayout): TableLayout {
  return starred ? { starred } : {};
}

export function resizeColumn(layout: TableLayout, id: string, width: number): TableLayout {
  const kept = Math.round(Math.max(narrowest, Math.min(widest, width)));
  return { ...layout, widths: { ...layout.widths, [id]: kept } };
}

export function ungrouped({ groupBy: _before, ...layout }: TableLayout): TableLayout {
  return layout;
}

/** Grouped by that column within the others, or no longer by it. */
export function flipGroup(layout: TableLayout, id: string): TableLayout {
  const { groupBy = [] } = layout;
  const next = groupBy.includes(id) ? groupBy.filter((each) => each !== id) : [...groupBy, id];
  return next.length === 0 ? ungrouped(layout) : { ...layout, groupBy: next };
}

export function hasHistory({ histories = [] }: TableLayout, { key, of }: HistoryColumn): boolean {
  return histories.some((each) => each.key === key && each.of === of);
}

/** With the column of a history where it was not there, else without it. */
export function flipHistory(layout: TableLayout, column: HistoryColumn): TableLayout {
  const { histories = [] } = layout;
  const isIt = ({ key, of }: HistoryColumn): boolean => key === column.key && of === column.of;
  const others = histories.filter((each) => !isIt(each));
  return { ...layout, histories: others.length < histories.length ? others : [...histories, column] };
}

/**
 * Puts a column at the place of another one: before it coming from the right, behind it coming from the left. The first
 * stays; what is moved among the pinned is pinned, and elsewhere not.
 */
export function moveColumn(columns: readonly Arrangeable[], layout: TableLayout, id: string, to: string): TableLayout {
  const ids = orderColumns(columns, layout).map((column) => column.id);
  const [from, target] = [ids.indexOf(id), ids.indexOf(to)];
  if (from < 1 || target < 1) return layout;
  ids.splice(from, 1);
  ids.splice(target, 0, id);
  const pins = new Set(layout.pinned);
  if (pins.has(to)) pins.add(id);
  else pins.delete(id);
  return { ...layout, order: ids, pinned: ids.filter((each) => pins.has(each)) };
}

/** What is usable of a layout that was saved by whom ever. */
export function readLayout(saved: unknown): TableLayout {
  if (typeof saved !== 'object' || saved === null) return {};
  const found = saved as Readonly<Record<string, unknown>>;
  const texts = (key: string): readonly string[] | undefined => {
    const value = found[key];
    return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : undefined;
  };
  const layout = {
    order: texts('order'),
    hidden: texts('hidden'),
    shown: texts('shown'),
    pinned: texts('pinned'),
    widths: readWidths(found['widths']),
    starred: texts('starred'),
    onlyStarred: found['onlyStarred'] === true ? true : undefined,
    differing: found['differing'] === true ? true : undefined,
    favourites: found['favourites'] === true ? true : undefined,
    sorting: Array.isArray(found['sorting']) ? found['sorting'].filter(isSorting) : undefined,
    // There was one column only before.
    groupBy: typeof found['groupBy'] === 'string' ? [found['groupBy']] : texts('groupBy'),
    statistic: statistics.find((statistic) => statistic === found['statistic']),
    cells: cellLooks.find((look) => look === found['cells']),
    histories: Array.isArray(found['histories']) ? found['histories'].flatMap(readHistory) : undefined,
  };
  return Object.fromEntries(Object.entries(layout).filter(([, value]) => value !== undefined));
}

function readHistory(saved: unknown): readonly HistoryColumn[] {
  if (typeof saved !== 'object' || saved === null || !('key' in saved) || !('of' in saved)) return [];
  const { key } = saved;
  const of = historyKinds.find((kind) => kind === saved.of);
  return typeof key === 'string' && of ? [{ key, of }] : [];
}

const statistics: readonly GroupStatistic[] = ['mean', 'min', 'max'];
const cellLooks: readonly CellLook[] = ['bars', 'heat', 'plain'];

function readWidths(saved: unknown): Readonly<Record<string, number>> | undefined {
  if (typeof saved !== 'object' || saved === null) return undefined;
  const isWidth = (width: unknown): width is number =>
    typeof width === 'number' && width >= narrowest && width <= widest;
  return Object.fromEntries(Object.entries(saved).filter((entry): entry is [string, number] => isWidth(entry[1])));
}

function isSorting(value: unknown): value is Sorting {
  return (
    typeof value === 'object' &&
    value !== null &&
    'column' in value &&
    'ascending' in value &&
    typeof value.column === 'string' &&
    typeof value.ascending === 'boolean'
  );
}
