import { type FrameColumn, isMetricColumn } from '../../domain/frame';
import { refKey, type Ref } from '../../domain/ref';
import type { SortValues } from '../../domain/rowOrder';
import { runStatuses } from '../../domain/run';
import { type RunAttributes, textOfRow, unpackTexts } from '../../domain/runAttributes';
import type { RunsContent } from '../../panels/runs/runs.messages';
import { type Column, nameColumn } from './columns';

/** What rows are sorted by when a column's header is chosen. */
export function sortValues(column: Column, data: FrameColumn | undefined, content: RunsContent): SortValues {
  if (data && isMetricColumn(data)) return { kind: 'number', values: data.values };
  if (data) return numbersWhereAll(data.codes, data.dictionary);
  const { attributes } = content;
  if (column.id === 'started') return { kind: 'number', values: attributes.startTimes };
  if (column.id !== 'duration') return { kind: 'texts', texts: textsOf(column, content) };
  return { kind: 'number', values: attributes.endTimes.map((_, row) => durationAt(attributes, row)) };
}

/** Texts of a column that every table has, by row. */
export function textsOf({ id }: Column, content: RunsContent): readonly string[] {
  const { attributes } = content;
  return Array.from(attributes.statuses, (status, row) => {
    if (id === nameColumn) return nameOf(attributes, row);
    if (id === 'experiment') return experimentOf(content, row);
    if (id === 'status') return runStatuses[status] ?? '';
    return textOfRow(id === 'user' ? attributes.userIds : attributes.runIds, row);
  });
}

/** Params are texts, but `1e-3` comes before `0.01`. */
function numbersWhereAll(codes: Int32Array, dictionary: readonly string[]): SortValues {
  const numbers = dictionary.map((text) => (text.trim() === '' ? NaN : Number(text)));
  if (numbers.some(Number.isNaN)) return { kind: 'text', codes, dictionary };
  return { kind: 'number', values: Float64Array.from(codes, (code) => numbers[code] ?? NaN) };
}

export function nameOf({ runNames, runIds }: RunAttributes, row: number): string {
  const name = textOfRow(runNames, row);
  return name === '' ? textOfRow(runIds, row) : name;
}

/** ms; NaN where it has not ended. */
export function durationAt({ startTimes, endTimes }: RunAttributes, row: number): number {
  return (endTimes[row] ?? NaN) - (startTimes[row] ?? NaN);
}

export function experimentOf(content: RunsContent, row: number): string {
  const id = textOfRow(content.attributes.experimentIds, row);
  return content.experimentNames[JSON.stringify([sourceOf(content, row), id])] ?? id;
}

export function refOf(content: RunsContent, row: number): Ref {
  return { kind: 'run', registry: sourceOf(content, row), id: textOfRow(content.attributes.runIds, row) };
}

export function someDeleted({ attributes }: RunsContent, rows: Iterable<number>): boolean {
  for (const row of rows) if (attributes.deleted[row] === 1) return true;
  return false;
}

/** Runs of one table in another one. A copy of a store has the same ids: they are told apart by their registries. */
export function foundAgain(rows: Iterable<number>, before: RunsContent | undefined, now: RunsContent): number[] {
  const refs = before ? Array.from(rows, (row) => refOf(before, row)) : [];
  if (refs.length === 0) return [];
  const [ids, keys] = [new Set(refs.map(({ id }) => id)), new Set(refs.map(refKey))];
  return unpackTexts(now.attributes.runIds).flatMap((id, row) => {
    return ids.has(id) && keys.has(refKey(refOf(now, row))) ? [row] : [];
  });
}

/** Rows by the registry and the id of their runs: a copy of a store has the same ids. */
export function rowsByRun({
  sources,
  lengths,
  attributes,
}: RunsContent): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const rows = new Map<string, Map<string, number>>(sources.map(({ registry }) => [registry, new Map()]));
  let row = 0;
  sources.forEach(({ registry }, source) => {
    for (const end = row + (lengths[source] ?? 0); row < end; row++)
      rows.get(registry)?.set(textOfRow(attributes.runIds, row), row);
  });
  return rows;
}

/** Which source a row is of: sources stand below each other. */
function sourceOf({ sources, lengths }: RunsContent, row: number): string {
  let end = 0;
  const index = lengths.findIndex((length) => row < (end += length));
  return sources[index]?.registry ?? '';
}
