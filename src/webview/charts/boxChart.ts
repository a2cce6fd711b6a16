import * as l10n from '@vscode/l10n';
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { type BoxStats, boxStats } from '../../domain/boxStats';
import { chartCellAt } from '../../domain/chartColumn';
import { exactNumber, formatNumber } from '../../domain/format';
import { project, scaleOver } from '../../domain/scale';
import { seriesStroke, type Theme } from '../shared/theme';
import { type Area, areaOf, type AxisLook, drawAxes, drawWords, type Size } from './axes';
import type { Pen } from './pen';
import { steppedTo } from './plot';
import type { PlotTable } from './plotTable';
import { RowsPlot } from './rowsPlot';

/** Narrower boxes cannot be read: where there is no room for all, they scroll. px */
const boxWidth = 22;
/** Axes and margins beside the boxes, px. */
const besideBoxes = 90;
/** Groups that are told one by one. */
const spokenGroups = 12;

/** px */
const scrollbar = 12;

/** A scrollbar alone: what it scrolls is drawn. */
const boxStyles = css`
  :host([scrolls]) .frame {
    bottom: ${scrollbar}px;
  }
  .scroller {
    position: absolute;
    inset: auto 0 0;
    height: ${scrollbar}px;
    overflow-x: scroll;
    overflow-y: hidden;
  }
  .scroller > div {
    height: 1px;
  }
`;

interface Group {
  readonly label: string;
  readonly place: number;
  readonly stats: BoxStats;
}

/** A metric's spread in each group of runs (first column the metric, second the group). */
class BoxChart extends RowsPlot {
  static override readonly properties = { ...RowsPlot.properties, first: { state: true } };
  static override readonly styles = [...RowsPlot.styles, boxStyles];
  /** Place of the group at the left edge. */
  declare private first: number;
  private groups: readonly Group[] = [];
  private area: Area | undefined;
  private at: number | undefined;

  constructor() {
    super();
    this.first = 0;
    this.addEventListener('wheel', (event) => this.renderRoot.querySelector('.scroller')?.scrollBy(event.deltaX, 0), {
      passive: true,
    });
  }

  override get summary(): string {
    const [metric, by] = this.columns;
    const title = l10n.t('{0} by {1}', metric?.title ?? '', by?.title ?? '');
    if (this.groups.length > spokenGroups) return l10n.t('{0}: {1} groups', title, this.groups.length);
    const words = this.groups.map(({ label, stats }) =>
      l10n.t('{0}: median {1} of {2}', label, formatNumber(stats.median), stats.count),
    );
    return [title, ...words].join('. ');
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('columns') && !changed.has('rows')) return;
    const [metric, by] = this.columns;
    const values = new Map<number, number[]>();
    for (const row of this.rows) {
      const place = by?.values[row] ?? NaN;
      const value = metric?.values[row] ?? NaN;
      if (Number.isNaN(place) || !metric || chartCellAt(metric, row) === undefined) continue;
      const known = values.get(place);
      if (known) known.push(value);
      else values.set(place, [value]);
    }
    const all = [...values].flatMap(([place, each]) => {
      const stats = boxStats(each);
      return stats ? [{ place, stats, label: by?.labels?.[place] ?? exactNumber(place) }] : [];
    });
    this.groups = all.sort((a, b) => a.place - b.place);
  }

  protected override render(): TemplateResult {
    return html`${super.render()}${
      this.scrolls
        ? html`<div class="scroller" tabindex="-1" @scroll=${(event: Event) => this.scrolled(event.target as Element)}>
            <div></div>
          </div>`
        : nothing
    }`;
  }

  protected override updated(changed: PropertyValues): void {
    this.toggleAttribute('scrolls', this.scrolls);
    const inner = this.renderRoot.querySelector<HTMLElement>('.scroller > div');
    if (inner) inner.style.width = `${(this.groups.length / this.roomIn(this.clientWidth)) * 100}%`;
    super.updated(changed);
  }

  private get scrolls(): boolean {
    return this.roomIn(this.clientWidth) < this.groups.length;
  }

  protected override get size(): Size {
    const { width, height } = super.size;
    return { width, height: height - (this.scrolls ? scrollbar : 0) };
  }

  protected override resized(): void {
    this.requestUpdate();
    super.resized();
  }

  /** Boxes that have room. */
  private roomIn(width: number): number {
    return Math.max(1, Math.floor((width - besideBoxes) / boxWidth));
  }

  private scrolled({ scrollLeft, scrollWidth }: Element): void {
    this.first = Math.round((scrollLeft / scrollWidth) * this.groups.length);
  }

  /** What the picture of this width shows. */
  private groupsIn(width: number): readonly Group[] {
    const first = this.firstIn(width);
    return this.groups.slice(first, first + this.roomIn(width));
  }

  /** A filter may have left fewer groups than were scrolled over. */
  private firstIn(width: number): number {
    return Math.max(0, Math.min(this.first, this.groups.length - this.roomIn(width)));
  }

  /** A picture holds them all. */
  protected override get pictureSize(): Size {
    const { width, height } = super.size;
    return { width: Math.max(width, besideBoxes + this.groups.length * boxWidth), height };
  }

  protected override paint(pen: Pen, size: Size, theme: Theme): void {
    const groups = this.groupsIn(size.width);
    const [metric, by] = this.columns;
    if (groups.length === 0) {
      drawWords(pen, theme, size, l10n.t('No run has both a finite value and a group'));
      return;
    }
    const ends = this.groups.flatMap(({ stats }) => [stats.low, stats.high, ...stats.outliers]);
    const x: AxisLook = {
      scale: { kind: 'linear', low: -0.5, high: groups.length - 0.5 },
      labels: groups.map(({ label, stats }) => `${label} (${stats.count})`),
      title:
        groups.length < this.groups.length
          ? l10n.t('{0}: {1} of {2} groups, scroll for the others', by?.title ?? '', groups.length, this.groups.length)
          : (by?.title ?? ''),
    };
    const y: AxisLook = { scale: scaleOver('linear', [Float64Array.from(ends)], 0.04), title: metric?.title ?? '' };
    const area = (this.area = areaOf(size, x, y));
    const [placeX, placeY] = [project(x.scale, area.left, area.right), project(y.scale, area.bottom, area.top)];
    drawAxes(pen, theme, area, [x, y], placeX, placeY);
    const half = Math.min(24, ((area.right - area.left) / groups.length) * 0.3);
    groups.forEach(({ stats }, i) => drawBox(pen, theme, stats, placeX(i), half, placeY));
  }

  protected override paintOver(pen: Pen, size: Size, theme: Theme): void {
    const { at, area } = this;
    if (at === undefined || !area || !this.tip) return;
    const groups = this.groupsIn(size.width);
    const place = groups.findIndex((group) => group === this.groups[at]);
    if (place < 0) return;
    const width = (area.right - area.left) / groups.length;
    pen.strokeStyle = theme.foreground;
    pen.lineWidth = 1;
    pen.beginPath();
    pen.rect(area.left + place * width + 1, area.top, width - 2, area.bottom - area.top);
    pen.stroke();
  }

  protected override point(at: { readonly x: number; readonly y: number } | undefined): void {
    const { area } = this;
    if (!at || !area) {
      this.show(undefined);
      return;
    }
    const groups = this.groupsIn(this.clientWidth);
    const group = groups[Math.floor(((at.x - area.left) / (area.right - area.left)) * groups.length)];
    this.show(group && this.groups.indexOf(group));
  }

  protected override press(key: string): boolean {
    const to = steppedTo(key, this.at, this.groups.length);
    if (to === undefined) return false;
    this.reveal(to);
    this.show(to);
    return true;
  }

  /** Brings a group into view. */
  private reveal(at: number): void {
    const room = this.roomIn(this.clientWidth);
    const first = this.firstIn(this.clientWidth);
    this.first = at < first ? at : at >= first + room ? at - room + 1 : first;
    const scroller = this.renderRoot.querySelector('.scroller');
    if (scroller) scroller.scrollLeft = (this.first / this.groups.length) * scroller.scrollWidth;
  }

  private show(at: number | undefined): void {
    const group = at === undefined ? undefined : this.groups[at];
    this.at = group ? at : undefined;
    this.tip = group && {
      title: group.label,
      lines: statWords(group.stats).map(([label, value]) => ({ label, value })),
      onLeft: (at ?? 0) - this.firstIn(this.clientWidth) < this.groupsIn(this.clientWidth).length / 2,
    };
  }

  override table(): PlotTable {
    const [first] = this.groups;
    return {
      head: [this.columns[1]?.title ?? '', ...(first ? statWords(first.stats).map(([label]) => label) : [])],
      rows: this.groups.map(({ label, stats }) => [label, ...statNumbers(stats)]),
    };
  }
}

function drawBox(
  pen: Pen,
  theme: Theme,
  { low, q1, median, q3, high, outliers }: BoxStats,
  x: number,
  half: number,
  placeY: (value: number) => number,
): void {
  pen.fillStyle = pen.strokeStyle = seriesStroke(theme, 0).color;
  pen.globalAlpha = 0.35;
  pen.fillRect(x - half, placeY(q3), half * 2, Math.max(1, placeY(q1) - placeY(q3)));
  pen.globalAlpha = 1;
  pen.lineWidth = 1;
  pen.beginPath();
  pen.rect(x - half, placeY(q3), half * 2, Math.max(1, placeY(q1) - placeY(q3)));
  for (const [from, to] of [
    [q3, high],
    [q1, low],
  ] as const) {
    pen.moveTo(x, placeY(from));
    pen.lineTo(x, placeY(to));
    pen.moveTo(x - half / 2, placeY(to));
    pen.lineTo(x + half / 2, placeY(to));
  }
  pen.stroke();
  pen.lineWidth = 2;
  pen.beginPath();
  pen.moveTo(x - half, placeY(median));
  pen.lineTo(x + half, placeY(median));
  pen.stroke();
  pen.beginPath();
  for (const value of outliers) pen.rect(x - 1.5, placeY(value) - 1.5, 3, 3);
  pen.fill();
}

function statNumbers({ count, low, q1, median, q3, high, mean, notFinite }: BoxStats): number[] {
  return [count, median, mean, q1, q3, low, high, notFinite];
}

function statWords(stats: BoxStats): [string, string][] {
  const names = [
    l10n.t('runs'),
    l10n.t('median'),
    l10n.t('mean'),
    l10n.t('first quartile'),
    l10n.t('third quartile'),
    l10n.t('lower whisker'),
    l10n.t('upper whisker'),
    l10n.t('NaN or infinite'),
  ];
  return statNumbers(stats).map((value, i) => [names[i] ?? '', formatNumber(value)]);
}

customElements.define('rs-box-chart', BoxChart);
