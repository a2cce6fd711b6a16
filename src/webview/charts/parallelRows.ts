import { seriesStroke, type Theme } from '../shared/theme';
import type { AxisPlace } from './parallelAxis';
import type { Pen } from './pen';
import { distinctRuns } from './rowsPlot';
import type { ChartRun } from './source';

/** Lines of one path: longer ones take a browser disproportionately long. */
const pathRows = 256;

/** A line for each row; it breaks where an axis has no place for its value. */
export function strokeRows(pen: Pen, axes: readonly AxisPlace[], rows: Uint32Array, width: number): void {
  pen.lineWidth = width;
  for (let from = 0; from < rows.length; from += pathRows) {
    pen.beginPath();
    for (let i = from; i < Math.min(rows.length, from + pathRows); i++) {
      const row = rows[i] ?? 0;
      let isOpen = false;
      for (const { x, at } of axes) {
        const y = at[row] ?? NaN;
        if (y - y !== 0) isOpen = false;
        else if (isOpen) pen.lineTo(x, y);
        else {
          pen.moveTo(x, y);
          isOpen = true;
        }
      }
    }
    pen.stroke();
  }
}

/** Runs in their colours; many of them thin and in one, for the colours of a palette tell no more apart. */
export function strokeRuns(pen: Pen, theme: Theme, axes: readonly AxisPlace[], runs: readonly ChartRun[]): void {
  if (runs.length > distinctRuns) {
    pen.globalAlpha = Math.max(0.1, Math.min(0.8, 6 / Math.sqrt(runs.length)));
    pen.strokeStyle = seriesStroke(theme, 1).color;
    for (const { row } of runs) strokeRows(pen, axes, Uint32Array.of(row), 1);
    pen.globalAlpha = 1;
    return;
  }
  for (const { row, series } of runs) {
    const { color, dash } = seriesStroke(theme, series);
    pen.strokeStyle = color;
    pen.setLineDash(dash);
    strokeRows(pen, axes, Uint32Array.of(row), 2);
  }
  pen.setLineDash([]);
}
