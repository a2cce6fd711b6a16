import type { Frame, FrameQuery } from '../../domain/frame';
import { hasEnded } from '../../domain/run';
import type { FrameStore } from '../../domain/ports';
import { RunTableBuilder } from '../../domain/runTable';
import { beyondNote } from '../../domain/searchBeyond';
import { OpenFrames } from '../openFrames';
import { child, FileReader, subfolders } from './fileReader';
import type { FileStore, KnownRun } from './fileStore';
import { ifAllowed, readColumn } from './frameColumns';
import { LeftOut } from './leftOut';
import type { Pieces } from './pieces';
import type { Entity, RunFolder } from './runFolder';
import { orderedRuns } from './runOrder';
import type { RunValues } from './runValues';

type OpenedFrame = Omit<Frame, 'id'> & { readonly rows: readonly KnownRun[] };

/**
 * Frames whose attributes are read when they are opened and whose columns when they are asked for, of what was read
 * before: that is looked at closely behind the answer, and where it is not so any more, the stamp of the store moves.
 */
export function fileFrames(store: FileStore): FrameStore {
  const frames = new OpenFrames<readonly KnownRun[]>();
  return {
    async open(query, signal) {
      const { rows, ...frame } = await store.run(() => openFrame(store, query), signal);
      store.settle(rows);
      return { id: frames.add(rows), ...frame };
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
  const { rows, keys } = yield* rowsOf(store, runs, leftOut);
  return { rows, attributes: table.build(), keys, more: false, ...leftOut.note, ...beyondNote(filter) };
}

/** What is known of the runs, and the keys of all. */
function* rowsOf(
  store: FileStore,
  runs: readonly RunFolder[],
  leftOut: LeftOut,
): Pieces<Pick<OpenedFrame, 'rows' | 'keys'>> {
  const reader = new FileReader(store.root);
  const lists = new Set<readonly string[]>();
  const found = { metrics: new Set<string>(), params: new Set<string>(), tags: new Set<string>() };
  const add = (entity: Entity, keys: readonly string[]): void => {
    // Runs with the same keys share their lists.
    if (lists.has(keys)) return;
    lists.add(keys);
    for (const key of keys) found[entity].add(key);
  };
  const rows: KnownRun[] = [];
  for (const run of runs) {
    const known: RunValues | undefined = store.runs.believedValues(run);
    // A run that goes on is read anew: its metrics grow.
    rows.push({ run, values: hasEnded(run.info.status) ? known : undefined });
    if (known) {
      add('metrics', known.metricKeys);
      add('params', known.paramKeys);
      add('tags', known.tagKeys);
    } else if (!addKeys(reader, run, found)) leftOut.add(run.dir);
    yield undefined;
  }
  const sorted = (entity: Entity): string[] => [...found[entity]].sort();
  const datasets = [...new Set(runs.map(({ experimentDir }) => experimentDir))].some(hasDatasets);
  return { rows, keys: { metrics: sorted('metrics'), params: sorted('params'), tags: sorted('tags'), datasets } };
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

/** A dataset is there because a run of the experiment used it. */
function hasDatasets(experimentDir: string): boolean {
  return (ifAllowed(() => subfolders(child(experimentDir, 'datasets'))) ?? []).length > 0;
}
