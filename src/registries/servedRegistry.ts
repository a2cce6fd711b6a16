import type { MessagePort } from 'node:worker_threads';
import type { Registry } from '../domain/ports';
import { buffersIn } from '../rpc/buffers';
import { flaggedSignal } from '../rpc/cancel';
import { Channel } from '../rpc/channel';
import { type CallerProtocol, type RemoteCall, remoteMethods, type WorkerProtocol } from './remoteMethods';
import { portWire } from './wire';

type AnyMethod = (query: unknown, signal: AbortSignal) => unknown;

/** How every thread answers: a call can be cancelled while the thread is busy, and columns are moved. */
export const threadOptions = { signalFor: flaggedSignal, transferables: buffersIn };

/** One worker owns one local registry (architecture.md, Threads). */
export function serveRegistry(registry: Registry, port: MessagePort): void {
  const call = (request: RemoteCall, signal: AbortSignal) => methodOf(registry, request)(request.query, signal);
  new Channel<WorkerProtocol, CallerProtocol>(portWire(port), { call }, threadOptions);
}

function methodOf(registry: Registry, { group, method }: RemoteCall): AnyMethod {
  if (group === undefined) return (_query, signal) => registry.describe({}, signal);
  const known: readonly string[] = remoteMethods[group];
  if (!known.includes(method)) throw new Error(`No method '${method}'`);
  const methods = registry[group] as unknown as Readonly<Record<string, AnyMethod>>;
  return (query, signal) => methods[method]?.(query, signal);
}
