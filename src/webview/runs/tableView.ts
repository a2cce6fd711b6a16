import { bestOf, finiteRange, shareOf, type Stats, statsOf } from '../../domain/columnStats';
import { type Contract, type Judged, judgedBy } from '../../domain/contract';
import { type FrameColumn, isMetricColumn } from '../../domain/frame';
import type { MetricColumn } from '../../domain/run';
import type { RowGroup, RunLines } from '../../domain/runLines';
import type { CellLook, GroupStatistic, Sorting } from '../../domain/tableLayout';
import type { RunsContent } from '../../panels/runs/runs.messages';
import type { SeriesColours } from '../shared/seriesColours';
import type { Column } from './columns';

/** What the grid draws: the content as a person arranged it. */
export interface TableView {
  readonly content: RunsContent;
  /** That show, in their order; the first `pinned` stand still when the others scroll. */
  readonly columns: readonly Column[];
  readonly pinned: number;
  /** Rows are drawn once their first columns are there, or take long. */
  readonly holdsRows: boolean;
  readonly lines: RunLines;
  /** What was read, by column id. */
  readonly data: ReadonlyMap<string, FrameColumn>;
  readonly numbers: ColumnNumbers;
  /** What the lines are sorted by at present. */
  readonly sorting: readonly Sorting[];
  readonly cells: CellLook;
  readonly statistic: GroupStatistic;
  /** Rows, not positions: sorting keeps them. */
  readonly selected: ReadonlySet<number>;
  readonly colours: SeriesColours;
  /** Rows of starred runs. */
  readonly favourites: ReadonlySet<number>;
  /** Only those show. */
  readonly isOfFavourites: boolean;
  /** What their names have to hold; empty for all. */
  readonly words: string;
  /** Only those in the ranges that are brushed in a chart. */
  readonly isBrushed: boolean;
  /** Row of the run that is pointed at in the charts. */
  readonly pointed: number | undefined;
  /** Of a server, a history that was not asked for. */
  isUnread(column: Column, row: number): boolean;
  isOpen(position: number): boolean;
  /** How a group's value is written. */
  groupTitle(group: RowGroup): string;
}

interface Range {
  readonly ends: Pick<Stats, 'min' | 'max'> | undefined;
  readonly best: number | undefined;
  readonly judged: Judged | undefined;
}

/** What metrics come to over the rows that match, counted once when it is first asked for. */
export class ColumnNumbers {
  private readonly ranges = new WeakMap<MetricColumn, Range>();
  private readonly groups = new WeakMap<RowGroup, Map<MetricColumn, Stats | undefined>>();

  constructor(
    private readonly rows: Uint32Array,
    private readonly contract: Contract,
  ) {}

  range(column: MetricColumn): Range {
    const known = this.ranges.get(column);
    if (known) return known;
    const judged = judgedBy(this.contract, column.key);
    const best = judged && bestOf(statsOf(column.values, this.rows), judged.direction);
    const range = { ends: finiteRange(column.values, this.rows), best, judged };
    this.ranges.set(column, range);
    return range;
  }

  /** 0 to 1 between the smallest and the largest. */
  share(column: MetricColumn, value: number | undefined): number | undefined {
    const { ends } = this.range(column);
    return ends && shareOf(value, ends);
  }

  ofGroup(column: MetricColumn, group: RowGroup): Stats | undefined {
    const known = this.groups.get(group) ?? new Map<MetricColumn, Stats | undefined>();
    this.groups.set(group, known);
    if (!known.has(column)) known.set(column, statsOf(column.values, group.rows));
    return known.get(column);
  }
}

export function metricColumn(data: FrameColumn | undefined): MetricColumn | undefined {
  return data && isMetricColumn(data) ? data : undefined;
}
