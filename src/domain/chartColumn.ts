import { type ColumnName, type FrameColumn, isMetricColumn } from './frame';

/** A column as charts draw it: a number for each row, or the place of its text among the labels; NaN where missing. */
export interface ChartColumn {
  readonly title: string;
  readonly values: Float64Array;
  /** Ascending; present where the values are places among them. */
  readonly labels?: readonly string[];
}

/** Params and tags are texts: numbers where all of them are, else places among their sorted texts. */
export function chartColumn({ key }: ColumnName, column: FrameColumn): ChartColumn {
  if (isMetricColumn(column)) return { title: key, values: column.values };
  const numbers = column.dictionary.map((text) => (text.trim() === '' ? NaN : Number(text)));
  if (!numbers.some(Number.isNaN)) {
    return { title: key, values: Float64Array.from(column.codes, (code) => numbers[code] ?? NaN) };
  }
  const labels = [...column.dictionary].sort();
  const places = new Map(labels.map((label, place) => [label, place]));
  const placeOf = column.dictionary.map((text) => places.get(text) ?? NaN);
  return { title: key, labels, values: Float64Array.from(column.codes, (code) => placeOf[code] ?? NaN) };
}
