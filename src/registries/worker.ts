import { parentPort, workerData } from 'node:worker_threads';
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

/** One worker owns one local registry, or decodes for one server (architecture.md, Threads). */
async function serve(start: WorkerStart): Promise<void> {
  if (!parentPort) throw new Error('This file runs in a worker thread');
  const wire = portWire(parentPort);
  if (start.kind === 'bodies') {
    const { decodeBody } = await import('./rest/bodies');
    const decode = ({ kind, bytes, server }: BodyCall) => decodeBody(kind, bytes, server);
    new Channel<BodyProtocol, CallerProtocol>(wire, { decode }, options);
    return;
  }
  if (start.kind === 'values') {
    const { answerHelp } = await import('./files/helperThread');
    new Channel<HelperProtocol, CallerProtocol>(wire, { read: answerHelp(start.root) }, options);
    return;
  }
  const registry = await open(start);
  const call = (request: RemoteCall, signal: AbortSignal) => methodOf(registry, request)(request.query, signal);
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

void serve(workerData as WorkerStart);
