import { readTheme, seriesStroke } from '../shared/theme';
import { shortened, type Size, textWidth } from './axes';
import type { Pen } from './pen';
import type { PlotTable } from './plotTable';

const rowHeight = 22;
const gap = 16;
const longestCell = 40;

/** A table as a picture: names at the left, a column for each run under the colour of its line. */
export function tablePicture(
  { head, rows }: PlotTable,
  series: readonly number[],
): { readonly size: Size; readonly paint: (pen: Pen) => void } {
  const theme = readTheme();
  const lines = [head, ...rows].map((cells) => cells.map((cell) => shortened(String(cell), longestCell)));
  const widths = head.map((_, column) => Math.max(...lines.map((cells) => textWidth(cells[column] ?? ''))) + gap);
  const rights = widths.map((_, column) => widths.slice(0, column + 1).reduce((sum, width) => sum + width, gap / 2));
  const size = { width: Math.ceil((rights.at(-1) ?? 0) + gap), height: lines.length * rowHeight + gap };
  const paint = (pen: Pen): void => {
    pen.font = theme.font;
    pen.textBaseline = 'middle';
    lines.forEach((cells, line) => {
      const y = gap / 2 + (line + 0.5) * rowHeight;
      cells.forEach((cell, column) => {
        pen.fillStyle = line === 0 ? theme.dimmed : theme.foreground;
        pen.textAlign = column === 0 ? 'left' : 'right';
        pen.fillText(cell, column === 0 ? gap / 2 : (rights[column] ?? 0), y);
      });
    });
    series.forEach((place, i) => {
      const { color, dash } = seriesStroke(theme, place);
      const [left, right] = [(rights[i] ?? 0) + gap / 2, rights[i + 1] ?? 0];
      pen.strokeStyle = color;
      pen.lineWidth = 2;
      pen.setLineDash(dash);
      pen.beginPath();
      pen.moveTo(left, gap / 2 + rowHeight - 2);
      pen.lineTo(right, gap / 2 + rowHeight - 2);
      pen.stroke();
    });
    pen.setLineDash([]);
  };
  return { size, paint };
}
