import type { ReducedPoints } from '../../domain/reduce';
import type { ChartRequest } from '../webview.messages';

export interface ChartedRun {
  readonly registry: string;
  readonly runId: string;
}

/** What the host answers to charts of chosen runs. */
export interface ChartMethods {
  /** One reduced line per run, in their order. */
  linesOf(args: ChartRequest & { readonly runs: readonly ChartedRun[] }): readonly ReducedPoints[];
  /** Paths of the images that a run logged, at most `mostImages`. */
  images(args: ChartedRun): readonly string[];
  image(args: ChartedRun & { readonly path: string }): Uint8Array;
}

/** Images of one run that a grid reads. */
export const mostImages = 500;
/** What carries an image, by the end of its name. */
export const imageEnding = /\.(png|jpe?g|gif|webp|bmp|avif)$/i;
