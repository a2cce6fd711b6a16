import * as l10n from '@vscode/l10n';
import type { ReducedPoints } from '../../domain/reduce';
import type { ChartRequest } from '../../panels/webview.messages';
import { bucketPoints, leastBuckets, type PlotLine } from './lineData';
import type { PlotTable } from './plotTable';

/** A table for a file; `words` say what is not in it. */
export interface WholeTable {
  readonly table: PlotTable;
  readonly words: string;
}

/** Points of a file: more would not fit into the page. */
const mostPoints = 1_000_000;

export function linesTable(lines: readonly PlotLine[]): PlotTable {
  return {
    head: [l10n.t('Run'), l10n.t('Step'), l10n.t('Value'), l10n.t('Time')],
    rows: lines.flatMap(({ label, points }) =>
      Array.from(points.values, (value, i) => [
        label,
        points.steps[i] ?? NaN,
        value,
        new Date(points.timestamps[i] ?? NaN),
      ]),
    ),
  };
}

/** With the points that drawing left out and those beyond a zoom. @param read one line for each of these, in their order */
export async function wholeTable(
  { range: _zoomed, ...request }: ChartRequest,
  lines: readonly PlotLine[],
  read: (request: ChartRequest) => Promise<readonly (ReducedPoints | undefined)[]>,
): Promise<WholeTable> {
  const longest = lines.reduce((most, { points }) => Math.max(most, points.total), 0);
  const affordable = Math.floor(mostPoints / bucketPoints / Math.max(1, lines.length));
  const whole = await read({ ...request, buckets: Math.max(leastBuckets, Math.min(longest, affordable)) });
  const table = linesTable(lines.map((line, i) => ({ ...line, points: whole[i] ?? line.points })));
  const total = whole.reduce((sum, points) => sum + (points?.total ?? 0), 0);
  const isCut = table.rows.length < total;
  return { table, words: isCut ? l10n.t('{0} of {1} points', table.rows.length, total) : '' };
}
