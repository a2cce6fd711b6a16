import * as path from 'node:path';
import type { RunPage, RunQuery } from '../../domain/ports';
import type { RunInfo } from '../../domain/run';
import { RunTableBuilder } from '../../domain/runTable';
import { parseFilter, parseOrderBy } from '../../domain/search';
import type { Filter, OrderBy, SearchField } from '../../domain/searchAst';
import { type FieldValue, matches, sortBy } from '../../domain/searchEvaluate';
import { FileReader } from './fileReader';
import { latestPoint } from './metricFile';
import { pageOf } from './paging';
import type { Pieces } from './pieces';
import { isKey, readMetrics, readRun, readValue, readValues, type RunFolder } from './runFolder';
import { contextTag, readInputs } from './runInputs';
import { experimentFolder, runFolders } from './storeRoot';

/** A run with the fields that filter and order ask for, and nothing else of it. */
interface Candidate {
  readonly run: RunFolder;
  readonly fields: ReadonlyMap<string, readonly FieldValue[]>;
}

const byDefault: readonly OrderBy[] = [
  { field: { kind: 'attribute', key: 'start_time' }, ascending: false },
  { field: { kind: 'attribute', key: 'run_id' }, ascending: true },
];

/** Reads the meta.yaml of all runs, the searched fields of those that may match, and the rest of the page only. */
export function* searchRuns(root: string, query: RunQuery): Pieces<RunPage> {
  const filter = parseFilter(query.filter, 'runs');
  const orderBy = parseOrderBy(query.orderBy, 'runs');
  const reader = new FileReader();
  const found: Candidate[] = [];
  for (const experimentId of new Set(query.experimentIds)) {
    const folder = experimentFolder(root, experimentId);
    for (const runId of folder ? runFolders(folder.dir) : []) {
      const run = folder && (yield* readRun(reader, folder, runId));
      const candidate = run && inView(run.info, query) && (yield* candidateOf(reader, run, filter, orderBy));
      if (candidate) found.push(candidate);
      yield undefined;
    }
  }
  const sorted = sortBy(found, [...orderBy, ...byDefault], (item, field) => valuesOf(item, field)[0]);
  const { items, nextPageToken } = pageOf(sorted, query);
  const table = yield* tableOf(reader, items);
  return { table, ...(nextPageToken !== undefined && { nextPageToken }) };
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
  for (const { field } of [...filter, ...orderBy]) {
    const name = fieldName(field);
    if (field.kind !== 'attribute' && !fields.has(name)) fields.set(name, yield* readField(reader, run, field));
  }
  return matches(filter, read) ? candidate : undefined;
}

function isFree({ field }: { readonly field: SearchField }): boolean {
  return field.kind === 'attribute';
}

function fieldName({ kind, key }: SearchField): string {
  return `${kind}.${key}`;
}

function valuesOf({ run, fields }: Candidate, field: SearchField): readonly FieldValue[] {
  if (field.kind !== 'attribute') return fields.get(fieldName(field)) ?? [];
  const value = attributeOf(run.info, field.key);
  return value === undefined ? [] : [value];
}

function attributeOf(info: RunInfo, key: string): FieldValue | undefined {
  switch (key) {
    case 'run_id':
      return info.runId;
    case 'run_name':
      return info.runName;
    case 'user_id':
      return info.userId;
    case 'status':
      return info.status;
    case 'artifact_uri':
      return info.artifactUri;
    case 'start_time':
      return info.startTime;
    case 'end_time':
      return info.endTime;
    default:
      return undefined;
  }
}

function* readField(reader: FileReader, run: RunFolder, { kind, key }: SearchField): Pieces<readonly FieldValue[]> {
  if (kind === 'dataset') return yield* readDatasets(reader, run, key);
  if (!isKey(key)) return [];
  if (kind === 'metric') {
    const point = yield* latestPoint(reader, path.join(run.dir, 'metrics', key));
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

function* tableOf(reader: FileReader, page: readonly Candidate[]): Pieces<ReturnType<RunTableBuilder['build']>> {
  const table = new RunTableBuilder();
  for (const { run } of page) {
    const row = table.addRun(run.info);
    for (const { key, value } of yield* readMetrics(reader, run.dir)) table.setMetric(row, key, value);
    for (const { key, value } of readValues(reader, run.dir, 'params')) table.setParam(row, key, value);
    for (const { key, value } of readValues(reader, run.dir, 'tags')) table.setTag(row, key, value);
    yield undefined;
  }
  return table.build();
}
