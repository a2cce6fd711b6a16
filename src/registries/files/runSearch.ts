import type { RunPage, RunQuery } from '../../domain/ports';
import type { RunInfo, RunTable } from '../../domain/run';
import { RunTableBuilder } from '../../domain/runTable';
import { parseFilter, parseOrderBy } from '../../domain/search';
import { comparisonsOf, type Condition, type Filter, type OrderBy, type SearchField } from '../../domain/searchAst';
import { compareText, type FieldValue, matches, sortBy } from '../../domain/searchEvaluate';
import { beyondNote } from '../../domain/searchBeyond';
import { attributeOfRun } from '../../domain/searchValues';
import { child, FileReader } from './fileReader';
import type { FileStore } from './fileStore';
import { LeftOut } from './leftOut';
import { latestPoint } from './metricFile';
import { pageOf } from './paging';
import type { Pieces } from './pieces';
import type { RunCache } from './runCache';
import { entryFile, readValue, type RunFolder } from './runFolder';
import { contextTag, readInputs } from './runInputs';
import { readMany } from './readMany';
import type { RunValues } from './runValues';
import { type ExperimentFolder, experimentFolder, runFolders } from './storeRoot';

/** A run with the fields that filter and order ask for, and nothing else of it. */
interface Candidate {
  readonly run: RunFolder;
  readonly fields: ReadonlyMap<string, readonly FieldValue[]>;
}

const byDefault: readonly OrderBy[] = [
  { field: { kind: 'attribute', key: 'start_time' }, ascending: false },
  { field: { kind: 'attribute', key: 'run_id' }, ascending: true },
];

const noFields: Candidate['fields'] = new Map();

/** The same order, for whom asks for no other. */
function newestFirst(a: RunInfo, b: RunInfo): number {
  const [timeA, timeB] = [a.startTime ?? -Infinity, b.startTime ?? -Infinity];
  return timeA === timeB ? compareText(a.runId, b.runId) : timeA < timeB ? 1 : -1;
}

/** An answer, and the runs in it whose values were believed without a close look at their files. */
export interface RunAnswer {
  readonly page: RunPage;
  readonly believed: readonly RunFolder[];
}

/** Reads the meta.yaml of all runs, the searched fields of those that may match, and the rest of the page only. */
export function* searchRuns(store: FileStore, query: RunQuery): Pieces<RunAnswer> {
  const { root, runs: cache, lookMs } = store;
  const filter = parseFilter(query.filter, 'runs');
  const orderBy = parseOrderBy(query.orderBy, 'runs');
  const reader = new FileReader(root);
  const leftOut = new LeftOut();
  const found: Candidate[] = [];
  const isPlain = filter.length === 0 && orderBy.length === 0;
  for (const { folder, runId } of yield* foldersOf(root, cache, query, leftOut)) {
    yield undefined;
    const run =
      cache.knownRun(reader, folder, runId) ??
      (yield* leftOut.orBroken(child(folder.dir, runId), cache.run(reader, folder, runId)));
    if (!run || !inView(run.info, query)) continue;
    const candidate = isPlain
      ? { run, fields: noFields }
      : yield* leftOut.orSkip(run.dir, candidateOf(reader, run, filter, orderBy));
    if (candidate) found.push(candidate);
  }
  const sorted = isPlain
    ? found.sort((a, b) => newestFirst(a.run.info, b.run.info))
    : sortBy(found, [...orderBy, ...byDefault], (item, field) => valuesOf(item, field)[0]);
  const { items, nextPageToken } = pageOf(sorted, query);
  const rows = items.map(({ run }) => run);
  const believeAfter = query.provisional ? lookMs : Infinity;
  const { table, believed } = yield* tableOf(store, rows, believeAfter, leftOut);
  const page = { table, ...(nextPageToken !== undefined && { nextPageToken }), ...leftOut.note, ...beyondNote(filter) };
  return { page, believed };
}

interface Place {
  readonly folder: ExperimentFolder;
  readonly runId: string;
}

/** Folders that may be runs; an experiment that is closed to us is missing beside others, and a failure alone. */
function* foldersOf(root: string, cache: RunCache, { experimentIds }: RunQuery, leftOut: LeftOut): Pieces<Place[]> {
  const ids = [...new Set(experimentIds)];
  const places: Place[] = [];
  for (const id of ids) {
    const folder = experimentFolder(root, id);
    if (!folder) continue;
    const list = listRuns(cache, folder);
    for (const place of (ids.length === 1 ? yield* list : yield* leftOut.orSkip(folder.dir, list)) ?? [])
      places.push(place);
  }
  return places;
}

function* listRuns(cache: RunCache, folder: ExperimentFolder): Pieces<Place[]> {
  const runIds = runFolders(folder.dir);
  yield* cache.open(folder.dir, runIds);
  return runIds.map((runId) => ({ folder, runId }));
}

function inView({ lifecycleStage }: RunInfo, { view }: RunQuery): boolean {
  return view === 'all' || view === lifecycleStage;
}

/** The run with its searched fields, or undefined where the filter leaves it out. */
function* candidateOf(
  reader: FileReader,
  run: RunFolder,
  filter: Filter,
  orderBy: readonly OrderBy[],
): Pieces<Candidate | undefined> {
  const fields = new Map<string, readonly FieldValue[]>();
  const candidate = { run, fields };
  const read = (field: SearchField): readonly FieldValue[] => valuesOf(candidate, field);
  // Attributes cost nothing more: they decide first.
  if (!matches(filter.filter(isFree), read)) return undefined;
  for (const { field } of [...filter.flatMap(comparisonsOf), ...orderBy]) {
    const name = fieldName(field);
    if (field.kind !== 'attribute' && !fields.has(name)) fields.set(name, yield* readField(reader, run, field));
  }
  return matches(filter, read) ? candidate : undefined;
}

function isFree(condition: Condition): boolean {
  return comparisonsOf(condition).every(({ field }) => field.kind === 'attribute');
}

function fieldName({ kind, key }: SearchField): string {
  return `${kind}.${key}`;
}

function valuesOf({ run, fields }: Candidate, field: SearchField): readonly FieldValue[] {
  if (field.kind !== 'attribute') return fields.get(fieldName(field)) ?? [];
  const value = attributeOfRun(run.info, field.key);
  return value === undefined ? [] : [value];
}

function* readField(reader: FileReader, run: RunFolder, { kind, key }: SearchField): Pieces<readonly FieldValue[]> {
  if (kind === 'dataset') return yield* readDatasets(reader, run, key);
  if (kind === 'metric') {
    const point = yield* latestPoint(reader, entryFile(run.dir, 'metrics', key));
    return point ? [point.value] : [];
  }
  const value = readValue(reader, run.dir, kind === 'param' ? 'params' : 'tags', key);
  return value === undefined ? [] : [value];
}

function* readDatasets(reader: FileReader, run: RunFolder, key: string): Pieces<readonly string[]> {
  const { datasets } = yield* readInputs(reader, run);
  if (key === 'context')
    return datasets.flatMap(({ tags }) => tags.filter((tag) => tag.key === contextTag).map((tag) => tag.value));
  return datasets.map(({ dataset }) => (key === 'digest' ? dataset.digest : dataset.name));
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
