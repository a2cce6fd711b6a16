import type { RunPage, RunQuery } from '../../domain/ports';
import type { RunTable } from '../../domain/run';
import { RunTableBuilder } from '../../domain/runTable';
import { beyondNote } from '../../domain/searchBeyond';
import type { FileStore } from './fileStore';
import { LeftOut } from './leftOut';
import { pageOf } from './paging';
import type { Pieces } from './pieces';
import { readMany } from './readMany';
import type { RunFolder } from './runFolder';
import { orderedRuns } from './runOrder';
import type { RunValues } from './runValues';

/** An answer, and the runs in it whose values were believed without a close look at their files. */
export interface RunAnswer {
  readonly page: RunPage;
  readonly believed: readonly RunFolder[];
}

/** Reads of the runs in their order the rest of the page only. */
export function* searchRuns(store: FileStore, query: RunQuery): Pieces<RunAnswer> {
  const leftOut = new LeftOut();
  const { runs, filter } = yield* orderedRuns(store, query, leftOut);
  const { items, nextPageToken } = pageOf(runs, query);
  const believeAfter = query.provisional ? store.lookMs : Infinity;
  const { table, believed } = yield* tableOf(store, items, believeAfter, leftOut);
  const page = { table, ...(nextPageToken !== undefined && { nextPageToken }), ...leftOut.note, ...beyondNote(filter) };
  return { page, believed };
}

interface Row {
  readonly run: RunFolder;
  readonly row: number;
}

function* tableOf(
  { root, runs: cache, options }: FileStore,
  runs: readonly RunFolder[],
  believeAfter: number,
  leftOut: LeftOut,
): Pieces<{ table: RunTable; believed: RunFolder[] }> {
  const rows: (RunValues | undefined)[] = [];
  const believed: RunFolder[] = [];
  const unknown: Row[] = [];
  const start = performance.now();
  for (const [row, run] of runs.entries()) {
    const believes = run.info.status !== 'RUNNING' && performance.now() - start >= believeAfter;
    const values = cache.knownValues(run, believes ? 'folders' : 'files');
    rows.push(values);
    if (!values) unknown.push({ run, row });
    else if (believes) believed.push(run);
    yield undefined;
  }
  yield* readMany(unknown, { root, now: cache.now, startHelper: options.startHelper }, ({ run, row }, read) => {
    cache.keep(run, read);
    rows[row] = read.values;
    // A run stays in the list though something in it cannot be read.
    if (read.values.isPartial) leftOut.add(run.dir);
  });
  return { table: yield* filled(runs, rows), believed };
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
  const { metrics, params, tags, absent } = values;
  values.metricKeys.forEach((key, i) => {
    if (absent.length === 0 || !absent.includes(i)) table.setMetric(row, key, metrics[i] ?? NaN);
  });
  values.paramKeys.forEach((key, i) => {
    const value = params.list[params.places[i] ?? -1];
    if (value !== undefined) table.setParam(row, key, value);
  });
  values.tagKeys.forEach((key, i) => {
    const value = tags.list[tags.places[i] ?? -1];
    if (value !== undefined) table.setTag(row, key, value);
  });
}
