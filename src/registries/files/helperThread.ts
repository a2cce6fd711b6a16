import { WorkerHost } from '../workerHost';
import { FileReader } from './fileReader';
import { type Pieces, runPieces } from './pieces';
import type { ReadingHelper } from './readMany';
import { type ReadValues, RunValueReader } from './runValues';

/** What the helping thread answers. */
export interface HelperProtocol {
  readonly methods: { read(dirs: readonly string[]): readonly ReadValues[] };
  readonly events: object;
}

/** A thread that helps to read a store (architecture.md, Threads: two for files). */
export function startHelper(root: string, workerUrl: string): ReadingHelper {
  const host = new WorkerHost<HelperProtocol>({ kind: 'values', root }, workerUrl, root);
  return {
    read: async (dirs) => host.channel().request('read', dirs),
    dispose: () => host.dispose(),
  };
}

/** In the helping thread. */
export function answerHelp(root: string): (dirs: readonly string[], signal: AbortSignal) => Promise<ReadValues[]> {
  const reader = new RunValueReader(new FileReader(root));
  let last: Promise<unknown> = Promise.resolve();
  // One handful after another: the reader reads one run at a time.
  return (dirs, signal) => {
    const read = last.then(() => runPieces(readAll(reader, dirs), signal));
    last = read.catch(() => undefined);
    return read;
  };
}

function* readAll(reader: RunValueReader, dirs: readonly string[]): Pieces<ReadValues[]> {
  const all: ReadValues[] = [];
  for (const dir of dirs) {
    all.push(yield* reader.read(dir, Date.now()));
    yield undefined;
  }
  return all;
}
