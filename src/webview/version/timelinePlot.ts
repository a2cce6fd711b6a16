import * as l10n from '@vscode/l10n';
import { absent, exactNumber } from '../../domain/format';
import { project, scaleOver } from '../../domain/scale';
import type { VersionMark, VersionMetric } from '../../domain/versionPage';
import { type Area, areaOf, type AxisLook, drawAxes, drawWords, type Size, textWidth } from '../charts/axes';
import type { Pen } from '../charts/pen';
import { Plot, steppedTo } from '../charts/plot';
import type { PlotTable } from '../charts/plotTable';
import { seriesStroke, type Theme } from '../shared/theme';

/** Room for the names of aliases over the greatest value, px. */
const aliasRoom = 24;
/** px within which a point is pointed at */
const reach = 12;

/** A metric over the versions of a model, oldest first, with the aliases where they stand. Tells `open` (a version). */
export class TimelinePlot extends Plot {
  static override readonly properties = {
    ...Plot.properties,
    marks: { attribute: false },
    metric: { attribute: false },
    current: { attribute: false },
    cursor: { state: true },
  };
  declare marks: readonly VersionMark[];
  declare metric: VersionMetric;
  /** The version whose page it is. */
  declare current: string;
  /** Place of the version that is pointed at. */
  declare private cursor: number | undefined;
  private area: Area | undefined;
  private placeX: (place: number) => number = () => NaN;
  private placeY: (value: number) => number = () => NaN;
  protected override readonly light = ['highlighted', 'tip', 'spoken', 'cursor'];

  constructor() {
    super();
    this.addEventListener('click', () => this.open(this.cursor));
  }

  override get summary(): string {
    return l10n.t('{0} over {1} versions', this.metric.key, this.marks.length);
  }

  private valueAt(place: number): number | undefined {
    return this.metric.values[place] ?? undefined;
  }

  protected override paint(pen: Pen, size: Size, theme: Theme): void {
    const { marks } = this;
    const values = Float64Array.from(marks, (_, place) => this.valueAt(place) ?? NaN);
    if (!values.some(Number.isFinite)) {
      drawWords(pen, theme, size, l10n.t("No version's run has a finite value of it"));
      return;
    }
    const x: AxisLook = {
      scale: { kind: 'linear', low: -0.5, high: marks.length - 0.5 },
      labels: marks.map(({ version }) => `v${version}`),
    };
    const y: AxisLook = { scale: scaleOver('linear', [values], 0.06) };
    const area = (this.area = { ...areaOf(size, x, y), top: aliasRoom });
    this.placeX = project(x.scale, area.left, area.right);
    this.placeY = project(y.scale, area.bottom, area.top);
    drawAxes(pen, theme, area, [x, y], this.placeX, this.placeY);
    this.paintLine(pen, theme, values);
    marks.forEach((_, place) => this.paintVersion(pen, theme, place));
  }

  /** Through all that have a value: a version without one says nothing of those beside it. */
  private paintLine(pen: Pen, theme: Theme, values: Float64Array): void {
    pen.strokeStyle = seriesStroke(theme, 0).color;
    pen.lineWidth = 1.5;
    pen.setLineDash([]);
    pen.beginPath();
    const finite = [...values.keys()].filter((place) => Number.isFinite(values[place]));
    finite.forEach((place, i) => {
      const [px, py] = [this.placeX(place), this.placeY(values[place] ?? NaN)];
      if (i === 0) pen.moveTo(px, py);
      else pen.lineTo(px, py);
    });
    pen.stroke();
  }

  private paintVersion(pen: Pen, theme: Theme, place: number): void {
    const mark = this.marks[place];
    const [px, py] = this.placeOf(place);
    if (!mark || !Number.isFinite(py)) return;
    const isOwn = mark.version === this.current;
    const { color } = seriesStroke(theme, 0);
    pen.strokeStyle = color;
    pen.fillStyle = isOwn ? color : theme.background;
    pen.beginPath();
    pen.arc(px, py, isOwn ? 5.5 : 4, 0, 2 * Math.PI);
    pen.fill();
    pen.stroke();
    if (isOwn || mark.aliases.length > 0) this.paintName(pen, theme, nameOf(mark), px, py - 13);
  }

  private paintName(pen: Pen, theme: Theme, name: string, x: number, y: number): void {
    const half = textWidth(name) / 2;
    const { left, right } = this.area ?? { left: 0, right: x };
    const middle = Math.max(left + half, Math.min(right - half, x));
    // The line goes up from a low version, through its name.
    pen.fillStyle = theme.background;
    pen.fillRect(middle - half - 2, y - 7, 2 * half + 4, 14);
    pen.fillStyle = theme.foreground;
    pen.textAlign = 'center';
    pen.textBaseline = 'middle';
    pen.fillText(name, middle, y);
  }

  private placeOf(place: number): [number, number] {
    return [this.placeX(place), this.placeY(this.valueAt(place) ?? NaN)];
  }

  protected override paintOver(pen: Pen, _size: Size, theme: Theme): void {
    const { cursor, area } = this;
    if (cursor === undefined || !area) return;
    const [px, py] = this.placeOf(cursor);
    pen.strokeStyle = theme.foreground;
    pen.lineWidth = 1;
    pen.setLineDash([2, 2]);
    pen.beginPath();
    pen.moveTo(px, area.top);
    pen.lineTo(px, area.bottom);
    pen.stroke();
    pen.setLineDash([]);
    if (!Number.isFinite(py)) return;
    pen.lineWidth = 2;
    pen.beginPath();
    pen.arc(px, py, 7, 0, 2 * Math.PI);
    pen.stroke();
  }

  protected override point(at: { readonly x: number; readonly y: number } | undefined): void {
    this.show(at && this.nearest(at.x, at.y));
    this.style.cursor = this.cursor === undefined ? '' : 'pointer';
  }

  private nearest(x: number, y: number): number | undefined {
    let [found, least]: [number | undefined, number] = [undefined, reach];
    this.marks.forEach((_, place) => {
      const [px, py] = this.placeOf(place);
      const distance = Math.hypot(px - x, py - y);
      if (distance < least) [found, least] = [place, distance];
    });
    return found;
  }

  /** Arrow keys begin at the version whose page it is. */
  protected override press(key: string): boolean {
    const from = this.cursor ?? this.marks.findIndex(({ version }) => version === this.current);
    if (key === 'Enter') this.open(from);
    const to = key === 'Enter' ? from : steppedTo(key, from < 0 ? undefined : from, this.marks.length);
    if (to === undefined) return false;
    this.show(to);
    return true;
  }

  private show(place: number | undefined): void {
    this.cursor = place;
    const mark = this.marks[place ?? -1];
    const value = this.valueAt(place ?? -1);
    this.tip = mark && {
      title: nameOf(mark),
      lines: [{ value: value === undefined ? absent : exactNumber(value), label: this.metric.key }],
      onLeft: (place ?? 0) < this.marks.length / 2,
    };
  }

  private open(place: number | undefined): void {
    const mark = this.marks[place ?? -1];
    if (mark) this.dispatchEvent(new CustomEvent('open', { detail: mark.version, bubbles: true, composed: true }));
  }

  /** Newest first; without the signs that a spreadsheet takes for a formula. */
  override table(): PlotTable {
    const rows = this.marks.map(({ version, aliases }, place) => {
      return [`v${version}`, aliases.join(', '), this.valueAt(place) ?? ''] as const;
    });
    return { head: [l10n.t('Version'), l10n.t('Aliases'), this.metric.key], rows: rows.reverse() };
  }
}

/** "v3 @champion" */
export function nameOf({ version, aliases }: VersionMark): string {
  return [`v${version}`, ...aliases.map((alias) => `@${alias}`)].join(' ');
}

customElements.define('rs-timeline-plot', TimelinePlot);
