import { type ChartColumn, chartWordsAt } from '../../domain/chartColumn';
import { absent, exactNumber } from '../../domain/format';
import { type Scale, scaleOver } from '../../domain/scale';
import { seriesStroke, type Theme } from '../shared/theme';
import type { AxisLook } from './axes';
import { Plot } from './plot';
import type { ChartRun } from './source';

/** A chart of columns over many runs: all that match, those in colour on top. */
export abstract class RowsPlot extends Plot {
  static override readonly properties: Record<string, object> = {
    ...Plot.properties,
    columns: { attribute: false },
    rows: { attribute: false },
    runs: { attribute: false },
    nameOf: { attribute: false, hasChanged: () => false },
  };
  declare columns: readonly ChartColumn[];
  declare rows: Uint32Array;
  declare runs: readonly ChartRun[];
  declare nameOf: (row: number) => string;

  protected valueWords(column: ChartColumn | undefined, row: number): string {
    return column ? chartWordsAt(column, row, exactNumber) : absent;
  }

  protected seriesAt(row: number): { readonly series: number } | undefined {
    const run = this.runs.find((each) => each.row === row);
    return run && { series: run.series };
  }
}

/** Runs whose marks can be told apart; more are drawn smaller, and together by colour. */
export const distinctRuns = 50;

/** Rows of runs by the colour that they have in the palette. */
export function rowsByColour(runs: readonly ChartRun[], theme: Theme): ReadonlyMap<string, Uint32Array> {
  const rows = new Map<string, number[]>();
  for (const { row, series } of runs) {
    const { color } = seriesStroke(theme, series);
    const known = rows.get(color);
    if (known) known.push(row);
    else rows.set(color, [row]);
  }
  return new Map([...rows].map(([color, each]) => [color, Uint32Array.from(each)]));
}

/** Two powers of ten apart, and never zero or less: what people try in steps of ten, such as learning rates. */
const logSpan = 100;

/** An axis of a column over these rows. */
export function axisOf({ title, values, labels }: ChartColumn, rows: Uint32Array): AxisLook {
  if (labels) return { title, labels, scale: { kind: 'linear', low: -0.5, high: Math.max(0.5, labels.length - 0.5) } };
  // A loop: `from` with a function takes ten times as long.
  const shown = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) shown[i] = values[rows[i] ?? 0] ?? NaN;
  const scale = logScaleOf(shown) ?? scaleOver('linear', [shown], 0.04);
  // Ticks of a scale that no value has a place on would be made up.
  return shown.some(Number.isFinite) ? { title, scale } : { title, scale, labels: [] };
}

function logScaleOf(values: Float64Array): Scale | undefined {
  let least = Infinity;
  let greatest = 0;
  for (const value of values) {
    if (value <= 0) return undefined;
    if (value < least) least = value;
    if (value > greatest && value < Infinity) greatest = value;
  }
  return greatest / least >= logSpan ? { kind: 'log', low: least / 1.3, high: greatest * 1.3 } : undefined;
}
