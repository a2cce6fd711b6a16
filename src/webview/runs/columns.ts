import * as l10n from '@vscode/l10n';
import { exactNumber, formatDateTime, formatDuration, formatNumber, formatTime } from '../../domain/format';
import { type ColumnName, type FrameColumn, isMetricColumn } from '../../domain/frame';
import type { SortValues } from '../../domain/rowOrder';
import { type RunTable, runStatuses } from '../../domain/run';
import { metricAt, textAt } from '../../domain/runTable';
import type { RunsContent } from '../../panels/runs/runs.messages';

/** A column of the table; one with a `name` is read when it is first seen. */
export interface Column {
  /** Equal ids are one column, over reloads too. */
  readonly id: string;
  readonly title: string;
  /** px */
  readonly width: number;
  readonly numeric?: boolean;
  readonly name?: ColumnName;
}

/** What a cell shows; `exact` is for the tooltip and for copying. */
export interface Cell {
  readonly text: string;
  readonly exact?: string;
}

/** The column that stands still when the others scroll. */
export const nameColumn = 'name';

export function columnsOf({ keys, experimentNames }: RunsContent): Column[] {
  const metric = (key: string): Column => ({ ...dataColumn('metrics', key, 96), numeric: true });
  const isSystem = (key: string): boolean => key.startsWith('system/');
  return [
    { id: nameColumn, title: l10n.t('Run'), width: 200 },
    { id: 'status', title: l10n.t('Status'), width: 80 },
    ...(Object.keys(experimentNames).length > 1 ? [{ id: 'experiment', title: l10n.t('Experiment'), width: 140 }] : []),
    { id: 'started', title: l10n.t('Started'), width: 140 },
    { id: 'duration', title: l10n.t('Duration'), width: 96, numeric: true },
    ...keys.metrics.filter((key) => !isSystem(key)).map(metric),
    ...keys.params.map((key) => dataColumn('params', key, 110)),
    { id: 'user', title: l10n.t('User'), width: 90 },
    ...keys.tags.filter((key) => !key.startsWith('mlflow.')).map((key) => dataColumn('tags', key, 110)),
    ...keys.metrics.filter(isSystem).map(metric),
  ];
}

/** Wide enough for the title, so that most need no resizing. */
function dataColumn(group: ColumnName['group'], key: string, least: number): Column {
  const width = Math.max(least, Math.min(180, key.length * 7 + 24));
  return { id: JSON.stringify([group, key]), title: key, width, name: { group, key } };
}

export function cellOf(
  column: Column,
  data: FrameColumn | undefined,
  content: RunsContent,
  row: number,
  now: number,
): Cell {
  if (column.name) return data ? dataCell(data, row) : { text: '' };
  const { attributes } = content;
  switch (column.id) {
    case nameColumn:
      return { text: nameOf(attributes, row), exact: attributes.runIds[row] ?? '' };
    case 'status':
      return { text: statusWords()[runStatuses[attributes.statuses[row] ?? 0] ?? 'RUNNING'] };
    case 'experiment':
      return { text: experimentOf(content, row) };
    case 'started':
      return {
        text: formatTime(present(attributes.startTimes[row]), now),
        exact: formatDateTime(present(attributes.startTimes[row])),
      };
    case 'duration':
      return { text: formatDuration(present(durationAt(attributes, row))) };
    default:
      return { text: attributes.userIds[row] ?? '' };
  }
}

function dataCell(data: FrameColumn, row: number): Cell {
  if (!isMetricColumn(data)) return { text: textAt(data, row) ?? '' };
  const value = metricAt(data, row);
  return value === undefined ? { text: '' } : { text: formatNumber(value), exact: exactNumber(value) };
}

/** What the table is sorted by when its header is chosen. */
export function sortValues(column: Column, data: FrameColumn | undefined, content: RunsContent): SortValues {
  if (data)
    return isMetricColumn(data)
      ? { kind: 'number', values: data.values }
      : numbersWhereAll(data.codes, data.dictionary);
  const { attributes } = content;
  const each = (text: (row: number) => string): SortValues => coded(attributes.length, text);
  if (column.id === 'started') return { kind: 'number', values: attributes.startTimes };
  if (column.id === 'duration') {
    return {
      kind: 'number',
      values: Float64Array.from({ length: attributes.length }, (_, row) => durationAt(attributes, row)),
    };
  }
  if (column.id === nameColumn) return each((row) => nameOf(attributes, row));
  if (column.id === 'experiment') return each((row) => experimentOf(content, row));
  if (column.id === 'status') return each((row) => runStatuses[attributes.statuses[row] ?? 0] ?? '');
  return each((row) => attributes.userIds[row] ?? '');
}

/** Params are texts, but `1e-3` comes before `0.01`. */
function numbersWhereAll(codes: Int32Array, dictionary: readonly string[]): SortValues {
  const numbers = dictionary.map((text) => (text.trim() === '' ? NaN : Number(text)));
  if (numbers.some(Number.isNaN)) return { kind: 'text', codes, dictionary };
  return { kind: 'number', values: Float64Array.from(codes, (code) => numbers[code] ?? NaN) };
}

function coded(length: number, text: (row: number) => string): SortValues {
  const codeOf = new Map<string, number>();
  const codes = Int32Array.from({ length }, (_, row) => {
    const value = text(row);
    const code = codeOf.get(value) ?? codeOf.size;
    codeOf.set(value, code);
    return code;
  });
  return { kind: 'text', codes, dictionary: [...codeOf.keys()] };
}

export function nameOf({ runNames, runIds }: RunTable, row: number): string {
  const name = runNames[row] ?? '';
  return name === '' ? (runIds[row] ?? '') : name;
}

/** Which source a row is of: sources stand below each other. */
export function sourceOf({ sources, lengths }: RunsContent, row: number): string {
  let end = 0;
  const index = lengths.findIndex((length) => row < (end += length));
  return sources[index]?.registry ?? '';
}

function experimentOf(content: RunsContent, row: number): string {
  const id = content.attributes.experimentIds[row] ?? '';
  return content.experimentNames[JSON.stringify([sourceOf(content, row), id])] ?? id;
}

function durationAt({ startTimes, endTimes }: RunTable, row: number): number {
  return (endTimes[row] ?? NaN) - (startTimes[row] ?? NaN);
}

function present(value: number | undefined): number | undefined {
  return Number.isNaN(value) ? undefined : value;
}

function statusWords(): Readonly<Record<(typeof runStatuses)[number], string>> {
  return {
    FINISHED: l10n.t('finished'),
    FAILED: l10n.t('failed'),
    RUNNING: l10n.t('running'),
    KILLED: l10n.t('killed'),
    SCHEDULED: l10n.t('scheduled'),
  };
}
