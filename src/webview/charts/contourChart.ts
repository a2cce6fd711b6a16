import * as l10n from '@vscode/l10n';
import type { PropertyValues } from 'lit';
import { chartCellAt } from '../../domain/chartColumn';
import { contourLines, type Surface, surfaceOf } from '../../domain/contour';
import { project, type Scale, scaleOver, ticksOf } from '../../domain/scale';
import { tickWords } from '../../domain/axisWords';
import { seriesStroke, type Theme } from '../shared/theme';
import { type Area, areaOf, type AxisLook, drawAxes, drawWords, type Size } from './axes';
import type { Pen } from './pen';
import { steppedTo } from './plot';
import type { PlotTable } from './plotTable';
import { axisOf, RowsPlot } from './rowsPlot';

/** Cells along a side of the surface. */
const cells = 48;
/** px of the colour scale and its words. */
const legendWidth = 64;
/** Shades that the surface is drawn in. */
const shades = 12;

/** A metric (third column) over two others: a surface through the runs, with lines of equal height and the runs on it. */
class ContourChart extends RowsPlot {
  private area: Area | undefined;
  private surface: Surface | undefined;
  private placed: readonly { readonly row: number; readonly x: number; readonly y: number; readonly z: number }[] = [];

  override get summary(): string {
    const [x, y, z] = this.columns;
    return l10n.t('{0} over {1} and {2}: {3} runs', z?.title ?? '', x?.title ?? '', y?.title ?? '', this.rows.length);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('columns') && !changed.has('rows')) return;
    const [x, y, z] = this.columns;
    if (!x || !y || !z) return;
    const [placeX, placeY] = [x, y].map((column) => project(axisOf(column, this.rows).scale, 0, 1));
    this.placed = Array.from(this.rows, (row) => ({
      row,
      x: placeX?.(x.values[row] ?? NaN) ?? NaN,
      y: placeY?.(y.values[row] ?? NaN) ?? NaN,
      z: z.values[row] ?? NaN,
    })).filter((each) => Number.isFinite(each.x) && Number.isFinite(each.y) && Number.isFinite(each.z));
    const array = (key: 'x' | 'y' | 'z'): Float64Array => Float64Array.from(this.placed, (each) => each[key]);
    this.surface = surfaceOf({ x: array('x'), y: array('y'), z: array('z') }, cells);
  }

  protected override paint(pen: Pen, size: Size, theme: Theme): void {
    const [x, y, z] = this.columns;
    const { surface, placed } = this;
    if (!x || !y || !z || !surface) return;
    if (placed.length < 3) {
      drawWords(pen, theme, size, l10n.t('Three runs with finite values are needed'));
      return;
    }
    const axes: readonly [AxisLook, AxisLook] = [axisOf(x, this.rows), axisOf(y, this.rows)];
    const whole = areaOf(size, ...axes);
    const area = (this.area = { ...whole, right: whole.right - legendWidth });
    const height = scaleOver('linear', [surface.values]);
    this.paintSurface(pen, theme, surface, height, area);
    drawAxes(
      pen,
      theme,
      area,
      axes,
      project(axes[0].scale, area.left, area.right),
      project(axes[1].scale, area.bottom, area.top),
    );
    pen.fillStyle = theme.foreground;
    pen.beginPath();
    for (const each of placed) {
      const [px, py] = inArea(area, each.x, each.y);
      pen.rect(px - 1.5, py - 1.5, 3, 3);
    }
    pen.fill();
    paintLegend(pen, theme, height, z.title, area);
  }

  private paintSurface(pen: Pen, theme: Theme, surface: Surface, height: Scale, area: Area): void {
    const share = project(height, 0, 1);
    pen.fillStyle = seriesStroke(theme, 0).color;
    const [width, tall] = [(area.right - area.left) / cells, (area.bottom - area.top) / cells];
    for (let shade = 1; shade <= shades; shade++) {
      pen.globalAlpha = alphaOf(shade / shades);
      pen.beginPath();
      surface.values.forEach((value, cell) => {
        if (Math.max(1, Math.ceil(share(value) * shades)) !== shade) return;
        const [px, py] = [area.left + (cell % cells) * width, area.bottom - (Math.floor(cell / cells) + 1) * tall];
        pen.rect(px, py, width + 0.5, tall + 0.5);
      });
      pen.fill();
    }
    pen.globalAlpha = 0.6;
    pen.strokeStyle = theme.foreground;
    pen.lineWidth = 1;
    pen.setLineDash([]);
    pen.beginPath();
    for (const tick of ticksOf(height, 6)) {
      for (const [x1, y1, x2, y2] of contourLines(surface, tick)) {
        pen.moveTo(...inArea(area, x1, y1));
        pen.lineTo(...inArea(area, x2, y2));
      }
    }
    pen.stroke();
    pen.globalAlpha = 1;
  }

  protected override paintOver(pen: Pen, _size: Size, theme: Theme): void {
    const found = this.placed.find(({ row }) => row === this.highlighted);
    if (!found || !this.area) return;
    pen.strokeStyle = theme.foreground;
    pen.lineWidth = 2;
    pen.beginPath();
    pen.arc(...inArea(this.area, found.x, found.y), 6, 0, 2 * Math.PI);
    pen.stroke();
  }

  protected override point(at: { readonly x: number; readonly y: number } | undefined): void {
    const { area } = this;
    let [row, least]: [number | undefined, number] = [undefined, 12];
    if (at && area) {
      for (const each of this.placed) {
        const [px, py] = inArea(area, each.x, each.y);
        const distance = Math.hypot(px - at.x, py - at.y);
        if (distance < least) [row, least] = [each.row, distance];
      }
    }
    this.show(row);
  }

  protected override press(key: string): boolean {
    const from = this.placed.findIndex(({ row }) => row === this.highlighted);
    const to = steppedTo(key, from < 0 ? undefined : from, this.placed.length);
    if (to === undefined) return false;
    this.show(this.placed[to]?.row);
    return true;
  }

  private show(row: number | undefined): void {
    this.highlight(row);
    const found = this.placed.find((each) => each.row === row);
    this.tip = found && {
      title: this.nameOf(found.row),
      lines: this.columns.map((column) => ({ value: this.valueWords(column, found.row), label: column.title })),
      onLeft: found.x < 0.5,
    };
  }

  override table(): PlotTable {
    return {
      head: [l10n.t('Run'), ...this.columns.map(({ title }) => title)],
      rows: this.placed.map(({ row, z }) => [
        this.nameOf(row),
        ...this.columns.slice(0, 2).map((column) => chartCellAt(column, row)),
        z,
      ]),
    };
  }
}

function inArea({ left, top, right, bottom }: Area, x: number, y: number): [number, number] {
  return [left + x * (right - left), bottom - y * (bottom - top)];
}

function alphaOf(share: number): number {
  return 0.05 + 0.9 * share;
}

function paintLegend(pen: Pen, theme: Theme, height: Scale, title: string, area: Area): void {
  const left = area.right + 14;
  const step = (area.bottom - area.top - 14) / shades;
  pen.fillStyle = seriesStroke(theme, 0).color;
  for (let shade = 1; shade <= shades; shade++) {
    pen.globalAlpha = alphaOf(shade / shades);
    pen.fillRect(left, area.bottom - shade * step, 10, step);
  }
  pen.globalAlpha = 1;
  pen.fillStyle = theme.dimmed;
  pen.textAlign = 'left';
  pen.textBaseline = 'middle';
  const ticks = ticksOf(height, 5);
  const place = project(height, area.bottom, area.bottom - shades * step);
  tickWords(height, ticks).forEach((words, i) => pen.fillText(words, left + 14, place(ticks[i] ?? 0)));
  pen.fillText(title.slice(0, 10), left, area.top + 2);
}

customElements.define('rs-contour-chart', ContourChart);
