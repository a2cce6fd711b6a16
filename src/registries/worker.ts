import { type MessagePort, parentPort } from 'node:worker_threads';
import { flaggedSignal } from '../rpc/cancel';
import { Channel } from '../rpc/channel';
import type { Registry } from '../domain/ports';
import {
  type RemoteCall,
  remoteMethods,
  type StoreStart,
  type WorkerProtocol,
  type WorkerStart,
} from './remoteMethods';
import type { HelperProtocol } from './files/helperThread';
import type { BodyCall, BodyProtocol } from './rest/bodyReader';
import { buffersIn, portWire } from './wire';
import type { CallerProtocol } from './workerHost';

type AnyMethod = (query: unknown, signal: AbortSignal) => unknown;

const options = { signalFor: flaggedSignal, transferables: buffersIn };

/**
 * One worker owns one local registry, or decodes for one server (architecture.md, Threads). It listens at once: what is
 * asked while it still loads what answers would be lost.
 */
function serve(start: WorkerStart, port: MessagePort): void {
  const wire = portWire(port);
  if (start.kind === 'bodies') {
    const bodies = import('./rest/bodies');
    const decode = async ({ kind, bytes, server }: BodyCall) => (await bodies).decodeBody(kind, bytes, server);
    new Channel<BodyProtocol, CallerProtocol>(wire, { decode }, options);
    return;
  }
  if (start.kind === 'values') {
    const helper = import('./files/helperThread').then(({ answerHelp }) => answerHelp(start.root));
    const read = async (dirs: readonly string[], signal: AbortSignal) => (await helper)(dirs, signal);
    new Channel<HelperProtocol, CallerProtocol>(wire, { read }, options);
    return;
  }
  const registry = open(start);
  const call = async (request: RemoteCall, signal: AbortSignal) =>
    methodOf(await registry, request)(request.query, signal);
  new Channel<WorkerProtocol, CallerProtocol>(wire, { call }, options);
}

/** Evaluates its own backend only: a person waits for the first rows. */
async function open({ connection, kind, storageDir }: StoreStart): Promise<Registry> {
  if (kind === 'sqlite') return (await import('./sqlite/sqliteRegistry')).createSqliteRegistry(connection);
  const { createFilesRegistry } = await import('./files/filesRegistry');
  const { startHelper } = await import('./files/helperThread');
  return createFilesRegistry(connection, {
    ...(storageDir !== undefined && { storageDir }),
    startHelper: (root) => startHelper(root, __filename),
  });
}

function methodOf(registry: Registry, { group, method }: RemoteCall): AnyMethod {
  if (group === undefined) return (_query, signal) => registry.describe({}, signal);
  const known: readonly string[] = remoteMethods[group];
  if (!known.includes(method)) throw new Error(`No method '${method}'`);
  const methods = registry[group] as unknown as Readonly<Record<string, AnyMethod>>;
  return (query, signal) => methods[method]?.(query, signal);
}

if (!parentPort) throw new Error('This file runs in a worker thread');
const port = parentPort;
// The first message says what it is for.
port.once('message', (start: WorkerStart) => serve(start, port));
