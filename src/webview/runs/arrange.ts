import { type FrameColumn, isMetricColumn } from '../../domain/frame';
import { allRows, coded, orderRows } from '../../domain/rowOrder';
import { parentRunTag } from '../../domain/run';
import { unpackTexts } from '../../domain/runAttributes';
import {
  flatLines,
  groupedLines,
  type GroupTexts,
  nestedLines,
  parentRows,
  type RowGroup,
  type RunLines,
} from '../../domain/runLines';
import type { GroupStatistic, Sorting } from '../../domain/tableLayout';
import type { RunsContent } from '../../panels/runs/runs.messages';
import type { By, Grouping, Ordering } from './arranger';
import { type Column, columnId } from './columns';
import { nameOf, sortValues, textsOf } from './rowValues';
import { type ColumnNumbers, metricColumn } from './tableView';

type Data = ReadonlyMap<string, FrameColumn>;

export const parentColumn = columnId({ group: 'tags', key: parentRunTag });

/** Rows whose names hold the words, in the order of the sorting as far as its columns are read. */
export function orderingOf(
  content: RunsContent,
  columns: readonly Column[],
  data: Data,
  words: string,
  sorting: readonly Sorting[],
): Ordering {
  const { attributes } = content;
  const keys = sorting.flatMap(({ column: id, ascending }): Ordering['keys'] => {
    const column = columns.find((each) => each.id === id);
    if (!column || (column.name && !data.has(id))) return [];
    const read = data.get(id);
    const numeric = column.id === 'started' || (column.numeric ?? false);
    return [{ id, source: read ?? content, make: () => sortValues(column, read, content), ascending, numeric }];
  });
  const make = (): readonly string[] => Array.from(attributes.statuses, (_, row) => nameOf(attributes, row));
  return { length: attributes.length, words: words.trim(), names: { id: 'names', source: attributes, make }, keys };
}

/** By the columns' values, the first around the others; nothing until all are read. */
export function groupingOf(content: RunsContent, by: readonly Column[], data: Data): Grouping | undefined {
  const texts = by.map((column): By<GroupTexts> | undefined => {
    const read = data.get(column.id);
    if (column.name && !read) return undefined;
    const isText = read && !isMetricColumn(read);
    return { id: column.id, source: read ?? content, make: () => (isText ? read : coded(textsOf(column, content))) };
  });
  const [first, ...others] = texts.filter((each) => each !== undefined);
  return first && others.length === by.length - 1 ? [first, ...others] : undefined;
}

/** In the order of what they show of the metric that is sorted by, else of their values; within each group too. */
export function orderGroups(
  groups: readonly RowGroup[],
  sorting: readonly Sorting[],
  by: readonly Column[],
  data: Data,
  numbers: ColumnNumbers,
  statistic: GroupStatistic,
): readonly RowGroup[] {
  const ordered = orderLevel(groups, sorting, by, data, numbers, statistic);
  return ordered.map((group) =>
    group.inner ? { ...group, inner: orderGroups(group.inner, sorting, by.slice(1), data, numbers, statistic) } : group,
  );
}

function orderLevel(
  groups: readonly RowGroup[],
  [first]: readonly Sorting[],
  [by]: readonly Column[],
  data: Data,
  numbers: ColumnNumbers,
  statistic: GroupStatistic,
): readonly RowGroup[] {
  const metric = first && metricColumn(data.get(first.column));
  if (!first || (!metric && first.column !== by?.id)) return byValue(groups, true);
  if (!metric) return byValue(groups, first.ascending);
  const numberOf = (group: RowGroup): number => numbers.ofGroup(metric, group)?.[statistic] ?? NaN;
  const values = Float64Array.from(groups, numberOf);
  const order = orderRows(allRows(groups.length), [{ by: { kind: 'number', values }, ascending: first.ascending }]);
  return Array.from(order, (place) => groups[place]).filter((group) => group !== undefined);
}

function byValue(groups: readonly RowGroup[], ascending: boolean): readonly RowGroup[] {
  const { compare } = new Intl.Collator(undefined, { numeric: true });
  const sign = ascending ? 1 : -1;
  return [...groups].sort((a, b) => {
    if (a.value === undefined || b.value === undefined) return a.value === b.value ? 0 : a.value === undefined ? 1 : -1;
    return sign * compareTexts(a.value, b.value, compare);
  });
}

function compareTexts(a: string, b: string, compare: (a: string, b: string) => number): number {
  const [x, y] = [Number(a), Number(b)];
  return a.trim() === '' || b.trim() === '' || Number.isNaN(x) || Number.isNaN(y) ? compare(a, b) : x - y;
}

/**
 * Nested runs stand below their parents as long as nothing is sorted: sorted, each run stands where its value puts it, so
 * that the best is the first.
 */
export function ungroupedLines(
  content: RunsContent,
  data: Data,
  rows: Uint32Array,
  isSorted: boolean,
  isFolded: (row: number) => boolean,
): RunLines {
  const parents = data.get(parentColumn);
  if (isSorted || !parents || isMetricColumn(parents)) return flatLines(rows);
  return nestedLines(
    rows,
    parentRows(unpackTexts(content.attributes.runIds), content.lengths, parents.codes, parents.dictionary),
    isFolded,
  );
}

/** Opened groups and folded runs are kept by what they are, so that new readings find them again. */
export function groupKey({ path }: RowGroup): string {
  const [only] = path;
  if (path.length > 1) return JSON.stringify(path.map((value) => value ?? null));
  return only === undefined ? 'none' : `=${only}`;
}

export function openGroupLines(groups: readonly RowGroup[], flipped: ReadonlySet<string>): RunLines {
  return groupedLines(groups, (group) => flipped.has(groupKey(group)));
}
