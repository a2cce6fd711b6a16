import { type FrameColumn, isMetricColumn } from '../../domain/frame';
import type { Ref } from '../../domain/ref';
import type { SortValues } from '../../domain/rowOrder';
import { type RunTable, runStatuses } from '../../domain/run';
import type { RunsContent } from '../../panels/runs/runs.messages';
import { type Column, nameColumn } from './columns';

/** What rows are sorted by when a column's header is chosen. */
export function sortValues(column: Column, data: FrameColumn | undefined, content: RunsContent): SortValues {
  if (data && isMetricColumn(data)) return { kind: 'number', values: data.values };
  if (data) return numbersWhereAll(data.codes, data.dictionary);
  const { attributes } = content;
  if (column.id === 'started') return { kind: 'number', values: attributes.startTimes };
  if (column.id !== 'duration') return { kind: 'texts', texts: textsOf(column, content) };
  const durations = Array.from(attributes.runIds, (_, row) => durationAt(attributes, row));
  return { kind: 'number', values: Float64Array.from(durations) };
}

/** Texts of a column that every table has, by row. */
export function textsOf({ id }: Column, content: RunsContent): readonly string[] {
  const { attributes } = content;
  return Array.from(attributes.runIds, (runId, row) => {
    if (id === nameColumn) return nameOf(attributes, row);
    if (id === 'experiment') return experimentOf(content, row);
    if (id === 'status') return runStatuses[attributes.statuses[row] ?? 0] ?? '';
    return (id === 'user' ? attributes.userIds[row] : runId) ?? '';
  });
}

/** Params are texts, but `1e-3` comes before `0.01`. */
function numbersWhereAll(codes: Int32Array, dictionary: readonly string[]): SortValues {
  const numbers = dictionary.map((text) => (text.trim() === '' ? NaN : Number(text)));
  if (numbers.some(Number.isNaN)) return { kind: 'text', codes, dictionary };
  return { kind: 'number', values: Float64Array.from(codes, (code) => numbers[code] ?? NaN) };
}

export function nameOf({ runNames, runIds }: RunTable, row: number): string {
  const name = runNames[row] ?? '';
  return name === '' ? (runIds[row] ?? '') : name;
}

/** ms; NaN where it has not ended. */
export function durationAt({ startTimes, endTimes }: RunTable, row: number): number {
  return (endTimes[row] ?? NaN) - (startTimes[row] ?? NaN);
}

export function experimentOf(content: RunsContent, row: number): string {
  const id = content.attributes.experimentIds[row] ?? '';
  return content.experimentNames[JSON.stringify([sourceOf(content, row), id])] ?? id;
}

export function refOf(content: RunsContent, row: number): Ref {
  return { kind: 'run', registry: sourceOf(content, row), id: content.attributes.runIds[row] ?? '' };
}

/** Runs of one table in another one, by their ids. */
export function foundAgain(rows: Iterable<number>, before: RunTable | undefined, now: RunTable): number[] {
  const ids = new Set(Array.from(rows, (row) => before?.runIds[row]));
  return ids.size === 0 ? [] : now.runIds.flatMap((id, row) => (ids.has(id) ? [row] : []));
}

/** Which source a row is of: sources stand below each other. */
function sourceOf({ sources, lengths }: RunsContent, row: number): string {
  let end = 0;
  const index = lengths.findIndex((length) => row < (end += length));
  return sources[index]?.registry ?? '';
}
