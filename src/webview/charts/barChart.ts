import * as l10n from '@vscode/l10n';
import type { PropertyValues } from 'lit';
import { exactNumber, formatNumber } from '../../domain/format';
import { project, type Scale, scaleOver } from '../../domain/scale';
import { seriesStroke, type Theme } from '../shared/theme';
import { type Area, drawAxes, drawWords, shortened, type Size, textWidth } from './axes';
import type { Pen } from './pen';
import { Plot, steppedTo } from './plot';
import type { PlotTable } from './plotTable';
import type { ChartRun } from './source';

/** One run's value; nothing where it has none. */
export interface Bar extends ChartRun {
  readonly value: number | undefined;
}

/** A name beside a bar needs so many px of height. */
const nameHeight = 12;

/** One metric of chosen runs as bars, each with its number. */
export class BarChart extends Plot {
  static override readonly properties = {
    ...Plot.properties,
    metric: { attribute: false },
    bars: { attribute: false },
    log: { attribute: false },
  };
  declare metric: string;
  declare bars: readonly Bar[];
  declare log: boolean;
  private area: Area | undefined;
  private sorted: readonly Bar[] = [];
  /** In the order from top to bottom. */
  private drawn: readonly Bar[] = [];

  override get summary(): string {
    const { bars } = this;
    if (bars.length === 0) return l10n.t('{0}: no bars', this.metric);
    if (bars.length > 12) return l10n.t('{0}: {1} bars', this.metric, bars.length);
    return [this.metric, ...bars.map(({ label, value }) => `${label} ${exactNumber(value)}`)].join('. ');
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('bars')) this.sorted = [...this.bars].sort(byValue);
  }

  protected override paint(pen: Pen, size: Size, theme: Theme): void {
    const { bars } = this;
    if (!bars.some(({ value }) => Number.isFinite(value))) {
      const none = l10n.t('None of these runs has a finite value of {0}', this.metric);
      drawWords(pen, theme, size, bars.length === 0 ? l10n.t('No run is chosen') : none);
      return;
    }
    const scale = this.scale;
    const named = size.height - 28 >= bars.length * nameHeight;
    this.drawn = named ? bars : this.sorted;
    const title = this.axisTitle(scale, named);
    const longest = named ? Math.max(...bars.map(({ label }) => textWidth(shortened(label, 18)))) : 0;
    const left = Math.min(size.width / 3, longest + 12);
    const right = size.width - (named ? 60 : 12);
    const area = (this.area = { left, top: 8, right, bottom: size.height - (title ? 36 : 20) });
    const place = project(scale, area.left, area.right);
    const rows: Scale = { kind: 'linear', low: 0, high: 1 };
    drawAxes(
      pen,
      theme,
      area,
      [
        { scale, title },
        { scale: rows, labels: [] },
      ],
      place,
      () => 0,
    );
    const zero = Math.max(area.left, Math.min(area.right, this.log ? area.left : place(0)));
    const ends = Float64Array.from(this.drawn, ({ value }) => endOf(value ?? NaN, place, area));
    if (!named) paintMany(pen, theme, area, zero, ends);
    else this.paintNamed(pen, theme, area, zero, ends);
  }

  private paintNamed(pen: Pen, theme: Theme, area: Area, zero: number, ends: Float64Array): void {
    const height = (area.bottom - area.top) / this.drawn.length;
    this.drawn.forEach((bar, i) => {
      const middle = area.top + (i + 0.5) * height;
      const end = ends[i] ?? zero;
      pen.fillStyle = seriesStroke(theme, bar.series).color;
      pen.fillRect(Math.min(zero, end), middle - height * 0.35, Math.max(1, Math.abs(end - zero)), height * 0.7);
      pen.fillStyle = theme.foreground;
      pen.textBaseline = 'middle';
      pen.textAlign = 'right';
      pen.fillText(shortened(bar.label, Math.floor((area.left - 8) / 6.2)), area.left - 6, middle);
      pen.textAlign = 'left';
      pen.fillText(formatNumber(bar.value), Math.max(end, zero) + 4, middle);
    });
  }

  /** What a reader could not see: where logarithmic bars begin, and in which order nameless ones stand. */
  private axisTitle({ low }: Scale, named: boolean): string {
    const begin = this.log ? l10n.t('logarithmic: bars begin at {0}', formatNumber(low)) : '';
    const order = named ? '' : l10n.t('{0} runs, the greatest first', formatNumber(this.bars.length));
    return [order, begin].filter(Boolean).join(' · ');
  }

  /** From zero: a bar's length is its value. Logarithms have none: from the power of ten below the least. */
  private get scale(): Scale {
    const values = Float64Array.from(this.bars, ({ value }) => value ?? NaN);
    if (this.log) {
      const { low, high } = scaleOver('log', [values]);
      const power = 10 ** Math.floor(Math.log10(low));
      // Of the least numbers that there are no power of ten is left below.
      return { kind: 'log', low: (power < low ? power : power / 10) || low, high };
    }
    const { low, high } = scaleOver('linear', [values]);
    return { kind: 'linear', low: Math.min(0, low), high: Math.max(0, high) };
  }

  protected override paintOver(pen: Pen, size: Size, theme: Theme): void {
    const at = this.drawn.findIndex(({ row }) => row === this.highlighted);
    const { area } = this;
    if (at < 0 || !area) return;
    const height = (area.bottom - area.top) / this.drawn.length;
    pen.strokeStyle = theme.foreground;
    pen.lineWidth = 1;
    pen.beginPath();
    pen.rect(2, area.top + at * height + 0.5, size.width - 4, Math.max(1, height - 1));
    pen.stroke();
  }

  protected override point(at: { readonly x: number; readonly y: number } | undefined): void {
    const { area, drawn } = this;
    const place = at && area ? Math.floor(((at.y - area.top) / (area.bottom - area.top)) * drawn.length) : -1;
    this.show(place, at !== undefined && at.x < this.clientWidth / 2);
  }

  protected override press(key: string): boolean {
    const from = this.drawn.findIndex(({ row }) => row === this.highlighted);
    const turned = { ArrowDown: 'ArrowRight', ArrowUp: 'ArrowLeft' }[key] ?? key;
    const to = steppedTo(turned, from < 0 ? undefined : from, this.drawn.length);
    if (to === undefined) return false;
    this.show(to, true);
    return true;
  }

  private show(place: number, onLeft: boolean): void {
    const bar = this.drawn[place];
    this.highlight(bar?.row);
    this.tip = bar && {
      title: this.metric,
      lines: [{ series: bar.series, value: exactNumber(bar.value), label: bar.label }],
      onLeft,
    };
  }

  override table(): PlotTable {
    return {
      head: [l10n.t('Run'), this.metric],
      rows: this.bars.map(({ label, value }) => [label, value]),
    };
  }
}

/** An infinite bar reaches the edge; what is NaN has none. */
function endOf(value: number, place: (value: number) => number, { left, right }: Area): number {
  if (value === Infinity) return right;
  if (value === -Infinity || Number.isNaN(value)) return left;
  const end = place(value);
  return Number.isNaN(end) ? left : Math.max(left, Math.min(right, end));
}

/** The greatest first; what is NaN behind all numbers, and last who has none. */
function byValue(a: Bar, b: Bar): number {
  const lack = ({ value }: Bar): number => (value === undefined ? 2 : Number(Number.isNaN(value)));
  const [left = 0, right = 0] = [a.value, b.value];
  return lack(a) - lack(b) || (lack(a) > 0 || left === right ? 0 : right - left);
}

/** Bars too many for names: those that share a row of pixels as one, to the shortest dark and to the longest light. */
function paintMany(pen: Pen, theme: Theme, { top, bottom }: Area, zero: number, ends: Float64Array): void {
  const rows = Math.min(ends.length, Math.floor(bottom - top));
  const height = (bottom - top) / rows;
  const gap = height > 3 ? 1 : 0;
  pen.fillStyle = seriesStroke(theme, 0).color;
  const fill = (reach: (own: Float64Array) => number, alpha: number): void => {
    pen.globalAlpha = alpha;
    for (let row = 0; row < rows; row++) {
      const own = ends.subarray(Math.floor((row * ends.length) / rows), Math.floor(((row + 1) * ends.length) / rows));
      const end = reach(own);
      pen.fillRect(Math.min(zero, end), top + row * height, Math.abs(end - zero), height - gap);
    }
  };
  const far = (own: Float64Array): number => own.reduce((a, b) => (Math.abs(b - zero) > Math.abs(a - zero) ? b : a));
  const near = (own: Float64Array): number => own.reduce((a, b) => (Math.abs(b - zero) < Math.abs(a - zero) ? b : a));
  if (rows < ends.length) fill(far, 0.5);
  fill(near, 1);
  pen.globalAlpha = 1;
}

customElements.define('rs-bar-chart', BarChart);
