import { type ColumnName, type FrameColumn, isMetricColumn } from './frame';
import { metricAt } from './runTable';

/** A column as charts draw it: a number for each row, or the place of its text among the labels; NaN where missing, or logged so. */
export interface ChartColumn {
  /** Tells it from a column of another group with the same title. */
  readonly id: string;
  readonly title: string;
  readonly values: Float64Array;
  /** As in `MetricColumn`: tells a NaN that was logged from a missing value. */
  readonly loggedNaN: Uint8Array;
  /** Ascending; present where the values are places among them. */
  readonly labels?: readonly string[];
}

/** Params and tags are texts: numbers where all of them are, else places among their sorted texts. */
export function chartColumn({ group, key }: ColumnName, column: FrameColumn): ChartColumn {
  const name = { id: JSON.stringify([group, key]), title: key, loggedNaN: new Uint8Array() };
  if (isMetricColumn(column)) return { ...name, values: column.values, loggedNaN: column.loggedNaN };
  const numbers = column.dictionary.map((text) => (text.trim() === '' ? NaN : Number(text)));
  if (!numbers.some(Number.isNaN)) {
    return { ...name, values: Float64Array.from(column.codes, (code) => numbers[code] ?? NaN) };
  }
  const labels = [...column.dictionary].sort();
  const places = new Map(labels.map((label, place) => [label, place]));
  const placeOf = column.dictionary.map((text) => places.get(text) ?? NaN);
  return { ...name, labels, values: Float64Array.from(column.codes, (code) => placeOf[code] ?? NaN) };
}

/** What a row holds: a text or a number, NaN where that was logged; nothing where it is missing. */
export function chartCellAt(column: ChartColumn, row: number): string | number | undefined {
  return column.labels ? column.labels[column.values[row] ?? -1] : metricAt(column, row);
}

export function chartWordsAt(column: ChartColumn, row: number, format: (value: number | undefined) => string): string {
  const cell = chartCellAt(column, row);
  return typeof cell === 'string' ? cell : format(cell);
}
