import * as l10n from '@vscode/l10n';
import type { Stats } from '../../domain/columnStats';
import { absent, exactNumber, formatDateTime, formatDuration, formatNumber, formatTime } from '../../domain/format';
import { isMetricColumn } from '../../domain/frame';
import { type MetricColumn, runStatuses, type TextColumn } from '../../domain/run';
import { textOfRow } from '../../domain/runAttributes';
import { groupAt, type RowGroup } from '../../domain/runLines';
import { metricAt, textAt } from '../../domain/runTable';
import type { GroupStatistic } from '../../domain/tableLayout';
import { type Column, nameColumn } from './columns';
import { durationAt, experimentOf, nameOf } from './rowValues';
import { metricColumn, type TableView } from './tableView';

/** What a cell shows. */
export interface Cell {
  readonly text: string;
  /** For the tooltip and for copying, where it is not the text. */
  readonly exact?: string;
  /** Classes that say how it looks. */
  readonly look?: string;
  /** What bold type says, in words. */
  readonly note?: string;
}

const nothing: Cell = { text: '' };

export function cellAt(view: TableView, column: Column, position: number, now: number): Cell {
  const group = groupAt(view.lines, position);
  if (group) return groupCell(view, column, group);
  const row = view.lines.lines[position] ?? 0;
  const data = view.data.get(column.id);
  if (!column.name) return ownCell(view, column, row, now);
  if (!data) return nothing;
  if (column.of && view.isUnread(column, row)) return { text: '', exact: l10n.t('Read once the run is selected') };
  return isMetricColumn(data) ? metricCell(view, data, row) : textCell(data, row);
}

/** The exact value; of a name only the name. */
export function copiedText(view: TableView, column: Column, position: number): string {
  const { text, exact } = cellAt(view, column, position, Date.now());
  return column.id === nameColumn ? text : (exact ?? text);
}

function ownCell({ content }: TableView, { id }: Column, row: number, now: number): Cell {
  const { attributes } = content;
  const runId = textOfRow(attributes.runIds, row);
  switch (id) {
    case nameColumn:
      return { text: nameOf(attributes, row), exact: `${nameOf(attributes, row)}\n${runId}` };
    case 'status':
      return statusCell(attributes.statuses[row] ?? 0, attributes.deleted[row] === 1);
    case 'experiment':
      return { text: experimentOf(content, row) };
    case 'started':
      return timeCell(present(attributes.startTimes[row]), now);
    case 'duration':
      return { text: formatDuration(present(durationAt(attributes, row))) };
    case 'user':
      return { text: textOfRow(attributes.userIds, row) };
    default:
      return { text: runId, look: 'mono' };
  }
}

function timeCell(time: number | undefined, now: number): Cell {
  return { text: formatTime(time, now), exact: formatDateTime(time) };
}

function statusCell(status: number, deleted: boolean): Cell {
  const word = statusWords[runStatuses[status] ?? 'RUNNING']();
  return deleted ? { text: l10n.t('deleted'), exact: `${l10n.t('deleted')} · ${word}` } : { text: word };
}

function textCell(data: TextColumn, row: number): Cell {
  const text = textAt(data, row);
  return text === undefined ? { text: absent, look: 'absent' } : { text };
}

function metricCell(view: TableView, data: MetricColumn, row: number): Cell {
  const value = metricAt(data, row);
  if (value === undefined) return { text: absent, look: 'absent' };
  const { best } = view.numbers.range(data);
  const look = metricLook(view, data, value);
  const text = { text: formatNumber(value), exact: exactNumber(value) };
  return value === best ? { ...text, look: `${look} best`, note: l10n.t('best') } : { ...text, look };
}

/** Bars grow with the number; heat is stronger where the number is better, or larger where nobody knows what is better. */
function metricLook({ cells, numbers }: TableView, data: MetricColumn, value: number): string {
  const share = cells === 'plain' ? undefined : numbers.share(data, value);
  if (share === undefined) return '';
  if (cells === 'bars') return `bar b${Math.round(share * 20)}`;
  const strength = numbers.range(data).judged?.direction === 'lower' ? 1 - share : share;
  return `heat h${Math.round(strength * 10)}`;
}

function groupCell(view: TableView, column: Column, group: RowGroup): Cell {
  if (column.id === nameColumn) return { text: view.groupTitle(group) };
  const data = view.data.get(column.id);
  const metric = metricColumn(data);
  if (metric) return statisticCell(view, metric, group);
  return data && !isMetricColumn(data) ? sharedCell(data, group) : nothing;
}

function statisticCell(view: TableView, data: MetricColumn, group: RowGroup): Cell {
  const stats = view.numbers.ofGroup(data, group);
  if (!stats) return { text: absent, look: 'absent' };
  const value = view.statistic === 'min' ? stats.min : view.statistic === 'max' ? stats.max : stats.mean;
  return { text: statisticText(stats, view.statistic), exact: statsWords(stats), look: metricLook(view, data, value) };
}

function statisticText({ mean, sd, min, max }: Stats, shown: GroupStatistic): string {
  if (shown === 'min') return formatNumber(min);
  if (shown === 'max') return formatNumber(max);
  return Number.isNaN(sd) ? formatNumber(mean) : `${formatNumber(mean)} ± ${twoDigits(sd)}`;
}

/** A deviation has no more digits that mean something. */
function twoDigits(sd: number): string {
  return sd >= 1e-4 && sd < 100 ? sd.toPrecision(2) : formatNumber(sd);
}

function statsWords({ count, mean, sd, min, max }: Stats): string {
  return [
    l10n.t('runs with a value: {0}', count),
    l10n.t('mean: {0}', exactNumber(mean)),
    l10n.t('standard deviation: {0}', Number.isNaN(sd) ? absent : exactNumber(sd)),
    l10n.t('least: {0}', exactNumber(min)),
    l10n.t('greatest: {0}', exactNumber(max)),
  ].join('\n');
}

/** The value that all rows of a group share, else how many there are. */
function sharedCell(data: TextColumn, { rows }: RowGroup): Cell {
  const codes = new Set<number>();
  for (const row of rows) codes.add(data.codes[row] ?? -1);
  const [code = -1] = codes;
  if (codes.size > 1) return { text: l10n.t('{0} values', codes.size), look: 'absent' };
  return code < 0 ? { text: absent, look: 'absent' } : { text: data.dictionary[code] ?? '' };
}

function present(value: number | undefined): number | undefined {
  return Number.isNaN(value) ? undefined : value;
}

const statusWords: Readonly<Record<(typeof runStatuses)[number], () => string>> = {
  FINISHED: () => l10n.t('finished'),
  FAILED: () => l10n.t('failed'),
  RUNNING: () => l10n.t('running'),
  KILLED: () => l10n.t('killed'),
  SCHEDULED: () => l10n.t('scheduled'),
};
