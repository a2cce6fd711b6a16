import { Worker } from 'node:worker_threads';
import * as l10n from '@vscode/l10n';
import type { Connection } from '../domain/connection';
import { UserError } from '../domain/errors';
import type { Registry, StoreDescription } from '../domain/ports';
import { localOpen } from './localStream';
import { sharedFlag } from '../rpc/cancel';
import { Channel } from '../rpc/channel';
import {
  type CallerProtocol,
  type Groups,
  remoteMethods,
  type WorkerProtocol,
  type WorkerStart,
} from './remoteMethods';
import { portWire } from './wire';

type Call = (query: unknown, signal?: AbortSignal) => Promise<unknown>;

/** A local registry that runs in a worker, started at first use; should it die, the next call starts another. */
export function createRemoteRegistry(start: WorkerStart, workerUrl: string): Registry {
  const host = new WorkerHost(start, workerUrl);
  const group = <G extends Groups>(name: G): Registry[G] => {
    const calls = remoteMethods[name].map((method): [string, Call] => [
      method,
      (query, signal) => host.channel().request('call', { group: name, method, query }, signal),
    ]);
    return Object.fromEntries(calls) as unknown as Registry[G];
  };
  const remote = group('artifacts');
  const artifacts = { ...remote, open: localOpen((query, signal) => remote.locate(query, signal)) };
  return {
    connection: start.connection satisfies Connection,
    experiments: group('experiments'),
    runs: group('runs'),
    loggedModels: group('loggedModels'),
    models: group('models'),
    artifacts,
    changes: group('changes'),
    describe: (query, signal) =>
      host
        .channel()
        .request('call', { group: undefined, method: 'describe', query }, signal) as Promise<StoreDescription>,
    dispose: () => host.dispose(),
  };
}

class WorkerHost {
  private running: { readonly worker: Worker; readonly channel: Channel<CallerProtocol, WorkerProtocol> } | undefined;

  constructor(
    private readonly start: WorkerStart,
    private readonly workerUrl: string,
  ) {}

  channel(): Channel<CallerProtocol, WorkerProtocol> {
    this.running ??= this.launch();
    return this.running.channel;
  }

  dispose(): void {
    const { running } = this;
    this.running = undefined;
    running?.channel.dispose();
    void running?.worker.terminate();
  }

  private launch(): NonNullable<WorkerHost['running']> {
    const worker = new Worker(this.workerUrl, { workerData: this.start });
    const channel = new Channel<CallerProtocol, WorkerProtocol>(portWire(worker), {}, { flag: sharedFlag });
    const running = { worker, channel };
    const ended = (cause: unknown): void => {
      if (this.running === running) this.running = undefined;
      channel.dispose(
        new UserError('unreachable', l10n.t("The reader of '{0}' ended unexpectedly.", this.start.connection.name), {
          next: l10n.t('Refresh to start it again.'),
          cause,
        }),
      );
    };
    worker.on('error', ended);
    worker.on('exit', ended);
    // A registry that nobody disposed must not keep a process alive.
    worker.unref();
    return running;
  }
}
