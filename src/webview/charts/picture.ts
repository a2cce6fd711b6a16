import type { Size } from './axes';
import { SvgPen } from './pen';

/** Twice as many pixels as on an ordinary screen, for print. */
const sharpness = 2;
/** A browser gives no larger canvas (px on a side). */
const largestSide = 16_000;

export function svgOf({ width, height }: Size, title: string, paint: (pen: SvgPen) => void): string {
  const pen = new SvgPen(width, height, backgroundColor());
  paint(pen);
  return pen.text(title);
}

export async function pngOf(
  { width, height }: Size,
  paint: (pen: OffscreenCanvasRenderingContext2D) => void,
): Promise<Uint8Array> {
  const scale = Math.min(sharpness, largestSide / Math.max(width, height));
  const canvas = new OffscreenCanvas(Math.ceil(width * scale), Math.ceil(height * scale));
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('The browser gives no canvas');
  pen.scale(scale, scale);
  pen.fillStyle = backgroundColor();
  pen.fillRect(0, 0, width, height);
  paint(pen);
  const blob = await canvas.convertToBlob({ type: 'image/png' });
  return new Uint8Array(await blob.arrayBuffer());
}

function backgroundColor(): string {
  const style = getComputedStyle(document.documentElement);
  return style.getPropertyValue('--vscode-editor-background').trim() || '#ffffff';
}
