import { type ColumnName, type FrameColumn, isMetricColumn } from './frame';

/** A column as charts draw it: a number for each row, or the place of its text among the labels; NaN where missing. */
export interface ChartColumn {
  /** Tells it from a column of another group with the same title. */
  readonly id: string;
  readonly title: string;
  readonly values: Float64Array;
  /** Ascending; present where the values are places among them. */
  readonly labels?: readonly string[];
}

/** Params and tags are texts: numbers where all of them are, else places among their sorted texts. */
export function chartColumn({ group, key }: ColumnName, column: FrameColumn): ChartColumn {
  const name = { id: JSON.stringify([group, key]), title: key };
  if (isMetricColumn(column)) return { ...name, values: column.values };
  const numbers = column.dictionary.map((text) => (text.trim() === '' ? NaN : Number(text)));
  if (!numbers.some(Number.isNaN)) {
    return { ...name, values: Float64Array.from(column.codes, (code) => numbers[code] ?? NaN) };
  }
  const labels = [...column.dictionary].sort();
  const places = new Map(labels.map((label, place) => [label, place]));
  const placeOf = column.dictionary.map((text) => places.get(text) ?? NaN);
  return { ...name, labels, values: Float64Array.from(column.codes, (code) => placeOf[code] ?? NaN) };
}
