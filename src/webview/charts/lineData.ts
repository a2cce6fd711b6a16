import * as l10n from '@vscode/l10n';
import { exactNumber, formatDateTime, formatDuration, formatNumber } from '../../domain/format';
import { type Axis, type ReducedPoints, xOf } from '../../domain/reduce';
import type { ScaleKind } from '../../domain/scale';
import type { ChartRequest } from '../../panels/webview.messages';
import { seriesAmong } from '../shared/seriesColours';

/** A run's line; `row` names the run to who gives the lines, `series` is its place in the palette. */
export interface PlotLine {
  readonly row: number;
  readonly label: string;
  readonly series: number;
  readonly points: ReducedPoints;
}

/** A line as it is drawn; the arrays have one length. */
export interface DrawnLine extends PlotLine {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

export function drawnLines(lines: readonly PlotLine[], axis: Axis): DrawnLine[] {
  return lines.map((line) => ({
    ...line,
    series: seriesAmong(line.series, lines.length),
    x: xOf(line.points, axis),
    y: line.points.smoothed ?? line.points.values,
  }));
}

/** Points of one chart: a browser draws them in a good tenth of a second. However many lines there are, all are drawn. */
const mostPoints = 500_000;
/** A bucket keeps its first, last, least and greatest point. */
export const bucketPoints = 4;
export const leastBuckets = 16;

/** Into how many buckets each of so many lines is reduced: one for each px, fewer where that would be too many points. */
export function bucketsOf(width: number, lines: number): number {
  const affordable = Math.floor(mostPoints / bucketPoints / Math.max(1, lines));
  return Math.max(leastBuckets, Math.min(Math.max(100, Math.round(width)), affordable));
}

export function scaleKind(axis: Axis, log: boolean): ScaleKind {
  if (axis === 'time') return 'time';
  if (axis === 'relative') return 'duration';
  return log ? 'log' : 'whole';
}

/** Index of the real point nearest to x; -1 beyond the ends of the line. */
export function nearestIndex(x: Float64Array, at: number): number {
  const last = x.length - 1;
  if (last < 0 || at < (x[0] ?? 0) || at > (x[last] ?? 0)) return -1;
  let [low, high] = [0, last];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((x[middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low > 0 && at - (x[low - 1] ?? 0) <= (x[low] ?? 0) - at ? low - 1 : low;
}

/** Every x that a line has a point at, ascending. */
export function allX(lines: readonly DrawnLine[]): Float64Array {
  const all = new Set<number>();
  for (const { x } of lines) for (const value of x) all.add(value);
  return Float64Array.from(all).sort();
}

export function xWords(axis: Axis, x: number): string {
  if (axis === 'time') return formatDateTime(x);
  return axis === 'step' ? l10n.t('step {0}', exactNumber(x)) : formatDuration(x);
}

/** What a line chart says to who cannot see it; of many lines their number. */
export function linesSummary(metric: string, lines: readonly DrawnLine[], axis: Axis): string {
  const shown = lines.filter(({ x }) => x.length > 0);
  if (shown.length === 0) return l10n.t('{0}: no points', metric);
  if (shown.length > 8) return l10n.t('{0}: {1} lines', metric, shown.length);
  return [metric, ...shown.map((line) => lineWords(line, axis))].join('. ');
}

function lineWords({ label, points, x }: DrawnLine, axis: Axis): string {
  const span = l10n.t(
    '{0}: {1} points from {2} to {3}',
    label,
    points.total,
    xWords(axis, x[0] ?? NaN),
    xWords(axis, x.at(-1) ?? NaN),
  );
  const finite = points.values.filter(Number.isFinite);
  if (finite.length === 0) return l10n.t('{0}, none of them a finite number', span);
  const [least, greatest] = [finite.reduce((a, b) => Math.min(a, b)), finite.reduce((a, b) => Math.max(a, b))];
  return l10n.t(
    '{0}, least {1}, greatest {2}, last {3}',
    span,
    formatNumber(least),
    formatNumber(greatest),
    formatNumber(points.values.at(-1)),
  );
}

/** Whether all points that were logged stand on one step. */
export function onOneStep(lines: readonly ReducedPoints[]): boolean {
  const first = lines.find(({ steps }) => steps.length > 0)?.steps[0];
  return first !== undefined && lines.every(({ steps }) => steps.every((step) => step === first));
}

/** What was logged without steps lies on one step: only time spreads it. */
export async function readSpread<T>(
  asked: ChartRequest,
  read: (request: ChartRequest) => Promise<readonly T[]>,
  pointsOf: (line: T) => ReducedPoints,
): Promise<{ readonly request: ChartRequest; readonly lines: readonly T[] }> {
  const lines = await read(asked);
  const points = lines.map(pointsOf);
  const isSpread = asked.axis !== 'step' || !onOneStep(points) || points.every(({ total }) => total < 2);
  if (isSpread) return { request: asked, lines };
  const request: ChartRequest = { ...asked, axis: 'time' };
  return { request, lines: await read(request) };
}

/** Whether two lines run through the same points. */
export function samePoints(a: ReducedPoints, b: ReducedPoints): boolean {
  const same = (left: Float64Array, right: Float64Array): boolean =>
    left.length === right.length && left.every((value, i) => Object.is(value, right[i]));
  return a.total === b.total && same(a.steps, b.steps) && same(a.timestamps, b.timestamps) && same(a.values, b.values);
}

/** "600 of 12,000 points" where points were left out, and what has no place in the chart; nothing else. */
export function shownWords(lines: readonly PlotLine[]): string {
  const sum = (count: (line: PlotLine) => number): number => lines.reduce((all, line) => all + count(line), 0);
  const drawn = sum(({ points }) => points.values.length);
  const total = sum(({ points }) => points.inRange ?? points.total);
  const lost = sum(({ points }) => points.values.reduce((count, value) => count + (Number.isFinite(value) ? 0 : 1), 0));
  return [
    drawn < total ? l10n.t('{0} of {1} points', formatNumber(drawn), formatNumber(total)) : '',
    lost > 0 && lost < drawn ? l10n.t('lines break at NaN and infinite values') : '',
  ]
    .filter((words) => words !== '')
    .join(' · ');
}
