import { parentPort, workerData } from 'node:worker_threads';
import { flaggedSignal } from '../rpc/cancel';
import { Channel } from '../rpc/channel';
import type { Registry } from '../domain/ports';
import {
  type CallerProtocol,
  type RemoteCall,
  remoteMethods,
  type WorkerProtocol,
  type WorkerStart,
} from './remoteMethods';
import { buffersIn, portWire } from './wire';

type AnyMethod = (query: unknown, signal: AbortSignal) => unknown;

/** One worker owns one local registry (architecture.md, Threads). */
async function serve(start: WorkerStart): Promise<void> {
  if (!parentPort) throw new Error('This file runs in a worker thread');
  const registry = await open(start);
  new Channel<WorkerProtocol, CallerProtocol>(
    portWire(parentPort),
    { call: (call, signal) => methodOf(registry, call)(call.query, signal) },
    { signalFor: flaggedSignal, transferables: buffersIn },
  );
}

/** Evaluates its own backend only: a person waits for the first rows. */
async function open({ connection, kind }: WorkerStart): Promise<Registry> {
  if (kind === 'sqlite') return (await import('./sqlite/sqliteRegistry')).createSqliteRegistry(connection);
  return (await import('./files/filesRegistry')).createFilesRegistry(connection);
}

function methodOf(registry: Registry, { group, method }: RemoteCall): AnyMethod {
  if (group === undefined) return (_query, signal) => registry.describe({}, signal);
  const known: readonly string[] = remoteMethods[group];
  if (!known.includes(method)) throw new Error(`No method '${method}'`);
  const methods = registry[group] as unknown as Readonly<Record<string, AnyMethod>>;
  return (query, signal) => methods[method]?.(query, signal);
}

void serve(workerData as WorkerStart);
