import type { MessagePort } from 'node:worker_threads';
import { Channel } from '../rpc/channel';
import { createFilesRegistry } from './files/filesRegistry';
import { answerHelp, type HelperProtocol, startHelper } from './files/helperThread';
import type { CallerProtocol, StoreStart, ValuesStart } from './remoteMethods';
import { serveRegistry, threadOptions } from './servedRegistry';
import { portWire } from './wire';

/** @param workerUrl what a helping thread runs */
export function serveFiles({ connection, storageDir }: StoreStart, port: MessagePort, workerUrl: string): void {
  const registry = createFilesRegistry(connection, {
    ...(storageDir !== undefined && { storageDir }),
    startHelper: (root) => startHelper(root, workerUrl),
  });
  serveRegistry(registry, port);
}

/** The thread that helps the one of a store. */
export function serveValues({ root }: ValuesStart, port: MessagePort): void {
  new Channel<HelperProtocol, CallerProtocol>(portWire(port), { read: answerHelp(root) }, threadOptions);
}
