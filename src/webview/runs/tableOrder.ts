import type { FrameColumn } from '../../domain/frame';
import { allRows } from '../../domain/rowOrder';
import type { RowGroup } from '../../domain/runLines';
import type { Sorting, TableLayout } from '../../domain/tableLayout';
import type { RunsContent } from '../../panels/runs/runs.messages';
import { isSame, Later } from '../shared/later';
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
  /** The order of content that is about to be shown. */
  private prepared: { readonly inputs: readonly unknown[]; readonly rows: Uint32Array } | undefined;

  /** @param changed told when rows that took a while are ordered or grouped */
  constructor(
    private readonly arranger: Arranger,
    changed: () => void,
  ) {
    this.ordered = new Later(changed);
    this.grouped = new Later(changed);
  }

  get isArranging(): boolean {
    return this.ordered.isPending || this.grouped.isPending;
  }

  /** Orders what is read before it is shown: the rows of the content before mean nothing in it. */
  async prepare(given: ToOrder): Promise<void> {
    this.prepared = { inputs: inputsOf(given), rows: await this.order(given) };
  }

  /** That hold the words, in the order of the sorting. */
  rows(given: ToOrder): Uint32Array {
    const inputs = inputsOf(given);
    const { content } = given;
    const rows = this.ordered.get([content], inputs, () => {
      const { prepared } = this;
      return prepared && isSame(prepared.inputs, inputs) ? prepared.rows : this.order(given);
    });
    return rows ?? allRows(content.attributes.length);
  }

  /** Nothing where nothing groups them, or not yet. */
  groups(
    { content, layout, data }: ToOrder,
    by: readonly Column[],
    rows: Uint32Array,
  ): readonly RowGroup[] | undefined {
    const texts = by.map(({ id }) => data.get(id));
    return this.grouped.get([content, layout.groupBy], [rows, ...texts], () => {
      const grouping = groupingOf(content, by, data);
      return grouping && this.arranger.group(rows, grouping);
    });
  }

  private order({ content, columns, data, words, layout }: ToOrder): Uint32Array | Promise<Uint32Array> {
    return this.arranger.order(orderingOf(content, columns, data, words, layout.sorting ?? noSorting));
  }
}

function inputsOf({ content, layout, data, words }: ToOrder): readonly unknown[] {
  const { sorting = noSorting } = layout;
  return [content, words, sorting, ...sorting.map(({ column }) => data.get(column))];
}
