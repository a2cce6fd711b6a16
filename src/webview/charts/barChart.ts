import * as l10n from '@vscode/l10n';
import { exactNumber, formatNumber } from '../../domain/format';
import { project, type Scale, scaleOver } from '../../domain/scale';
import { seriesStroke, type Theme } from '../shared/theme';
import { type Area, drawAxes, drawWords, shortened, type Size, textWidth } from './axes';
import type { Pen } from './pen';
import { Plot, type PlotTable, steppedTo } from './plot';
import type { ChartRun } from './source';

/** One run's value; NaN where it has none. */
export interface Bar extends ChartRun {
  readonly value: number;
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

  override get summary(): string {
    const { bars } = this;
    if (bars.length === 0) return l10n.t('{0}: no bars', this.metric);
    if (bars.length > 12) return l10n.t('{0}: {1} bars', this.metric, bars.length);
    return [this.metric, ...bars.map(({ label, value }) => `${label} ${exactNumber(value)}`)].join('. ');
  }

  protected override paint(pen: Pen, size: Size, theme: Theme): void {
    const { bars } = this;
    if (!bars.some(({ value }) => Number.isFinite(value))) {
      drawWords(pen, theme, size, l10n.t('None of these runs has a finite value of {0}', this.metric));
      return;
    }
    const scale = this.scale;
    const height = (size.height - 28) / bars.length;
    const named = height >= nameHeight;
    const longest = named ? Math.max(...bars.map(({ label }) => textWidth(shortened(label, 18)))) : 0;
    const left = Math.min(size.width / 3, longest + 12);
    const area = (this.area = { left, top: 8, right: size.width - 60, bottom: size.height - 20 });
    const place = project(scale, area.left, area.right);
    const rows: Scale = { kind: 'linear', low: 0, high: 1 };
    drawAxes(pen, theme, area, [{ scale }, { scale: rows, labels: [] }], place, () => 0);
    const zero = Math.max(area.left, Math.min(area.right, this.log ? area.left : place(0)));
    bars.forEach((bar, i) => {
      const middle = area.top + (i + 0.5) * height;
      const end = endOf(bar.value, place, area);
      pen.fillStyle = seriesStroke(theme, bar.series).color;
      pen.fillRect(Math.min(zero, end), middle - height * 0.35, Math.max(1, Math.abs(end - zero)), height * 0.7);
      if (!named) return;
      pen.fillStyle = theme.foreground;
      pen.textBaseline = 'middle';
      pen.textAlign = 'right';
      pen.fillText(shortened(bar.label, Math.floor((left - 8) / 6.2)), left - 6, middle);
      pen.textAlign = 'left';
      pen.fillText(formatNumber(bar.value), Math.max(end, zero) + 4, middle);
    });
  }

  /** From zero, where that leaves the differences to be seen; the axis says where it begins. */
  private get scale(): Scale {
    const values = Float64Array.from(this.bars, ({ value }) => value);
    if (this.log) return scaleOver('log', [values]);
    const { low, high } = scaleOver('linear', [values]);
    const isClose = low > 0 && (high - low) / high < 0.1 && high > low;
    if (isClose) return { kind: 'linear', low: low - (high - low) / 2, high };
    return { kind: 'linear', low: Math.min(0, low), high: Math.max(0, high) };
  }

  protected override paintOver(pen: Pen, size: Size, theme: Theme): void {
    const at = this.bars.findIndex(({ row }) => row === this.highlighted);
    const { area } = this;
    if (at < 0 || !area) return;
    const height = (area.bottom - area.top) / this.bars.length;
    pen.strokeStyle = theme.foreground;
    pen.lineWidth = 1;
    pen.beginPath();
    pen.rect(2, area.top + at * height + 0.5, size.width - 4, height - 1);
    pen.stroke();
  }

  protected override point(at: { readonly x: number; readonly y: number } | undefined): void {
    const { area, bars } = this;
    const place = at && area ? Math.floor(((at.y - area.top) / (area.bottom - area.top)) * bars.length) : -1;
    this.show(place, at !== undefined && at.x < this.clientWidth / 2);
  }

  protected override press(key: string): boolean {
    const from = this.bars.findIndex(({ row }) => row === this.highlighted);
    const turned = { ArrowDown: 'ArrowRight', ArrowUp: 'ArrowLeft' }[key] ?? key;
    const to = steppedTo(turned, from < 0 ? undefined : from, this.bars.length);
    if (to === undefined) return false;
    this.show(to, true);
    return true;
  }

  private show(place: number, onLeft: boolean): void {
    const bar = this.bars[place];
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

customElements.define('rs-bar-chart', BarChart);
