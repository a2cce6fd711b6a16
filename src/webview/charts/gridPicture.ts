import * as l10n from '@vscode/l10n';
import { readTheme, seriesStroke } from '../shared/theme';
import { shortened, type Size } from './axes';
import type { ChartRun } from './source';

/** px of an image in an exported grid, and between two. */
const [tile, space, caption] = [240, 12, 32];

interface GridImage extends ChartRun {
  /** Nothing where the run has none. */
  readonly image: ImageBitmap | undefined;
}

/** Images beside each other, each above the name of its run. */
export function gridPicture(images: readonly GridImage[]): {
  readonly size: Size;
  readonly paint: (pen: OffscreenCanvasRenderingContext2D) => void;
} {
  const across = Math.max(1, Math.ceil(Math.sqrt(images.length)));
  const size = {
    width: across * (tile + space) + space,
    height: Math.ceil(images.length / across) * (tile + caption) + space,
  };
  const theme = readTheme();
  const paint = (pen: OffscreenCanvasRenderingContext2D): void => {
    pen.font = theme.font;
    images.forEach(({ label, series, image }, i) => {
      const left = space + (i % across) * (tile + space);
      const top = space + Math.floor(i / across) * (tile + caption);
      if (image) paintImage(pen, image, left, top);
      pen.fillStyle = seriesStroke(theme, series).color;
      pen.fillRect(left, top + tile + 9, 14, 3);
      pen.fillStyle = theme.foreground;
      pen.fillText(shortened(image ? label : `${label}: ${l10n.t('none')}`, 36), left + 20, top + tile + 14);
    });
  };
  return { size, paint };
}

function paintImage(pen: OffscreenCanvasRenderingContext2D, image: ImageBitmap, left: number, top: number): void {
  const scale = Math.min(tile / image.width, tile / image.height);
  pen.drawImage(image, left, top, image.width * scale, image.height * scale);
  image.close();
}
