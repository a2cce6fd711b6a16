import type { FrameColumn } from '../../domain/frame';
import { allRows } from '../../domain/rowOrder';
import type { RowGroup } from '../../domain/runLines';
import type { Sorting, TableLayout } from '../../domain/tableLayout';
import type { RunsContent } from '../../panels/runs/runs.messages';
import { Later } from '../shared/later';
import { groupingOf, orderingOf } from './arrange';
import type { Arranger } from './arranger';
import type { Column } from './columns';

/** What the order of rows depends on. */
export interface ToOrder {
  readonly content: RunsContent;
  readonly columns: readonly Column[];
  readonly layout: TableLayout;
  readonly data: ReadonlyMap<string, FrameColumn>;
  readonly words: string;
}

export const noSorting: readonly Sorting[] = [];

/** Rows in their order and in their groups: of many rows those before, until the worker has answered. */
export class TableOrder {
  private readonly ordered: Later<Uint32Array>;
  private readonly grouped: Later<readonly RowGroup[] | undefined>;
  /** What the rows are sorted by: what was asked for last, once its columns are read and the worker has answered. */
  sorting = noSorting;

  /** @param changed told when rows that took a while are ordered or grouped */
  constructor(
    private readonly arranger: Arranger,
    changed: () => void,
    failed: (error: unknown) => void,
  ) {
    this.ordered = new Later(changed, failed);
    this.grouped = new Later(changed, failed);
  }

  get isArranging(): boolean {
    return this.ordered.isPending || this.grouped.isPending;
  }

  /** Whether the rows are those that were asked for last. */
  get isOrdered(): boolean {
    return this.ordered.isCurrent;
  }

  /** When the rows are those that were asked for last, unless ordering them failed. */
  settled(): Promise<void> {
    return this.ordered.settled();
  }

  /** Arranges what is read, to be called when it shows: the rows of the content before mean nothing in it. */
  async prepare(asked: ToOrder, by: readonly Column[]): Promise<() => void> {
    const given = this.readyOf(asked);
    const rows = await this.order(given);
    const groups = await this.group(given, by, rows);
    return () => {
      this.ordered.set(...ofOrder(given), rows);
      this.grouped.set(...ofGroups(given, by, rows), groups);
    };
  }

  /** That hold the words, in the order of the sorting. */
  rows(asked: ToOrder): Uint32Array {
    const given = this.readyOf(asked);
    const rows = this.ordered.get(...ofOrder(given), () => this.order(given));
    if (!rows || this.ordered.isCurrent) this.sorting = rows ? sortingOf(given) : noSorting;
    return rows ?? allRows(given.content.attributes.length);
  }

  /** Nothing where nothing groups them, or not yet. */
  groups(given: ToOrder, by: readonly Column[], rows: Uint32Array): readonly RowGroup[] | undefined {
    return this.grouped.get(...ofGroups(given, by, rows), () => this.group(given, by, rows));
  }

  /** Rows stay in the order that they have until the columns of another are read: they move once. */
  private readyOf(given: ToOrder): ToOrder {
    const { columns, data, layout } = given;
    const isRead = ({ id, name }: Column): boolean => !name || data.has(id);
    const isReady = sortingOf(given).every(({ column }) => columns.every((each) => each.id !== column || isRead(each)));
    return isReady ? given : { ...given, layout: { ...layout, sorting: this.sorting } };
  }

  private order({ content, columns, data, words, layout }: ToOrder): Uint32Array | Promise<Uint32Array> {
    return this.arranger.order(orderingOf(content, columns, data, words, layout.sorting ?? noSorting));
  }

  private group(
    { content, data }: ToOrder,
    by: readonly Column[],
    rows: Uint32Array,
  ): readonly RowGroup[] | undefined | Promise<readonly RowGroup[]> {
    const grouping = groupingOf(content, by, data);
    return grouping && this.arranger.group(rows, grouping);
  }
}

/** What an answer is of, and what it depends on. */
type Asked = readonly [basis: readonly unknown[], inputs: readonly unknown[]];

function ofOrder(given: ToOrder): Asked {
  const sorting = sortingOf(given);
  return [[given.content], [given.words, sorting, ...sorting.map(({ column }) => given.data.get(column))]];
}

function sortingOf({ layout }: ToOrder): readonly Sorting[] {
  return layout.sorting ?? noSorting;
}

function ofGroups({ content, layout, data }: ToOrder, by: readonly Column[], rows: Uint32Array): Asked {
  return [
    [content, layout.groupBy],
    [rows, ...by.map(({ id }) => data.get(id))],
  ];
}
