import type * as Sqlite from 'node:sqlite';
import * as l10n from '@vscode/l10n';
import { UserError } from '../../domain/errors';

export type Database = Sqlite.DatabaseSync;
type DatabaseClass = typeof Sqlite.DatabaseSync;

/**
 * The database class of `node:sqlite`, asked of the running Node because some builds leave it out
 * (performance.md §3.1). Throws UserError 'unsupported' where it is missing.
 */
export function databaseClass(host: Pick<NodeJS.Process, 'getBuiltinModule'> = process): DatabaseClass {
  // Absent before Node 22.3, whatever the types say.
  const getBuiltinModule = host.getBuiltinModule as ((id: string) => object | undefined) | undefined;
  const found = getBuiltinModule?.('node:sqlite') as
    { DatabaseSync?: DatabaseClass; Database?: DatabaseClass } | undefined;
  // `DatabaseSync` is the older name, kept as an alias where `Database` is the newer one.
  const Class = found?.Database ?? found?.DatabaseSync;
  if (Class) return Class;
  throw new UserError(
    'unsupported',
    l10n.t('This database needs SQLite inside the editor or Node.js, which is missing.'),
    {
      next: l10n.t('Use VS Code 1.101 or later, or Node.js 22.13 or later on the command line.'),
    },
  );
}
