import * as l10n from '@vscode/l10n';
import { exactNumber, formatDateTime, formatNumber } from '../../domain/format';
import { type Aligned, type Axis, type ReducedPoints, xOf } from '../../domain/reduce';

/** One line of a chart; `series` is its place in the palette. */
export interface ChartLine {
  readonly label: string;
  readonly series: number;
  readonly points: ReducedPoints;
}

/** A value as uPlot draws it: null breaks the line, undefined (no point here) does not. */
export function drawnValue(value: number | undefined, logScale: boolean): number | null | undefined {
  if (value === undefined) return undefined;
  return Number.isFinite(value) && !(logScale && value <= 0) ? value : null;
}

/** Per line the index of its real point nearest to a position of the common x; -1 beyond its first and last point. */
export function nearestPoints({ x, indices }: Aligned, position: number): number[] {
  return indices.map((row) => {
    let left = position;
    while (left >= 0 && (row[left] ?? -1) < 0) left--;
    let right = position;
    while (right < row.length && (row[right] ?? -1) < 0) right++;
    if (left < 0 || right >= row.length) return -1;
    const at = x[position] ?? 0;
    return row[at - (x[left] ?? 0) <= (x[right] ?? 0) - at ? left : right] ?? -1;
  });
}

/** What a chart says to who cannot see it. */
export function summaryOf(metric: string, lines: readonly ChartLine[], axis: Axis): string {
  const parts = lines.filter(({ points }) => points.values.length > 0).map((line) => lineSummary(line, axis));
  return [metric, ...parts].join('. ');
}

function lineSummary({ label, points }: ChartLine, axis: Axis): string {
  const x = xOf(points, axis);
  const finite = points.values.filter((value) => Number.isFinite(value));
  const at = (value: number | undefined): string => (axis === 'step' ? exactNumber(value) : formatDateTime(value));
  const span = l10n.t('{0}: {1} points from {2} to {3}', label, points.total, at(x[0]), at(x.at(-1)));
  if (finite.length === 0) return l10n.t('{0}, none of them a finite number', span);
  const [least, greatest] = [finite.reduce((a, b) => Math.min(a, b)), finite.reduce((a, b) => Math.max(a, b))];
  const last = formatNumber(points.values.at(-1));
  return l10n.t('{0}, least {1}, greatest {2}, last {3}', span, formatNumber(least), formatNumber(greatest), last);
}

/** "600 of 12,000 points" where points were left out; nothing else. */
export function sampledWords(lines: readonly ChartLine[]): string {
  const drawn = lines.reduce((sum, { points }) => sum + points.values.length, 0);
  const total = lines.reduce((sum, { points }) => sum + points.total, 0);
  return drawn < total ? l10n.t('{0} of {1} points', formatNumber(drawn), formatNumber(total)) : '';
}

/** Whether two lines run through the same points. */
export function samePoints(a: ReducedPoints, b: ReducedPoints): boolean {
  const same = (left: Float64Array, right: Float64Array): boolean =>
    left.length === right.length && left.every((value, i) => Object.is(value, right[i]));
  return a.total === b.total && same(a.steps, b.steps) && same(a.timestamps, b.timestamps) && same(a.values, b.values);
}
