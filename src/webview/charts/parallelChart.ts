import * as l10n from '@vscode/l10n';
import type { PropertyValues } from 'lit';
import { brushedRows, type BrushRanges, freed, rangesOf } from '../../domain/brush';
import { chartCellAt } from '../../domain/chartColumn';
import { formatNumber } from '../../domain/format';
import { project, valueAt } from '../../domain/scale';
import { seriesStroke, type Theme } from '../shared/theme';
import { drawWords, type Size } from './axes';
import { type AxisPlace, bottom, paintAxis, top } from './parallelAxis';
import type { Pen } from './pen';
import { steppedTo } from './plot';
import type { PlotTable } from './plotTable';
import { strokeRows, strokeRuns } from './parallelRows';
import { axisOf, RowsPlot } from './rowsPlot';
import type { ChartRun } from './source';

/** One axis for each column and a line for each run; a range that is brushed on axes filters the table. */
class ParallelChart extends RowsPlot {
  static override readonly properties = {
    ...RowsPlot.properties,
    ranges: { attribute: false },
    axis: { state: true },
  };
  declare ranges: BrushRanges;
  /** That keys move the range of. */
  declare private axis: number | undefined;
  private axes: readonly AxisPlace[] = [];
  private active: Uint32Array = new Uint32Array();
  private dimmedLayer: OffscreenCanvas | undefined;
  private dragFrom: { readonly axis: number; readonly y: number } | undefined;
  private madeFor: readonly unknown[] = [];
  protected override readonly light = ['highlighted', 'tip', 'spoken', 'axis'];

  constructor() {
    super();
    this.addEventListener('pointerdown', (event) => this.grab(event));
    this.addEventListener('pointerup', () => (this.dragFrom = undefined));
    this.addEventListener('dblclick', () => this.brush({}));
  }

  override get summary(): string {
    const names = this.columns.map(({ title }) => title).join(', ');
    return l10n.t('{0}: {1} of {2} runs', names, this.active.length, this.rows.length);
  }

  protected override get legend(): readonly ChartRun[] {
    return this.runs;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!['columns', 'rows', 'ranges'].some((name) => changed.has(name))) return;
    this.active = brushedRows(this.rows, this.columns, this.ranges);
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (Object.keys(this.ranges).length === 0) return;
    const ranges = rangesOf(this.columns, this.ranges);
    if (Object.keys(ranges).length < Object.keys(this.ranges).length) this.brush(ranges);
    // Other data: other rows lie in the ranges.
    else if (changed.has('columns') || changed.has('rows')) this.tellRows();
  }

  protected override paint(pen: Pen, size: Size, theme: Theme): void {
    if (this.columns.length < 2) {
      drawWords(pen, theme, size, l10n.t('Two axes are needed'));
      return;
    }
    this.place(size, theme);
    const isBrushed = this.active !== this.rows;
    if (isBrushed) this.paintDimmed(pen, size, theme);
    pen.strokeStyle = seriesStroke(theme, 0).color;
    pen.globalAlpha = Math.max(0.08, Math.min(0.7, 60 / Math.sqrt(this.active.length + 1) / 10));
    strokeRows(pen, this.axes, this.active, 1);
    pen.globalAlpha = 1;
    const active = isBrushed ? new Set(this.active) : undefined;
    const runs = active ? this.runs.filter(({ row }) => active.has(row)) : this.runs;
    strokeRuns(pen, theme, this.axes, runs);
    const room = (this.axes[1]?.x ?? 0) - (this.axes[0]?.x ?? 0);
    this.axes.forEach((axis, i) => {
      const isLast = i === this.axes.length - 1;
      paintAxis(pen, theme, axis, { height: size.height, room, isLast, range: this.rangeOf(i) });
    });
  }

  /** Where axes and values stand, made anew for other data or another size only. */
  private place({ width, height }: Size, theme: Theme): void {
    const inputs = [this.columns, this.rows, width, height, theme];
    if (inputs.every((input, i) => input === this.madeFor[i])) return;
    this.madeFor = inputs;
    this.dimmedLayer = undefined;
    const step = (width - 90) / Math.max(1, this.columns.length - 1);
    this.axes = this.columns.map((column, i) => {
      const look = axisOf(column, this.rows);
      const place = project(look.scale, height - bottom, top);
      return { ...look, place, x: 30 + i * step, at: Float32Array.from(column.values, place) };
    });
  }

  /** The runs that are out of range lie on a picture of their own: a brush draws only those that are in it. */
  private paintDimmed(pen: Pen, size: Size, theme: Theme): void {
    if (!('drawImage' in pen)) {
      this.strokeDimmed(pen, theme);
      return;
    }
    const ratio = window.devicePixelRatio || 1;
    if (!this.dimmedLayer) {
      this.dimmedLayer = new OffscreenCanvas(size.width * ratio, size.height * ratio);
      const layer = this.dimmedLayer.getContext('2d');
      layer?.scale(ratio, ratio);
      if (layer) this.strokeDimmed(layer, theme);
    }
    (pen as CanvasRenderingContext2D).drawImage(this.dimmedLayer, 0, 0, size.width, size.height);
  }

  private strokeDimmed(pen: Pen, theme: Theme): void {
    pen.strokeStyle = theme.dimmed;
    pen.globalAlpha = 0.1;
    strokeRows(pen, this.axes, this.rows, 1);
    pen.globalAlpha = 1;
  }

  protected override paintOver(pen: Pen, { height }: Size, theme: Theme): void {
    const { highlighted, axis } = this;
    if (highlighted !== undefined) {
      pen.strokeStyle = theme.foreground;
      strokeRows(pen, this.axes, Uint32Array.of(highlighted), 2.5);
    }
    const at = axis === undefined ? undefined : this.axes[axis];
    if (!at) return;
    pen.strokeStyle = theme.foreground;
    pen.lineWidth = 1;
    pen.setLineDash([2, 2]);
    pen.beginPath();
    pen.rect(at.x - 8, top - 4, 16, height - top - bottom + 8);
    pen.stroke();
    pen.setLineDash([]);
  }

  protected override point(at: { readonly x: number; readonly y: number } | undefined): void {
    if (!at) {
      this.axis = undefined;
      this.show(undefined, false);
    } else if (this.dragFrom) this.dragTo(at.y);
    else this.show(this.nearest(at.x, at.y), at.x < this.clientWidth / 2);
  }

  /** The run whose line passes nearest, within a few px. */
  private nearest(x: number, y: number): number | undefined {
    const right = this.axes.findIndex((axis) => axis.x >= x);
    const [from, to] = [this.axes[right - 1], this.axes[right]];
    if (!from || !to) return undefined;
    const part = (x - from.x) / (to.x - from.x);
    let [found, least]: [number | undefined, number] = [undefined, 6];
    for (const row of this.active) {
      const distance = Math.abs((from.at[row] ?? NaN) * (1 - part) + (to.at[row] ?? NaN) * part - y);
      if (distance < least) [found, least] = [row, distance];
    }
    return found;
  }

  private show(row: number | undefined, onLeft: boolean): void {
    this.highlight(row);
    this.tip =
      row === undefined
        ? undefined
        : {
            title: this.nameOf(row),
            lines: this.columns.map((column) => ({ value: this.valueWords(column, row), label: column.title })),
            onLeft,
          };
  }

  private grab(event: PointerEvent): void {
    const { left, top: above } = this.getBoundingClientRect();
    const axis = this.axes.findIndex(({ x }) => Math.abs(x - (event.clientX - left)) < 12);
    if (axis < 0 || event.button !== 0) return;
    this.setPointerCapture(event.pointerId);
    this.dragFrom = { axis, y: event.clientY - above };
    this.free(axis);
  }

  private dragTo(y: number): void {
    const { dragFrom } = this;
    if (!dragFrom || Math.abs(y - dragFrom.y) < 3) return;
    const ends = [this.valueAtPx(dragFrom.axis, y), this.valueAtPx(dragFrom.axis, dragFrom.y)].sort((a, b) => a - b);
    this.limit(dragFrom.axis, [ends[0] ?? 0, ends[1] ?? 0]);
  }

  private valueAtPx(axis: number, y: number): number {
    const look = this.axes[axis];
    const height = this.clientHeight - bottom - top;
    const share = Math.max(0, Math.min(1, 1 - (y - top) / height));
    return look ? valueAt(look.scale, share) : NaN;
  }

  /**
   * Left and right choose an axis; up raises the lower end, down lowers the upper one; Delete frees the axis. Other keys
   * go through the runs.
   */
  protected override press(key: string): boolean {
    const count = this.axes.length;
    if (count === 0) return false;
    const axis = this.axis ?? 0;
    if (key === 'ArrowRight') this.axis = this.axis === undefined ? 0 : (axis + 1) % count;
    else if (key === 'ArrowLeft') this.axis = (axis - 1 + count) % count;
    else if (key === 'Delete' || key === 'Backspace') this.free(axis);
    else if (key === 'ArrowUp' || key === 'ArrowDown') this.narrow(axis, key === 'ArrowUp');
    else return this.walk(key);
    this.tell();
    return true;
  }

  /** Page Down to the next run in the ranges, Page Up to the one before, Home and End: in the order of the table. */
  private walk(key: string): boolean {
    const turned = { PageDown: 'ArrowRight', PageUp: 'ArrowLeft' }[key] ?? key;
    const from = this.highlighted === undefined ? -1 : this.active.indexOf(this.highlighted);
    const to = steppedTo(turned, from < 0 ? undefined : from, this.active.length);
    if (to === undefined) return false;
    this.show(this.active[to], true);
    return true;
  }

  private narrow(axis: number, raise: boolean): void {
    const look = this.axes[axis];
    if (!look) return;
    this.axis = axis;
    const share = project(look.scale, 0, 1);
    const [low, high] = this.rangeOf(axis) ?? [look.scale.low, look.scale.high];
    const moved: [number, number] = raise
      ? [valueAt(look.scale, Math.min(1, share(low) + 0.05)), high]
      : [low, valueAt(look.scale, Math.max(0, share(high) - 0.05))];
    if (moved[0] <= moved[1]) this.limit(axis, moved);
  }

  private tell(): void {
    const axis = this.axis ?? 0;
    const column = this.columns[axis];
    const range = this.rangeOf(axis);
    const words = range ? l10n.t('{0} to {1}', formatNumber(range[0]), formatNumber(range[1])) : l10n.t('all');
    this.tip = {
      title: column?.title ?? '',
      lines: [{ value: words, label: l10n.t('{0} of {1} runs', this.active.length, this.rows.length) }],
      onLeft: axis < this.axes.length / 2,
    };
  }

  private rangeOf(axis: number): readonly [number, number] | undefined {
    return this.ranges[this.columns[axis]?.id ?? ''];
  }

  private limit(axis: number, range: readonly [number, number]): void {
    const column = this.columns[axis];
    if (column) this.brush({ ...this.ranges, [column.id]: range });
  }

  private free(axis: number): void {
    this.brush(freed(this.ranges, this.columns[axis]?.id ?? ''));
  }

  /** Tells the ranges and the rows that lie in them; no rows where nothing is brushed. */
  private brush(ranges: BrushRanges): void {
    if (Object.keys(ranges).length === 0 && Object.keys(this.ranges).length === 0) return;
    const before = this.ranges;
    this.ranges = ranges;
    this.willUpdate(new Map([['ranges', before]]));
    this.dispatchEvent(new CustomEvent('ranges', { detail: ranges, bubbles: true }));
    this.tellRows();
  }

  private tellRows(): void {
    const rows = Object.keys(this.ranges).length === 0 ? undefined : this.active;
    this.dispatchEvent(new CustomEvent('brush', { detail: rows, bubbles: true, composed: true }));
  }

  override table(): PlotTable {
    return {
      head: [l10n.t('Run'), ...this.columns.map(({ title }) => title)],
      rows: Array.from(this.active, (row) => [
        this.nameOf(row),
        ...this.columns.map((column) => chartCellAt(column, row)),
      ]),
    };
  }
}

customElements.define('rs-parallel-chart', ParallelChart);
