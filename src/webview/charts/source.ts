import type { ColumnName, FrameColumn, FrameKeys } from '../../domain/frame';
import type { ReducedPoints } from '../../domain/reduce';
import type { ChartRequest } from '../../panels/webview.messages';

/** Asks where to, and writes a chart there. */
export type Save = (name: string, content: string | Uint8Array) => void;

/** Where charts get what they draw; a row names a run. */
export interface ChartSource {
  readonly keys: FrameKeys;
  nameOf(row: number): string;
  /** One per row, in their order. */
  lines(rows: readonly number[], request: ChartRequest, signal: AbortSignal): Promise<readonly ReducedPoints[]>;
  column(name: ColumnName): Promise<FrameColumn>;
  /** Paths of the images that a run logged. */
  images(row: number, signal: AbortSignal): Promise<readonly string[]>;
  image(row: number, path: string, signal: AbortSignal): Promise<Uint8Array>;
  readonly save: Save;
}

/** A run that charts draw in colour. */
export interface ChartRun {
  readonly row: number;
  readonly label: string;
  /** Place in the palette. */
  readonly series: number;
}
