import type { Connection } from '../domain/connection';
import type { Registry, StoreDescription } from '../domain/ports';
import { localOpen } from './localStream';
import { type Groups, remoteMethods, type StoreStart, type WorkerProtocol } from './remoteMethods';
import type { SpareWorker } from './spareWorker';
import { WorkerHost } from './workerHost';

type Call = (query: unknown, signal?: AbortSignal) => Promise<unknown>;

/** The built file that a worker runs, and one that was started ahead. */
export interface LocalWorker {
  readonly workerUrl: string;
  readonly spare?: SpareWorker;
}

/** A local registry that runs in a worker. */
export function createRemoteRegistry(start: StoreStart, { workerUrl, spare }: LocalWorker): Registry {
  const host = new WorkerHost<WorkerProtocol>(start, workerUrl, start.connection.name, spare);
  const group = <G extends Groups>(name: G): Registry[G] => {
    const calls = remoteMethods[name].map((method): [string, Call] => [
      method,
      async (query, signal) => host.channel().request('call', { group: name, method, query }, signal),
    ]);
    return Object.fromEntries(calls) as unknown as Registry[G];
  };
  const remote = group('artifacts');
  const artifacts = { ...remote, open: localOpen((query, signal) => remote.locate(query, signal)) };
  return {
    connection: start.connection satisfies Connection,
    experiments: group('experiments'),
    runs: group('runs'),
    frames: group('frames'),
    loggedModels: group('loggedModels'),
    models: group('models'),
    artifacts,
    changes: group('changes'),
    describe: async (query, signal) =>
      host
        .channel()
        .request('call', { group: undefined, method: 'describe', query }, signal) as Promise<StoreDescription>,
    dispose: () => host.dispose(),
  };
}
