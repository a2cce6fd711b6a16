import * as l10n from '@vscode/l10n';
import type { PropertyValues } from 'lit';
import { exactNumber } from '../../domain/format';
import type { Axis } from '../../domain/reduce';
import { type Scale, valueAt } from '../../domain/scale';
import { seriesStroke, type Theme } from '../shared/theme';
import { drawAxes, drawWords, type Size } from './axes';
import { fillBand } from './lineBand';
import { allX, type DrawnLine, drawnLines, linesSummary, nearestIndex, type PlotLine, xWords } from './lineData';
import { strokeLine } from './linePath';
import { linesTable } from './linesTable';
import { linePlaces, type Places, type ZoomRange } from './linePlaces';
import type { Pen } from './pen';
import { Plot, steppedTo } from './plot';
import type { PlotTable } from './plotTable';

/** Lines that a tip names; the others are counted. */
const namedLines = 10;
/** More points are drawn 1 px wide, which a browser draws without outlining each line, five times as fast. */
const thickPoints = 40_000;
/** Beyond, lines let each other through: where they crowd is seen, and the last hide no others. */
const opaqueLines = 500;
/** Beyond, bands would hide each other, and the lines. */
const bandedLines = 6;
/** A drag narrower than this is a click, px. */
const leastDrag = 5;

/** Lines of one metric over step, time or relative time. Tells `zoom`, `cursor` (an x) and `highlight` (a row). */
export class LineChart extends Plot {
  static override readonly properties = {
    ...Plot.properties,
    metric: { attribute: false },
    lines: { attribute: false },
    axis: { attribute: false },
    logX: { attribute: false },
    logY: { attribute: false },
    range: { attribute: false },
    unchosen: { type: Boolean },
    cursor: { attribute: false },
    drag: { state: true },
  };
  declare metric: string;
  declare lines: readonly PlotLine[];
  declare axis: Axis;
  declare logX: boolean;
  declare logY: boolean;
  declare range: ZoomRange;
  /** There is no run to have a line. */
  declare unchosen: boolean;
  /** x of the pointer in this or another chart. */
  declare cursor: number | undefined;
  declare private drag: { readonly from: number; readonly to: number } | undefined;
  private drawn: readonly DrawnLine[] = [];
  private places: Places | undefined;
  /** Of x, where nothing is zoomed to. */
  private whole: Scale | undefined;
  private stops: Float64Array | undefined;
  protected override readonly light = ['highlighted', 'tip', 'spoken', 'cursor', 'drag'];

  constructor() {
    super();
    this.addEventListener('pointerdown', (event) => this.begin(event));
    this.addEventListener('pointerup', () => this.end());
    this.addEventListener('dblclick', () => this.zoom(undefined));
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('lines') && !changed.has('axis')) return;
    this.drawn = drawnLines(this.lines, this.axis);
    this.stops = undefined;
    this.tip = undefined;
  }

  override get summary(): string {
    return linesSummary(this.metric, this.drawn, this.axis);
  }

  protected override paint(pen: Pen, size: Size, theme: Theme): void {
    const { drawn } = this;
    const places = (this.places = linePlaces(size, this.drawn, this));
    if (!this.range) this.whole = places.x;
    if (!drawn.some(({ y }) => y.some((value) => Number.isFinite(places.placeY(value))))) {
      drawWords(pen, theme, size, this.emptyWords);
      return;
    }
    const { area, x, y, placeX, placeY } = places;
    drawAxes(pen, theme, area, [{ scale: x }, { scale: y }], placeX, placeY);
    pen.save();
    pen.beginPath();
    pen.rect(area.left, area.top - 4, area.right - area.left + 4, area.bottom - area.top + 8);
    pen.clip();
    if (drawn.length <= bandedLines && !theme.highContrast) for (const line of drawn) this.band(pen, theme, line);
    for (const line of drawn) {
      if (line.points.smoothed) this.stroke(pen, theme, { ...line, y: line.points.values }, 1, 0.3);
    }
    const count = drawn.reduce((sum, line) => sum + line.x.length, 0);
    const alpha = drawn.length > opaqueLines ? 0.4 : 1;
    for (const line of drawn) this.stroke(pen, theme, line, count > thickPoints ? 1 : 1.5, alpha);
    pen.restore();
  }

  protected override paintOver(pen: Pen, _size: Size, theme: Theme): void {
    const { places, cursor, drag } = this;
    if (!places) return;
    const { area, placeX } = places;
    const pointed = this.drawn.find(({ row }) => row === this.highlighted);
    if (pointed) this.stroke(pen, theme, pointed, 3, 1);
    if (drag) {
      pen.globalAlpha = 0.2;
      pen.fillStyle = theme.foreground;
      pen.fillRect(Math.min(drag.from, drag.to), area.top, Math.abs(drag.to - drag.from), area.bottom - area.top);
      pen.globalAlpha = 1;
    }
    if (cursor === undefined || !(placeX(cursor) >= area.left && placeX(cursor) <= area.right)) return;
    pen.strokeStyle = theme.dimmed;
    pen.lineWidth = 1;
    pen.setLineDash([2, 2]);
    pen.beginPath();
    pen.moveTo(placeX(cursor), area.top);
    pen.lineTo(placeX(cursor), area.bottom);
    pen.stroke();
    pen.setLineDash([]);
    this.paintPoints(pen, theme, cursor, places);
  }

  /** Real points: of each line where they can be told apart, of the pointed one otherwise. */
  private paintPoints(pen: Pen, theme: Theme, cursor: number, { placeX, placeY }: Places): void {
    for (const { row, series, x, y } of this.drawn) {
      if (this.drawn.length > 50 && row !== this.highlighted) continue;
      const at = nearestIndex(x, cursor);
      if (at < 0) continue;
      pen.fillStyle = seriesStroke(theme, series).color;
      pen.beginPath();
      pen.arc(placeX(x[at] ?? NaN), placeY(y[at] ?? NaN), 3, 0, 2 * Math.PI);
      pen.fill();
    }
  }

  /** Between the extremes of what stands for more points than are drawn. */
  private band(pen: Pen, theme: Theme, { series, points, x }: DrawnLine): void {
    const { values, total, inRange = total } = points;
    if (!this.places || values.length >= inRange) return;
    pen.fillStyle = seriesStroke(theme, series).color;
    pen.globalAlpha = 0.15;
    fillBand(pen, { x, y: values }, this.places.placeX, this.places.placeY);
    pen.globalAlpha = 1;
  }

  private stroke(pen: Pen, theme: Theme, line: DrawnLine, width: number, alpha: number): void {
    if (!this.places) return;
    const { color, dash } = seriesStroke(theme, line.series);
    pen.strokeStyle = color;
    pen.fillStyle = color;
    pen.lineWidth = width;
    pen.globalAlpha = alpha;
    pen.setLineDash(dash);
    strokeLine(pen, line, this.places.placeX, this.places.placeY);
    pen.globalAlpha = 1;
    pen.setLineDash([]);
  }

  private get emptyWords(): string {
    const count = this.drawn.reduce((sum, { points }) => sum + points.total, 0);
    if (this.unchosen) return l10n.t('No run is chosen');
    if (count === 0) return l10n.t('None of these runs logged {0}', this.metric);
    return this.logY
      ? l10n.t('None of {0} values is positive and finite', count)
      : l10n.t('None of {0} values is a finite number', count);
  }

  protected override point(at: { readonly x: number; readonly y: number } | undefined): void {
    const { places } = this;
    if (!places || !at) {
      this.drag = undefined;
      this.tell(undefined);
      this.highlight(undefined);
      return;
    }
    if (this.drag) this.drag = { ...this.drag, to: Math.max(places.area.left, Math.min(places.area.right, at.x)) };
    const { left, right } = places.area;
    const x = valueAt(places.x, (Math.max(left, Math.min(right, at.x)) - left) / (right - left));
    const near = this.near(x, at.y);
    this.highlight(near[0] && near[0].distance < 24 ? near[0].line.row : undefined);
    this.tell(x, near);
  }

  /** Lines that have a point near x, the nearest to a height first; in their own order where there is none. */
  private near(x: number, y: number | undefined): { line: DrawnLine; at: number; distance: number }[] {
    const { places } = this;
    const found = this.drawn.flatMap((line) => {
      const at = nearestIndex(line.x, x);
      if (at < 0) return [];
      const distance = y === undefined ? 0 : Math.abs((places?.placeY(line.y[at] ?? NaN) ?? 0) - y);
      return [{ line, at, distance: Number.isNaN(distance) ? Infinity : distance }];
    });
    return y === undefined ? found : found.sort((a, b) => a.distance - b.distance);
  }

  private tell(x: number | undefined, near: ReturnType<LineChart['near']> = []): void {
    const { places } = this;
    if (x !== this.cursor) this.dispatchEvent(new CustomEvent('cursor', { detail: x, bubbles: true, composed: true }));
    this.cursor = x;
    if (x === undefined || !places || near.length === 0) {
      this.tip = undefined;
      return;
    }
    const more = near.length - namedLines;
    const lines = near.slice(0, namedLines).map(({ line, at }) => ({
      series: line.series,
      value: exactNumber(line.points.values[at]),
      label: `${line.label} · ${xWords(this.axis, line.x[at] ?? NaN)}`,
    }));
    this.tip = {
      title: xWords(this.axis, this.axis === 'step' ? Math.round(x) : x),
      lines: more > 0 ? [...lines, { value: '', label: l10n.t('and {0} more', more) }] : lines,
      onLeft: places.placeX(x) < (places.area.left + places.area.right) / 2,
    };
  }

  protected override press(key: string): boolean {
    this.stops ??= allX(this.drawn);
    const { stops, cursor } = this;
    if (key === 'Enter' && this.highlighted !== undefined) this.openRun(this.highlighted);
    else if (key === '0') this.zoom(undefined);
    else if (key === '+' || key === '-') this.zoomBy(key === '+' ? 0.5 : 2);
    else if (key === 'ArrowUp' || key === 'ArrowDown') this.step(key === 'ArrowDown' ? 1 : -1);
    else {
      const from = cursor === undefined ? undefined : nearestIndex(stops, cursor);
      const to = steppedTo(key, from, stops.length);
      if (to === undefined) return false;
      const x = stops[to] ?? NaN;
      this.tell(x, this.near(x, undefined));
    }
    return true;
  }

  /** To the next line: it is drawn bold, and its run is pointed at in the table. */
  private step(by: number): void {
    const { drawn } = this;
    const from = drawn.findIndex(({ row }) => row === this.highlighted);
    const line = drawn[from < 0 ? 0 : (from + by + drawn.length) % drawn.length];
    if (!line) return;
    this.highlight(line.row);
    const x = this.cursor ?? line.x.at(-1);
    if (x !== undefined)
      this.tell(
        x,
        this.near(x, undefined).filter((each) => each.line === line),
      );
  }

  private zoomBy(factor: number): void {
    const { places, whole, cursor } = this;
    if (!places || !whole) return;
    const { area, x, placeX } = places;
    const middle = cursor === undefined ? 0.5 : (placeX(cursor) - area.left) / (area.right - area.left);
    const [low, high] = [valueAt(x, middle - factor / 2), valueAt(x, middle + factor / 2)];
    this.zoom(low <= whole.low && high >= whole.high ? undefined : [low, high]);
  }

  private begin(event: PointerEvent): void {
    const { places } = this;
    const x = event.clientX - this.getBoundingClientRect().left;
    if (places && event.button === 0 && x >= places.area.left) this.drag = { from: x, to: x };
  }

  private end(): void {
    const { drag, places } = this;
    this.drag = undefined;
    if (!drag || !places) return;
    if (Math.abs(drag.to - drag.from) < leastDrag) {
      // Zoomed in, it may be half of the double click that zooms out.
      if (this.highlighted !== undefined && !this.range) this.openRun(this.highlighted);
      return;
    }
    const { left, right } = places.area;
    const at = (px: number): number => valueAt(places.x, (px - left) / (right - left));
    this.zoom([at(Math.min(drag.from, drag.to)), at(Math.max(drag.from, drag.to))]);
  }

  private zoom(range: ZoomRange): void {
    this.dispatchEvent(new CustomEvent('zoom', { detail: range }));
  }

  protected override get legend(): readonly PlotLine[] {
    return this.drawn.length > 1 ? this.drawn : [];
  }

  override table(): PlotTable {
    return linesTable(this.lines);
  }
}

customElements.define('rs-line-chart', LineChart);
