import type { Contract } from '../../domain/contract';
import type { ExportFormat } from '../../domain/exportTable';
import type { FrameColumnName, FrameColumn, RunsSource, RunsTableContent } from '../../domain/frame';
import type { StarredRun } from '../../domain/favourites';
import type { Axis } from '../../domain/reduce';
import type { SavedView } from '../../domain/savedViews';
import type { HistoryKind, TableLayout } from '../../domain/tableLayout';
import type { RunAttributes } from '../../domain/runAttributes';
import type { ChartMethods } from './charts.messages';
import type { CommonEvents, CommonMethods, Localized } from '../webview.messages';

export interface RunsContent extends Localized, Omit<RunsTableContent, 'attributes'> {
  readonly attributes: RunAttributes;
  /** Names of the experiments, by registry and id (`[registry, id]` as JSON). */
  readonly experimentNames: Readonly<Record<string, string>>;
  readonly sources: readonly RunsSource[];
  /** The filter that was sent; empty for none. */
  readonly filter: string;
  /** Clauses that were sent; a server gives its first runs by them. */
  readonly orderBy: readonly string[];
  /** Ids of the runs that this person starred, by source. */
  readonly favourites: readonly (readonly string[])[];
  /** Deleted runs are there too. */
  readonly deleted: boolean;
  /** What the team agreed on; empty where there is no `ringside.yaml`. */
  readonly contract: Contract;
  /** How these experiments' table was arranged last. */
  readonly layout: TableLayout;
  /** Layouts of their charts that were saved, by name; `webview/charts/chartsState.ts` reads them. */
  readonly chartLayouts: object;
}

export interface ExportRequest {
  readonly format: ExportFormat;
  readonly to: 'file' | 'clipboard';
  /** In their order. */
  readonly rows: Uint32Array;
  readonly columns: readonly {
    readonly id: string;
    readonly title: string;
    readonly name?: FrameColumnName;
    /** Where the column is of a metric's history. */
    readonly of?: HistoryKind;
  }[];
}

export interface RunsQuestion {
  readonly filter: string;
  readonly deleted: boolean;
  /** MLflow's order clauses. */
  readonly orderBy: readonly string[];
}

/** `rows` are those to read where a server gives histories run by run. */
export type ColumnRequest = FrameColumnName & { readonly rows?: readonly number[] };

export interface RunsHost {
  readonly methods: RunsMethods;
  readonly events: CommonEvents;
}

interface RunsMethods extends CommonMethods, ChartMethods {
  /** All runs that the filter lets through, deleted ones only where they are asked for. */
  content(args: RunsQuestion): RunsContent;
  /** The next thousand of a server; the rows before keep their places. */
  more(args: Record<string, never>): RunsContent;
  column(args: ColumnRequest): FrameColumn;
  /** Columns in which two of the table's runs differ. */
  differing(args: Record<string, never>): readonly FrameColumnName[];
  /** Tells where the rows went, or nothing when the person backed out. */
  export(args: ExportRequest): string | undefined;
  /** That the workspace keeps. */
  views(args: Record<string, never>): readonly SavedView[];
  /** Asks for its name; tells it, or nothing when the person backed out. */
  saveView(args: Omit<SavedView, 'name'>): string | undefined;
  /** Asks which; tells its name. */
  deleteView(args: Record<string, never>): string | undefined;
  /** Stars runs or takes their stars away; tells the favourites by source. */
  star(args: { readonly runs: readonly StarredRun[]; readonly on: boolean }): RunsContent['favourites'];
  saveLayout(args: { readonly layout: TableLayout }): void;
  /** All of them, by name. */
  saveChartLayouts(args: { readonly layouts: object }): void;
}

/** What VS Code keeps of the panel over hide, reload and restart. */
export interface RunsPanelState {
  readonly sources: readonly RunsSource[];
  readonly filter?: string;
  readonly deleted?: boolean;
  /** Groups that are open and runs, by `refKey`, whose nested ones are folded away. */
  readonly flipped?: readonly string[];
  /** The columns to choose from are shown. */
  readonly choosing?: boolean;
  /** What is charted and its place in the palette, by `refKey` (webview/shared/seriesColours.ts). */
  readonly colours?: Readonly<Record<string, number>>;
  /** How the charts beside the table are arranged; `webview/charts/chartsState.ts` reads it. */
  readonly charts?: object;
  readonly axis?: Axis;
  readonly logScale?: boolean;
  readonly folded?: Readonly<Record<string, boolean>>;
  readonly scrollTop?: number;
}
