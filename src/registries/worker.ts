import { parentPort } from 'node:worker_threads';
import type { WorkerOrder } from './remoteMethods';

/** Loads only what answers, each a file of its own: a person waits for the first rows. */
async function serve({ start, port }: WorkerOrder): Promise<void> {
  if (start.kind === 'sqlite') (await import('./sqliteThread')).serveSqlite(start, port);
  else if (start.kind === 'files') (await import('./filesThread')).serveFiles(start, port, __filename);
  else if (start.kind === 'values') (await import('./filesThread')).serveValues(start, port);
  else (await import('./bodiesThread')).serveBodies(port);
}

parentPort?.once('message', (order: WorkerOrder) => void serve(order));
