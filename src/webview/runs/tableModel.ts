import type { FrameColumn } from '../../domain/frame';
import { favouriteRows } from '../../domain/favourites';
import { absent } from '../../domain/format';
import { refKey } from '../../domain/ref';
import { groupAt, type RowGroup, type RunLines } from '../../domain/runLines';
import {
  arrangeColumns,
  flipHistory,
  hasHistory,
  type HistoryColumn,
  moveColumn,
  orderColumns,
  pinColumn,
  pinnedCount,
  resizeColumn,
  showColumn,
  type TableLayout,
} from '../../domain/tableLayout';
import type { RunsContent } from '../../panels/runs/runs.messages';
import { Memo } from '../shared/memo';
import type { SeriesColours } from '../shared/seriesColours';
import { groupKey, openGroupLines, orderGroups, parentColumn, ungroupedLines } from './arrange';
import { type Column, columnId, columnsOf, historyId, nameColumn } from './columns';
import { visibleColumns } from './gridLayout';
import { nameOf, refOf, rowsByRun } from './rowValues';
import { noSorting, type TableOrder } from './tableOrder';
import { ColumnNumbers, type TableView } from './tableView';

interface Inputs {
  readonly content: RunsContent;
  readonly layout: TableLayout;
  readonly data: ReadonlyMap<string, FrameColumn>;
  readonly words: string;
  readonly selected: ReadonlySet<number>;
  readonly differing: ReadonlySet<string> | undefined;
  readonly flipped: readonly string[];
  readonly colours: SeriesColours;
  /** Ids of starred runs, by source. */
  readonly starred: RunsContent['favourites'];
  /** Rows that a chart lets through; absent where none is brushed. */
  readonly brushed: Uint32Array | undefined;
  /** Row that is pointed at in the charts. */
  readonly pointed: number | undefined;
  readonly isUnread: (column: string, row: number) => boolean;
  readonly holdsRows: boolean;
}

/** From what was read and how a person arranged it to what the grid draws; what did not change is not done again. */
export class TableModel {
  private readonly columnsMemo = new Memo<readonly Column[]>();
  private readonly foundMemo = new Memo<Uint32Array>();
  private readonly favouritesMemo = new Memo<ReadonlySet<number>>();
  private readonly brushedMemo = new Memo<Uint32Array>();
  private readonly numbersMemo = new Memo<ColumnNumbers>();
  private readonly linesMemo = new Memo<RunLines>();
  private readonly rowsMemo = new Memo<ReturnType<typeof rowsByRun>>();
  private inputs: Inputs | undefined;
  private drawn: TableView | undefined;
  /** That match the filter and the search, in their order. */
  allRows: Uint32Array = new Uint32Array();
  /** Those of them that a chart lets through. */
  rows: Uint32Array = new Uint32Array();

  constructor(private readonly order: TableOrder) {}

  get isArranging(): boolean {
    return this.order.isArranging;
  }

  get isOrdered(): boolean {
    return this.order.isOrdered;
  }

  settled(): Promise<void> {
    return this.order.settled();
  }

  /** Arranges what was read; what comes back is to be called when it shows. */
  prepare(given: Pick<Inputs, 'content' | 'layout' | 'data' | 'words'>): Promise<() => void> {
    const columns = this.allColumns(given.content, given.layout);
    return this.order.prepare({ ...given, columns }, groupColumns(columns, given.layout));
  }

  allColumns(content: RunsContent, { histories }: TableLayout): readonly Column[] {
    return this.columnsMemo.get([content, histories], () => columnsOf(content, histories));
  }

  update(inputs: Inputs): void {
    this.inputs = inputs;
    const { content, layout, data, flipped } = inputs;
    const columns = this.allColumns(content, layout);
    const favourites = this.favouriteRows(inputs);
    const only = layout.favourites ? favourites : undefined;
    const ordered = this.order.rows({ ...inputs, columns });
    const sortData = this.order.sorting.map(({ column }) => data.get(column));
    this.allRows = this.foundMemo.get([ordered, only], () => among(ordered, only));
    this.rows = this.brushedMemo.get([this.allRows, inputs.brushed], () => among(this.allRows, inputs.brushed));
    const numbers = this.numbersMemo.get(
      [this.rows, content.contract],
      () => new ColumnNumbers(this.rows, content.contract),
    );
    const by = groupColumns(columns, layout);
    const arranging = [parentColumn, ...by.map(({ id }) => id)].map((id) => data.get(id));
    const groups = this.order.groups({ ...inputs, columns }, by, this.rows);
    const lineInputs = [
      this.rows,
      groups,
      columns,
      layout.groupBy,
      flipped,
      layout.statistic,
      ...arranging,
      ...sortData,
    ];
    const lines = this.linesMemo.get(lineInputs, () => this.linesOf(inputs, by, groups, numbers));
    this.drawn = this.viewOf(inputs, lines, numbers, by);
  }

  get view(): TableView {
    if (!this.drawn) throw new Error('Nothing to draw before there is content');
    return this.drawn;
  }

  /** All, in the order of the layout. */
  get orderedColumns(): readonly Column[] {
    const { content, layout } = this.given;
    return orderColumns(this.allColumns(content, layout), layout);
  }

  /** Columns by which rows are arranged, whether they show or not. */
  arrangingColumns(content: RunsContent, layout: TableLayout): readonly Column[] {
    const { groupBy = [], sorting = noSorting } = layout;
    const ids = new Set([parentColumn, ...groupBy, ...sorting.map(({ column }) => column)]);
    return this.allColumns(content, layout).filter(({ id }) => ids.has(id));
  }

  /** What a window of so many px shows at first, histories aside, which take long; with what rows are arranged by. */
  firstColumns(content: RunsContent, layout: TableLayout, width: number): readonly Column[] {
    const shown = shownColumns(this.allColumns(content, layout), layout);
    const seen = shown.slice(0, visibleColumns(0, width, shown).end);
    const first = new Map([...this.arrangingColumns(content, layout), ...seen].map((column) => [column.id, column]));
    return [...first.values()].filter(({ of }) => of === undefined);
  }

  /** Best or newest first, then the other way round, then as the store gives them; among others, each keeps its turn. */
  sorted(column: string, added: boolean): TableLayout {
    const { layout } = this.given;
    const { sorting = [] } = layout;
    const before = sorting.find((each) => each.column === column);
    const next = !before ? [{ column, ascending: false }] : before.ascending ? [] : [{ column, ascending: true }];
    if (!added) return { ...layout, sorting: next };
    if (!before) return { ...layout, sorting: [...sorting, ...next] };
    return { ...layout, sorting: sorting.flatMap((each) => (each === before ? next : [each])) };
  }

  resized(column: string, width: number): TableLayout {
    return resizeColumn(this.given.layout, column, width);
  }

  moved(column: string, to: string): TableLayout {
    const { content, layout } = this.given;
    return moveColumn(this.allColumns(content, layout), layout, column, to);
  }

  pinned(column: string, pinned: boolean): TableLayout {
    return pinColumn(this.given.layout, column, pinned);
  }

  shown(columns: readonly Column[], shown: boolean): TableLayout {
    return columns.reduce((layout, column) => showColumn(layout, column, shown), this.given.layout);
  }

  /** With the column of a history beside its metric's, or without it. */
  history(column: HistoryColumn): TableLayout {
    const layout = flipHistory(this.given.layout, column);
    const id = historyId(column);
    const isThere = hasHistory(layout, column);
    const order = layout.order?.filter((each) => each !== id);
    if (isThere) order?.splice(order.indexOf(columnId({ group: 'metrics', key: column.key })) + 1, 0, id);
    const sorting = layout.sorting?.filter((each) => isThere || each.column !== id);
    return { ...layout, ...(order && { order }), ...(sorting && { sorting }) };
  }

  /** What is folded or open after the line at a position was flipped. */
  flipped(position: number): readonly string[] {
    const { flipped } = this.given;
    const key = this.keyAt(position);
    return flipped.includes(key) ? flipped.filter((each) => each !== key) : [...flipped, key];
  }

  private get given(): Inputs {
    if (!this.inputs) throw new Error('Nothing is arranged before there is content');
    return this.inputs;
  }

  private favouriteRows({ content, starred }: Inputs): ReadonlySet<number> {
    const { attributes, lengths } = content;
    return this.favouritesMemo.get([content, starred], () => favouriteRows(attributes.runIds, lengths, starred));
  }

  private linesOf(
    { content, data, flipped, layout }: Inputs,
    by: readonly Column[],
    groups: readonly RowGroup[] | undefined,
    numbers: ColumnNumbers,
  ): RunLines {
    const { sorting } = this.order;
    const isFlipped = new Set(flipped);
    if (groups) {
      const ordered = orderGroups(groups, sorting, by, data, numbers, layout.statistic ?? 'mean');
      return openGroupLines(ordered, isFlipped);
    }
    const isFolded = (row: number): boolean => isFlipped.size > 0 && isFlipped.has(refKey(refOf(content, row)));
    return ungroupedLines(content, data, this.rows, sorting.length > 0, isFolded);
  }

  private viewOf(inputs: Inputs, lines: RunLines, numbers: ColumnNumbers, by: readonly Column[]): TableView {
    const { content, layout, data, selected, colours, pointed, isUnread, differing, flipped } = inputs;
    const all = this.allColumns(content, layout);
    const showsMeans = lines.groups.length > 0 && (layout.statistic ?? 'mean') === 'mean';
    const columns = shownColumns(showsMeans ? all.map(withRoom) : all, layout, differing);
    return {
      content,
      columns,
      pinned: pinnedCount(columns, layout),
      holdsRows: inputs.holdsRows,
      lines,
      data,
      numbers,
      sorting: this.order.sorting,
      cells: layout.cells ?? 'bars',
      statistic: layout.statistic ?? 'mean',
      selected,
      colours,
      favourites: this.favouriteRows(inputs),
      isOfFavourites: layout.favourites ?? false,
      words: inputs.words.trim(),
      isBrushed: inputs.brushed !== undefined,
      pointed,
      isUnread: ({ id }, row) => isUnread(id, row),
      // Groups are folded at first, nested runs are open.
      isOpen: (position) => flipped.includes(this.keyAt(position)) === (groupAt(lines, position) !== undefined),
      groupTitle: (group) => this.groupTitle(group, by),
    };
  }

  private keyAt(position: number): string {
    const { lines, content } = this.view;
    const group = groupAt(lines, position);
    return group ? groupKey(group) : refKey(refOf(content, lines.lines[position] ?? 0));
  }

  /** Of a parent run its name: nobody knows runs by their ids. */
  private groupTitle({ value, path, rows }: RowGroup, by: readonly Column[]): string {
    const column = by[path.length - 1];
    const title = column?.title ?? nameColumn;
    if (column?.id !== parentColumn) return `${title}: ${value ?? absent}`;
    if (value === undefined) return `${title}: ${absent}`;
    const { content } = this.given;
    const known = this.rowsMemo.get([content], () => rowsByRun(content));
    const parent = known.get(refOf(content, rows[0] ?? 0).registry)?.get(value);
    return `${title}: ${parent === undefined ? value : nameOf(content.attributes, parent)}`;
  }
}

/** All show until it is known which differ. */
function shownColumns(
  columns: readonly Column[],
  layout: TableLayout,
  differing?: ReadonlySet<string>,
): readonly Column[] {
  const differ = layout.differing ? differing : undefined;
  const starred = layout.onlyStarred ? new Set(layout.starred) : undefined;
  return arrangeColumns(columns, layout).filter(
    ({ id, name, of }) =>
      (!differ || !name || of !== undefined || differ.has(id)) && (!starred || id === nameColumn || starred.has(id)),
  );
}

function groupColumns(columns: readonly Column[], { groupBy = [] }: TableLayout): readonly Column[] {
  return groupBy.flatMap((id) => columns.find((column) => column.id === id) ?? []);
}

/** Room for a mean with its deviation. */
function withRoom(column: Column): Column {
  return column.group === 'metrics' ? { ...column, width: Math.max(140, column.width) } : column;
}

function among(rows: Uint32Array, only: Iterable<number> | undefined): Uint32Array {
  if (!only) return rows;
  const kept = new Set(only);
  return rows.filter((row) => kept.has(row));
}
