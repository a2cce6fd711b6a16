import { MessageChannel, type Worker } from 'node:worker_threads';
import * as l10n from '@vscode/l10n';
import { UserError } from '../domain/errors';
import { sharedFlag } from '../rpc/cancel';
import { Channel, type Protocol } from '../rpc/channel';
import type { CallerProtocol, WorkerOrder, WorkerStart } from './remoteMethods';
import { closedRegistry } from './closed';
import { type SpareWorker, startWorker } from './spareWorker';
import { portWire } from './wire';

/** A worker that is started at first use; should it die, the next call starts another. */
export class WorkerHost<Remote extends Protocol> {
  private disposed = false;
  private running: { readonly worker: Worker; readonly channel: Channel<CallerProtocol, Remote> } | undefined;

  /** @param name of the registry that it reads */
  constructor(
    private readonly start: WorkerStart,
    private readonly workerUrl: string,
    private readonly name: string,
    /** Taken for the first start, where there is one. */
    private readonly spare?: SpareWorker,
  ) {}

  /** Throws UserError 'cancelled' once it is disposed: a worker started then would never be ended. */
  channel(): Channel<CallerProtocol, Remote> {
    if (this.disposed) throw closedRegistry(this.name);
    this.running ??= this.launch();
    return this.running.channel;
  }

  dispose(): void {
    this.disposed = true;
    const { running } = this;
    this.running = undefined;
    running?.channel.dispose();
    void running?.worker.terminate();
  }

  private launch(): NonNullable<WorkerHost<Remote>['running']> {
    const worker = this.spare?.take() ?? startWorker(this.workerUrl);
    const { port1, port2 } = new MessageChannel();
    worker.postMessage({ start: this.start, port: port2 } satisfies WorkerOrder, [port2]);
    const channel = new Channel<CallerProtocol, Remote>(portWire(port1), {}, { flag: sharedFlag });
    const running = { worker, channel };
    const ended = (cause: unknown): void => {
      if (this.running === running) this.running = undefined;
      channel.dispose(
        new UserError('unreachable', l10n.t("The reader of '{0}' ended unexpectedly.", this.name), {
          next: l10n.t('Refresh to start it again.'),
          cause,
        }),
      );
    };
    worker.on('error', ended);
    worker.on('exit', ended);
    // A registry that nobody disposed must not keep a process alive.
    worker.unref();
    port1.unref();
    return running;
  }
}
