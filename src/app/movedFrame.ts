import {
  columnNames,
  type Frame,
  type FrameColumn,
  type FrameColumnName,
  type FrameKeys,
  type FrameQuery,
  isMetricColumn,
} from '../domain/frame';
import type { FrameStore } from '../domain/ports';
import { runStatuses } from '../domain/run';
import { metricAt, runAt, textAt } from '../domain/runTable';
import { sameContent } from './same';

/** Pairs of rows, of an open frame and of what is there now. */
type Pairs = readonly (readonly [number, number])[];

const running = runStatuses.indexOf('RUNNING');

/** Whether a server now gives other first rows than those of an open frame, or the rows below them run no more as they did. */
export async function hasMoved(
  store: FrameStore,
  frame: Frame,
  query: FrameQuery,
  signal?: AbortSignal,
): Promise<boolean> {
  const opened: Frame[] = [];
  const open = async (asked: FrameQuery): Promise<Frame> => {
    const found = await store.open(asked, signal);
    opened.push(found);
    return found;
  };
  try {
    const first = await open(query);
    const { length } = first.attributes;
    const below = frame.attributes.length - length;
    if (below < 0 || first.more !== (frame.more || below > 0)) return true;
    const pairs = Array.from({ length }, (_, row) => [row, row] as const);
    if (!(await sameRows(store, [frame, first], pairs, signal))) return true;
    const rows = runningFrom(frame, length);
    if (rows.length === 0) return false;
    const { experimentIds, view } = query;
    const live = await open({ experimentIds, view, filter: "attributes.status = 'RUNNING'" });
    const found = new Map(live.attributes.runIds.map((id, row) => [id, row]));
    const still = rows.flatMap((row): Pairs => {
      const now = found.get(frame.attributes.runIds[row] ?? '');
      return now === undefined ? [] : [[row, now]];
    });
    // Of more running ones than one answer holds, some are not told.
    if (still.length < rows.length && !live.more) return true;
    return !(await sameRows(store, [frame, live], still, signal));
  } finally {
    // A worker that ended has closed all that it held.
    for (const { id } of opened) void store.close({ id }).catch(() => undefined);
  }
}

function runningFrom({ attributes }: Frame, from: number): number[] {
  const rows: number[] = [];
  for (let row = from; row < attributes.length; row++) if (attributes.statuses[row] === running) rows.push(row);
  return rows;
}

/** Whether the runs of these rows are the same ones with the same values. */
async function sameRows(
  store: FrameStore,
  [before, now]: readonly [Frame, Frame],
  pairs: Pairs,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  if (!pairs.every(([a, b]) => sameContent(runAt(before.attributes, a), runAt(now.attributes, b)))) return false;
  for (const name of columnNames(bothKeys(before.keys, now.keys))) {
    const [a, b] = await Promise.all([columnOf(store, before, name, signal), columnOf(store, now, name, signal)]);
    if (!pairs.every(([rowA, rowB]) => Object.is(valueAt(a, rowA), valueAt(b, rowB)))) return false;
  }
  return true;
}

/** A key that one of them lacks has an empty column there. */
function columnOf(store: FrameStore, { id }: Frame, name: FrameColumnName, signal?: AbortSignal): Promise<FrameColumn> {
  return store.column({ id, ...name }, signal);
}

function valueAt(column: FrameColumn, row: number): number | string | undefined {
  return isMetricColumn(column) ? metricAt(column, row) : textAt(column, row);
}

function bothKeys(a: FrameKeys, b: FrameKeys): FrameKeys {
  const both = (group: 'metrics' | 'params' | 'tags'): string[] => [...new Set([...a[group], ...b[group]])];
  return { metrics: both('metrics'), params: both('params'), tags: both('tags'), datasets: a.datasets || b.datasets };
}
