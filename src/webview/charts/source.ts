import type { ColumnName, FrameColumn, FrameKeys } from '../../domain/frame';
import type { ReducedPoints } from '../../domain/reduce';
import type { ChartRequest } from '../../panels/webview.messages';
import type { Save } from '../shared/host';

/** Where charts get what they draw; a row names a run. */
export interface ChartSource {
  readonly keys: FrameKeys;
  nameOf(row: number): string;
  /** One per row, in their order. */
  readonly lines: (
    rows: readonly number[],
    request: ChartRequest,
    signal: AbortSignal,
  ) => Promise<readonly ReducedPoints[]>;
  /** The same for a file: nothing of it is kept. */
  readonly wholeLines: ChartSource['lines'];
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
