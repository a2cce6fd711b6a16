import type { FrameColumnName, FrameColumn } from '../domain/frame';
import { isMetricColumn } from '../domain/frame';
import type { ExportColumn, ExportFormat, ExportValue } from '../domain/exportTable';
import { exportTable } from '../domain/exportTable';
import { type RunTable, runStatuses } from '../domain/run';
import type { HistoryKind } from '../domain/tableLayout';
import { metricAt, textAt } from '../domain/runTable';
import type { RunsTable } from './runsTable';

/** A column to be exported: one that is read has a name, the others are known by their ids. */
export interface ChosenColumn {
  readonly id: string;
  readonly title: string;
  readonly name?: FrameColumnName;
  readonly of?: HistoryKind;
}

/** Rows and columns of a table as text; the run's id stands first in what machines read. */
export async function exportRuns(
  table: RunsTable,
  { format, rows, columns }: { format: ExportFormat; rows: Uint32Array; columns: readonly ChosenColumn[] },
  experimentOf: (row: number) => string,
  signal?: AbortSignal,
): Promise<string> {
  const { attributes } = table;
  const id = ownColumn({ id: 'runId', title: 'Run ID' }, attributes, experimentOf);
  const others = columns.filter((column) => column.id !== 'runId' || format === 'markdown');
  const read: ExportColumn[] = [];
  for (const column of others) {
    signal?.throwIfAborted();
    const { name } = column;
    read.push(
      name ? readColumn(column, name, await table.column(name, signal)) : ownColumn(column, attributes, experimentOf),
    );
  }
  return exportTable(format, format === 'markdown' ? read : [id, ...read], rows);
}

function readColumn({ title, of }: ChosenColumn, { group, key }: FrameColumnName, column: FrameColumn): ExportColumn {
  return {
    name: [group, key, of ?? ''].filter((part) => part !== '').join('.'),
    title,
    valueAt: isMetricColumn(column) ? (row) => metricAt(column, row) : (row) => textAt(column, row),
  };
}

function ownColumn(
  { id, title }: ChosenColumn,
  attributes: RunTable,
  experimentOf: (row: number) => string,
): ExportColumn {
  const { runIds, runNames, userIds, statuses, startTimes, endTimes } = attributes;
  const column = (name: string, valueAt: (row: number) => ExportValue): ExportColumn => ({ name, title, valueAt });
  switch (id) {
    case 'runId':
      return column('run_id', (row) => runIds[row]);
    case 'name':
      return column('run_name', (row) => runNames[row]);
    case 'status':
      return column('status', (row) => runStatuses[statuses[row] ?? 0]);
    case 'experiment':
      return column('experiment_name', experimentOf);
    case 'started':
      return column('start_time', (row) => isoTime(startTimes[row]));
    case 'duration':
      return column('duration_ms', (row) => {
        const duration = (endTimes[row] ?? NaN) - (startTimes[row] ?? NaN);
        return Number.isNaN(duration) ? undefined : duration;
      });
    default:
      return column('user_id', (row) => userIds[row]);
  }
}

/** Times come from stores: one outside the calendar stays a number. */
function isoTime(time: number | undefined): ExportValue {
  if (time === undefined || Number.isNaN(time)) return undefined;
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? time : date.toISOString();
}
