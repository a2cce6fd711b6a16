import type { MessagePort } from 'node:worker_threads';
import type { StoreStart } from './remoteMethods';
import { serveRegistry } from './servedRegistry';
import { createSqliteRegistry } from './sqlite/sqliteRegistry';

export function serveSqlite({ connection }: StoreStart, port: MessagePort): void {
  serveRegistry(createSqliteRegistry(connection), port);
}
