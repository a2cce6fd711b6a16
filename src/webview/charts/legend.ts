import * as l10n from '@vscode/l10n';
import { seriesStroke, type Theme } from '../shared/theme';
import { shortened, type Size, textWidth } from './axes';
import type { Pen } from './pen';

/** One name under an exported chart. */
export interface LegendName {
  readonly label: string;
  /** Place in the palette. */
  readonly series: number;
}

/** Colours and dashes repeat long before: more names would tell no line apart. */
const mostNames = 60;
const longestName = 40;
/** px */
const [rowHeight, swatch, gap] = [18, 18, 14];

/** A picture with the names of its lines below: on the page they stand beside it, in a file they would be lost. */
export function withLegend(
  size: Size,
  names: readonly LegendName[],
  paint: (pen: Pen) => void,
  theme: Theme,
): { readonly size: Size; readonly paint: (pen: Pen) => void } {
  const more = names.length - mostNames;
  const places = placesOf(names.slice(0, mostNames), size.width);
  const rows = (places.at(-1)?.row ?? -1) + 1 + (more > 0 ? 1 : 0);
  return {
    size: { width: size.width, height: size.height + rows * rowHeight + (rows > 0 ? 8 : 0) },
    paint: (pen) => {
      paint(pen);
      for (const { name, x, row } of places) paintName(pen, theme, name, x, size.height + (row + 0.5) * rowHeight);
      const last = size.height + (rows - 0.5) * rowHeight;
      if (more > 0) paintWords(pen, theme, l10n.t('and {0} more', more), gap, last);
    },
  };
}

/** One after the other, as words in a line. */
function placesOf(names: readonly LegendName[], width: number): { name: LegendName; x: number; row: number }[] {
  let [x, row] = [gap, 0];
  return names.map((name) => {
    const own = swatch + 6 + textWidth(shortened(name.label, longestName)) + gap;
    if (x > gap && x + own > width) [x, row] = [gap, row + 1];
    const place = { name, x, row };
    x += own;
    return place;
  });
}

function paintName(pen: Pen, theme: Theme, { label, series }: LegendName, x: number, y: number): void {
  const { color, dash } = seriesStroke(theme, series);
  pen.strokeStyle = color;
  pen.lineWidth = 2;
  pen.setLineDash(dash);
  pen.beginPath();
  pen.moveTo(x, y);
  pen.lineTo(x + swatch, y);
  pen.stroke();
  pen.setLineDash([]);
  paintWords(pen, theme, shortened(label, longestName), x + swatch + 6, y);
}

function paintWords(pen: Pen, theme: Theme, words: string, x: number, y: number): void {
  pen.font = theme.font;
  pen.fillStyle = theme.foreground;
  pen.textAlign = 'left';
  pen.textBaseline = 'middle';
  pen.fillText(words, x, y);
}
