import type { RunQuery } from '../../domain/ports';
import type { RunInfo } from '../../domain/run';
import { parseFilter, parseOrderBy } from '../../domain/search';
import { comparisonsOf, type Condition, type Filter, type OrderBy, type SearchField } from '../../domain/searchAst';
import { compareText, type FieldValue, matches, sortBy } from '../../domain/searchEvaluate';
import { attributeOfRun } from '../../domain/searchValues';
import { child, FileReader } from './fileReader';
import type { FileStore } from './fileStore';
import type { LeftOut } from './leftOut';
import { latestPoint } from './metricFile';
import type { Pieces } from './pieces';
import type { RunCache } from './runCache';
import { entryFile, readValue, type RunFolder } from './runFolder';
import { contextTag, readInputs } from './runInputs';
import { type ExperimentFolder, experimentFolder, runFolders } from './storeRoot';

/** What decides which runs are found, and in which order. */
type RunSelection = Pick<RunQuery, 'experimentIds' | 'view' | 'filter' | 'orderBy'>;

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
export function newestFirst(a: RunInfo, b: RunInfo): number {
  const timeA = a.startTime ?? -Infinity;
  const timeB = b.startTime ?? -Infinity;
  return timeA === timeB ? compareText(a.runId, b.runId) : timeA < timeB ? 1 : -1;
}

interface OrderedRuns {
  readonly runs: readonly RunFolder[];
  readonly filter: Filter;
}

/** All runs that are asked for, in their order: reads the meta.yaml of each, and the searched fields of those that may match. */
export function* orderedRuns(store: FileStore, query: RunSelection, leftOut: LeftOut): Pieces<OrderedRuns> {
  const { root, runs: cache } = store;
  const filter = parseFilter(query.filter, 'runs');
  const orderBy = parseOrderBy(query.orderBy, 'runs');
  const reader = new FileReader(root);
  const found: Candidate[] = [];
  const isPlain = filter.length === 0 && orderBy.length === 0;
  for (const { folder, runId } of yield* foldersOf(root, cache, query, leftOut)) {
    yield undefined;
    const run =
      cache.knownRun(reader, folder, runId) ??
      cache.runAtOnce(reader, folder, runId) ??
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
  return { runs: sorted.map(({ run }) => run), filter };
}

interface Place {
  readonly folder: ExperimentFolder;
  readonly runId: string;
}

/** Folders that may be runs; an experiment that is closed to us is missing beside others, and a failure alone. */
function* foldersOf(root: string, cache: RunCache, { experimentIds }: RunSelection, leftOut: LeftOut): Pieces<Place[]> {
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

export function* listRuns(cache: RunCache, folder: ExperimentFolder): Pieces<Place[]> {
  const runIds = runFolders(folder.dir);
  yield* cache.open(folder.dir, runIds);
  return runIds.map((runId) => ({ folder, runId }));
}

export function inView({ lifecycleStage }: RunInfo, { view }: RunSelection): boolean {
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
