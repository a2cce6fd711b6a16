import * as l10n from '@vscode/l10n';
import type { PropertyValues } from 'lit';
import { chartCellAt } from '../../domain/chartColumn';
import { project } from '../../domain/scale';
import { seriesStroke, type Theme } from '../shared/theme';
import { type Area, areaOf, drawAxes, drawWords, type Size } from './axes';
import type { Pen } from './pen';
import { steppedTo } from './plot';
import type { PlotTable } from './plotTable';
import { axisOf, distinctRuns, rowsByColour, RowsPlot } from './rowsPlot';
import type { ChartRun } from './source';

/** px within which a point is pointed at; also the side of a cell of the index. */
const reach = 12;

/** Two columns against each other; a point for each run. */
class ScatterChart extends RowsPlot {
  private area: Area | undefined;
  private placeX: (value: number) => number = () => NaN;
  private placeY: (value: number) => number = () => NaN;
  /** Rows by cell of the plane, made when the pointer first comes. */
  private cells: Map<number, number[]> | undefined;
  /** Rows with a place, ascending across. */
  private stops: readonly number[] | undefined;

  override get summary(): string {
    const [x, y] = this.columns;
    return l10n.t('{0} against {1}: {2} runs', y?.title ?? '', x?.title ?? '', this.rows.length);
  }

  protected override get legend(): readonly ChartRun[] {
    return this.runs;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('columns') && !changed.has('rows')) return;
    this.stops = undefined;
    this.tip = undefined;
  }

  protected override paint(pen: Pen, size: Size, theme: Theme): void {
    const [x, y] = this.columns;
    if (!x || !y) return;
    const axes = [axisOf(x, this.rows), axisOf(y, this.rows)] as const;
    const area = (this.area = areaOf(size, ...axes));
    this.placeX = project(axes[0].scale, area.left, area.right);
    this.placeY = project(axes[1].scale, area.bottom, area.top);
    this.cells = undefined;
    if (!this.rows.some((row) => this.hasPlace(row))) {
      drawWords(pen, theme, size, l10n.t('No run has a finite value of both'));
      return;
    }
    drawAxes(pen, theme, area, axes, this.placeX, this.placeY);
    this.paintAll(pen, theme);
    if (this.runs.length <= distinctRuns) {
      for (const { row, series } of this.runs) this.paintRun(pen, theme, row, series, 4);
      return;
    }
    for (const [color, rows] of rowsByColour(this.runs, theme)) {
      pen.fillStyle = color;
      this.paintSquares(pen, rows, rows.length > 1000 ? 3 : 5);
    }
  }

  /** One path of squares: a hundred thousand circles would take ten times as long. */
  private paintAll(pen: Pen, theme: Theme): void {
    const side = this.rows.length > 5000 ? 2 : 4;
    pen.fillStyle = theme.foreground;
    pen.globalAlpha = this.rows.length > 5000 ? 0.35 : 0.5;
    this.paintSquares(pen, this.rows, side);
    pen.globalAlpha = 1;
  }

  private paintSquares(pen: Pen, rows: Uint32Array, side: number): void {
    const { placeX, placeY } = this;
    const [x, y] = this.columns;
    if (!x || !y) return;
    pen.beginPath();
    for (const row of rows) {
      const [px, py] = [placeX(x.values[row] ?? NaN), placeY(y.values[row] ?? NaN)];
      if (px - px === 0 && py - py === 0) pen.rect(px - side / 2, py - side / 2, side, side);
    }
    pen.fill();
  }

  private paintRun(pen: Pen, theme: Theme, row: number, series: number, radius: number): void {
    const [px, py] = this.placeOf(row);
    if (Number.isNaN(px + py)) return;
    pen.fillStyle = seriesStroke(theme, series).color;
    pen.beginPath();
    pen.arc(px, py, radius, 0, 2 * Math.PI);
    pen.fill();
  }

  protected override paintOver(pen: Pen, _size: Size, theme: Theme): void {
    const row = this.highlighted;
    if (row === undefined) return;
    const [px, py] = this.placeOf(row);
    if (!Number.isFinite(px + py)) return;
    pen.strokeStyle = theme.foreground;
    pen.lineWidth = 2;
    pen.beginPath();
    pen.arc(px, py, 6, 0, 2 * Math.PI);
    pen.stroke();
  }

  private placeOf(row: number): [number, number] {
    const [x, y] = this.columns;
    return [this.placeX(x?.values[row] ?? NaN), this.placeY(y?.values[row] ?? NaN)];
  }

  private hasPlace(row: number): boolean {
    const [px, py] = this.placeOf(row);
    return Number.isFinite(px) && Number.isFinite(py);
  }

  protected override point(at: { readonly x: number; readonly y: number } | undefined): void {
    this.show(at && this.nearest(at.x, at.y));
  }

  private nearest(x: number, y: number): number | undefined {
    this.cells ??= this.index();
    const [column, line] = [Math.floor(x / reach), Math.floor(y / reach)];
    let [found, least]: [number | undefined, number] = [undefined, reach];
    for (const [dx, dy] of around) {
      for (const row of this.cells.get(cellOf(column + dx, line + dy)) ?? []) {
        const [px, py] = this.placeOf(row);
        const distance = Math.hypot(px - x, py - y);
        if (distance < least) [found, least] = [row, distance];
      }
    }
    return found;
  }

  private index(): Map<number, number[]> {
    const cells = new Map<number, number[]>();
    for (const row of this.rows) {
      const [px, py] = this.placeOf(row);
      if (!Number.isFinite(px + py)) continue;
      const cell = cellOf(Math.floor(px / reach), Math.floor(py / reach));
      const rows = cells.get(cell);
      if (rows) rows.push(row);
      else cells.set(cell, [row]);
    }
    return cells;
  }

  protected override press(key: string): boolean {
    this.stops ??= [...this.rows]
      .filter((row) => this.hasPlace(row))
      .sort((a, b) => this.placeOf(a)[0] - this.placeOf(b)[0] || a - b);
    const from = this.highlighted === undefined ? -1 : this.stops.indexOf(this.highlighted);
    const to = steppedTo(key, from < 0 ? undefined : from, this.stops.length);
    if (to === undefined) return false;
    this.show(this.stops[to]);
    return true;
  }

  private show(row: number | undefined): void {
    this.highlight(row);
    const { area } = this;
    const [x, y] = this.columns;
    this.tip =
      row === undefined || !area || !x || !y
        ? undefined
        : {
            title: this.nameOf(row),
            lines: [x, y].map((column) => ({
              ...this.seriesAt(row),
              value: this.valueWords(column, row),
              label: column.title,
            })),
            onLeft: this.placeOf(row)[0] < (area.left + area.right) / 2,
          };
  }

  override table(): PlotTable {
    return {
      head: [l10n.t('Run'), ...this.columns.map(({ title }) => title)],
      rows: Array.from(this.rows, (row) => [
        this.nameOf(row),
        ...this.columns.map((column) => chartCellAt(column, row)),
      ]),
    };
  }
}

const around = [-1, 0, 1].flatMap((dx) => [-1, 0, 1].map((dy) => [dx, dy] as const));

function cellOf(column: number, line: number): number {
  return line * 10_000 + column;
}

customElements.define('rs-scatter-chart', ScatterChart);
