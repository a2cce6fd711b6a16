import type { Connection } from '../domain/connection';
import type { Registry } from '../domain/ports';
import { closedRegistry } from './closed';
import { type Groups, remoteMethods } from './remoteMethods';

type Call = (query: unknown, signal?: AbortSignal) => Promise<unknown>;

/** A registry whose code is loaded by its first call. */
export function lazyRegistry(connection: Connection, load: () => Promise<Registry>): Registry {
  let loading: Promise<Registry> | undefined;
  let disposed = false;
  const registry = async (): Promise<Registry> => {
    if (disposed) throw closedRegistry(connection.name);
    // What could not be loaded is to be loaded again.
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
  const group = <G extends Groups>(name: G): Registry[G] => {
    const calls = remoteMethods[name].map((method): [string, Call] => [
      method,
      async (query, signal) => {
        const methods = (await registry())[name] as unknown as Readonly<Record<string, Call>>;
        return methods[method]?.(query, signal);
      },
    ]);
    return Object.fromEntries(calls) as unknown as Registry[G];
  };
  return {
    connection,
    experiments: group('experiments'),
    runs: group('runs'),
    frames: group('frames'),
    loggedModels: group('loggedModels'),
    models: group('models'),
    artifacts: {
      ...group('artifacts'),
      open: async (query, signal) => (await registry()).artifacts.open(query, signal),
    },
    changes: group('changes'),
    describe: async (query, signal) => (await registry()).describe(query, signal),
    dispose: () => {
      disposed = true;
      loading?.then((opened) => opened.dispose()).catch(() => undefined);
    },
  };
}
