import type { Page, RunPage, RunQuery } from '../../domain/ports';
import { hasEnded, type RunTable } from '../../domain/run';
import { RunTableBuilder } from '../../domain/runTable';
import { beyondNote } from '../../domain/searchBeyond';
import type { FileStore, KnownRun } from './fileStore';
import { LeftOut } from './leftOut';
import { newestRuns } from './newestRuns';
import { pageOf } from './paging';
import type { Pieces } from './pieces';
import { readMany } from './readMany';
import type { RunFolder } from './runFolder';
import { orderedRuns } from './runOrder';
import { metricAt, type RunValues, textAt } from './runValues';

/** Reads of the runs in their order the rest of the page only. */
export function* searchRuns(store: FileStore, query: RunQuery): Pieces<RunPage> {
  const leftOut = new LeftOut();
  const newest = query.fromMemory ? yield* newestRuns(store, query) : undefined;
  const { items, nextPageToken, ...rest } = newest ?? (yield* pageInOrder(store, query, leftOut));
  const remembered: KnownRun[] = [];
  const table = yield* tableOf(store, items, leftOut, (run) => {
    if (!query.fromMemory || !hasEnded(run.info.status)) return store.runs.knownValues(run);
    const values = store.runs.knownKeys(run);
    if (values) remembered.push({ run, values });
    return values;
  });
  if (remembered.length > 0) store.settle(remembered);
  return { table, ...(nextPageToken !== undefined && { nextPageToken }), ...leftOut.note, ...rest };
}

function* pageInOrder(store: FileStore, query: RunQuery, leftOut: LeftOut): Pieces<Page<RunFolder> & Beyond> {
  const { runs, filter } = yield* orderedRuns(store, query, leftOut);
  return { ...pageOf(runs, query), ...beyondNote(filter) };
}

type Beyond = ReturnType<typeof beyondNote>;

interface Row {
  readonly run: RunFolder;
  readonly row: number;
}

function* tableOf(
  { root, runs: cache, options }: FileStore,
  runs: readonly RunFolder[],
  leftOut: LeftOut,
  knownOf: (run: RunFolder) => RunValues | undefined,
): Pieces<RunTable> {
  const rows: (RunValues | undefined)[] = [];
  const unknown: Row[] = [];
  for (const [row, run] of runs.entries()) {
    const values = knownOf(run);
    rows.push(values);
    if (!values) unknown.push({ run, row });
    yield undefined;
  }
  yield* readMany(unknown, { root, now: cache.now, startHelper: options.startHelper }, ({ run, row }, read) => {
    cache.keep(run, read);
    rows[row] = read.values;
    // A run stays in the list though something in it cannot be read.
    if (read.values.isPartial) leftOut.add(run.dir);
  });
  return yield* filled(runs, rows);
}

/** Row after row: texts have their places in the order of the rows, whoever read them first. */
function* filled(runs: readonly RunFolder[], rows: readonly (RunValues | undefined)[]): Pieces<RunTable> {
  const table = new RunTableBuilder(runs.length);
  for (const [i, { info }] of runs.entries()) {
    const [row, values] = [table.addRun(info), rows[i]];
    if (values) setRow(table, row, values);
    yield undefined;
  }
  return table.build();
}

function setRow(table: RunTableBuilder, row: number, values: RunValues): void {
  values.metricKeys.forEach((key, i) => {
    const value = metricAt(values, i);
    if (value !== undefined) table.setMetric(row, key, value);
  });
  values.paramKeys.forEach((key, i) => {
    const value = textAt(values.params, i);
    if (value !== undefined) table.setParam(row, key, value);
  });
  values.tagKeys.forEach((key, i) => {
    const value = textAt(values.tags, i);
    if (value !== undefined) table.setTag(row, key, value);
  });
}
