import { datasetsText } from '../../domain/dataset';
import type { FrameColumnName, Frame, FrameColumn, FrameQuery, HistoryValue } from '../../domain/frame';
import type { FrameStore } from '../../domain/ports';
import { MetricCells, RunTableBuilder, TextCells } from '../../domain/runTable';
import { beyondNote } from '../../domain/searchBeyond';
import { OpenFrames } from '../openFrames';
import { child, FileReader, isDenied, subfolders } from './fileReader';
import type { FileStore } from './fileStore';
import { LeftOut } from './leftOut';
import { historyValueIn, latestPoint } from './metricFile';
import type { Pieces } from './pieces';
import { type Entity, entryFile, readValue, type RunFolder } from './runFolder';
import { readInputs } from './runInputs';
import { orderedRuns } from './runOrder';
import type { RunValues } from './runValues';

type OpenedFrame = Omit<Frame, 'id'> & { readonly runs: readonly RunFolder[] };

/** Frames whose attributes are read when they are opened and whose columns when they are asked for: one file of each run. */
export function fileFrames(store: FileStore): FrameStore {
  const frames = new OpenFrames<readonly RunFolder[]>();
  return {
    async open(query, signal) {
      const { runs, ...frame } = await store.run(() => openFrame(store, query), signal);
      store.learn(runs);
      return { id: frames.add(runs), ...frame };
    },
    more: () => Promise.reject(new Error('A folder is read whole')),
    // Not before the call: what is thrown is to reject.
    column: ({ id, ...name }, signal) => store.run(() => readColumn(store.root, frames.get(id), name), signal),
    close({ id }) {
      frames.close(id);
      return Promise.resolve();
    },
  };
}

function* openFrame(store: FileStore, query: FrameQuery): Pieces<OpenedFrame> {
  const leftOut = new LeftOut();
  const { runs, filter } = yield* orderedRuns(store, query, leftOut);
  const table = new RunTableBuilder(0);
  for (const { info } of runs) table.addRun(info);
  const keys = yield* keysOf(store, runs, leftOut);
  return { runs, attributes: table.build(), keys, more: false, ...leftOut.note, ...beyondNote(filter) };
}

/** The keys of all runs, from what is known of them where their folders are as they were. */
function* keysOf(store: FileStore, runs: readonly RunFolder[], leftOut: LeftOut): Pieces<Frame['keys']> {
  const reader = new FileReader(store.root);
  const lists = new Set<readonly string[]>();
  const found = { metrics: new Set<string>(), params: new Set<string>(), tags: new Set<string>() };
  const add = (entity: Entity, keys: readonly string[]): void => {
    // Runs with the same keys share their lists.
    if (lists.has(keys)) return;
    lists.add(keys);
    for (const key of keys) found[entity].add(key);
  };
  for (const run of runs) {
    const known: RunValues | undefined = store.runs.knownValues(run, 'folders');
    if (known) {
      add('metrics', known.metricKeys);
      add('params', known.paramKeys);
      add('tags', known.tagKeys);
    } else if (!addKeys(reader, run, found)) leftOut.add(run.dir);
    yield undefined;
  }
  const sorted = (entity: Entity): string[] => [...found[entity]].sort();
  const datasets = [...new Set(runs.map(({ experimentDir }) => experimentDir))].some(hasDatasets);
  return { metrics: sorted('metrics'), params: sorted('params'), tags: sorted('tags'), datasets };
}

/** A dataset is there because a run of the experiment used it. */
function hasDatasets(experimentDir: string): boolean {
  return (ifAllowed(() => subfolders(child(experimentDir, 'datasets'))) ?? []).length > 0;
}

/** False where access to some of them is denied. */
function addKeys(reader: FileReader, { dir }: RunFolder, found: Readonly<Record<Entity, Set<string>>>): boolean {
  const lists = (['metrics', 'params', 'tags'] as const).map((entity) => {
    const keys = ifAllowed(() => reader.keysIn(child(dir, entity)));
    for (const key of keys ?? []) found[entity].add(key);
    return keys;
  });
  return !lists.includes(undefined);
}

/** A cell that nobody may read is empty: the frame said so when it was opened. */
function* readColumn(root: string, runs: readonly RunFolder[], name: FrameColumnName): Pieces<FrameColumn> {
  const reader = new FileReader(root);
  const { group, key } = name;
  if (name.group === 'metrics') return yield* readMetric(reader, runs, key, name.of);
  const cells = new TextCells(runs.length);
  for (const [row, run] of runs.entries()) {
    const value = group === 'datasets' ? yield* datasetsOf(reader, run) : readText(reader, run, group, key);
    if (value !== undefined) cells.set(row, value);
    yield undefined;
  }
  return cells.column(key, runs.length);
}

function* readMetric(
  reader: FileReader,
  runs: readonly RunFolder[],
  key: string,
  of: HistoryValue | undefined,
): Pieces<FrameColumn> {
  const cells = new MetricCells(runs.length);
  for (const [row, { dir }] of runs.entries()) {
    const file = entryFile(dir, 'metrics', key);
    const value = of
      ? yield* allowed(historyValueIn(reader, file, of))
      : (yield* allowed(latestPoint(reader, file)))?.value;
    if (value !== undefined) cells.set(row, value);
    yield undefined;
  }
  return cells.column(key, runs.length);
}

function readText(reader: FileReader, { dir }: RunFolder, group: Entity, key: string): string | undefined {
  return ifAllowed(() => readValue(reader, dir, group, key));
}

function* datasetsOf(reader: FileReader, run: RunFolder): Pieces<string | undefined> {
  const inputs = yield* allowed(readInputs(reader, run));
  return inputs && datasetsText(inputs.datasets.map(({ dataset }) => dataset));
}

function* allowed<T>(work: Pieces<T>): Pieces<T | undefined> {
  try {
    return yield* work;
  } catch (error) {
    if (isDenied(error)) return undefined;
    throw error;
  }
}

function ifAllowed<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isDenied(error)) return undefined;
    throw error;
  }
}
