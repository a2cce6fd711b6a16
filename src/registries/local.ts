import type { Connection } from '../domain/connection';
import type { Registry } from '../domain/ports';
import { createFilesRegistry } from './files/filesRegistry';
import { createSqliteRegistry } from './sqlite/sqliteRegistry';

/** The backend of a store on this machine, in the thread that calls. */
export function openLocal(connection: Connection, kind: 'sqlite' | 'files'): Registry {
  return kind === 'sqlite' ? createSqliteRegistry(connection) : createFilesRegistry(connection);
}
