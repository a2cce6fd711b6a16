import type { ColumnName, FrameColumn, RunsSource, RunsTableContent } from '../../domain/frame';
import type { Axis } from '../../domain/reduce';
import type { CommonEvents, CommonMethods, Localized } from '../webview.messages';

export interface RunsContent extends Localized, RunsTableContent {
  /** Names of the experiments, by registry and id (`[registry, id]` as JSON). */
  readonly experimentNames: Readonly<Record<string, string>>;
  readonly sources: readonly RunsSource[];
  /** The filter that was sent; empty for none. */
  readonly filter: string;
}

export interface RunsHost {
  readonly methods: RunsMethods;
  readonly events: CommonEvents;
}

interface RunsMethods extends CommonMethods {
  /** All runs that the filter lets through. */
  content(args: { readonly filter: string }): RunsContent;
  /** The next thousand of a server; the rows before keep their places. */
  more(args: Record<string, never>): RunsContent;
  column(args: ColumnName): FrameColumn;
}

/** What VS Code keeps of the panel over hide, reload and restart. */
export interface RunsPanelState {
  readonly sources: readonly RunsSource[];
  readonly filter?: string;
  /** The first counts before the others; columns by id. */
  readonly sorting?: readonly { readonly column: string; readonly ascending: boolean }[];
  /** What is charted and its place in the palette, by `refKey` (webview/shared/seriesColours.ts). */
  readonly colours?: Readonly<Record<string, number>>;
  readonly axis?: Axis;
  readonly logScale?: boolean;
  readonly folded?: Readonly<Record<string, boolean>>;
  readonly scrollTop?: number;
}
