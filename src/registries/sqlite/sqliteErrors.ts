import * as l10n from '@vscode/l10n';
import { UserError } from '../../domain/errors';

/** SQLite's primary result codes that a person can cause. */
const resultCode = {
  error: 1,
  busy: 5,
  locked: 6,
  readonly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cantOpen: 14,
  notADatabase: 26,
};

/** The primary code of an error of `node:sqlite`; undefined for any other error. */
function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined;
  return typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
}

export function isBusy(error: unknown): boolean {
  const code = sqliteCode(error);
  return code === resultCode.busy || code === resultCode.locked;
}

/** SQLITE_READONLY_ROLLBACK: a writer was killed, and a connection that only reads may not undo what it left. */
export function needsRollback(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === 776;
}

/** What went wrong with the database file, as a person can act on it; anything else is given back as it is. */
export function explain(error: unknown, file: string): unknown {
  const options = { cause: error };
  switch (sqliteCode(error)) {
    case resultCode.error:
      return missingPart(error, file) ?? error;
    case resultCode.busy:
    case resultCode.locked:
      return new UserError('unreachable', l10n.t('{0} is locked by another process.', file), {
        ...options,
        next: l10n.t('Wait until the training run or server has written, then refresh.'),
      });
    case resultCode.readonly:
      return needsRollback(error) ? halfWritten(error, file) : unopened(error, file);
    case resultCode.cantOpen:
      return unopened(error, file);
    case resultCode.notADatabase:
      return new UserError('invalid', l10n.t('{0} is not a SQLite database.', file), {
        ...options,
        next: l10n.t('Choose the file that MLflow wrote, usually mlflow.db.'),
      });
    case resultCode.corrupt:
      return new UserError('invalid', l10n.t('{0} is damaged.', file), {
        ...options,
        next: l10n.t('Restore it from a copy, or repair it with the sqlite3 command ".recover".'),
      });
    case resultCode.ioError:
    case resultCode.full:
      return new UserError('unreachable', l10n.t('The disk refused to read or write {0}.', file), {
        ...options,
        next: l10n.t('Check the free space and, on a network folder, the connection.'),
      });
    default:
      return error;
  }
}

/** A table or column that every MLflow makes is gone; undefined where the statement itself is wrong. */
function missingPart(cause: unknown, file: string): UserError | undefined {
  const [, kind, name = ''] = /no such (table|column): ([\w.]+)/.exec(String(cause)) ?? [];
  if (!kind) return undefined;
  if (/\browid$/.test(name)) return viewForTable(cause, file);
  const sentence =
    kind === 'table'
      ? l10n.t('{0} has no table {1}, which every MLflow makes.', file, name)
      : l10n.t('{0} has no column {1}, which every supported MLflow makes.', file, name);
  return new UserError('invalid', sentence, {
    cause,
    next: l10n.t('Restore it from a copy, or run "mlflow db upgrade" on it.'),
  });
}

/** Only tables have it: pages of a view would have no order to go on in. */
function viewForTable(cause: unknown, file: string): UserError {
  return new UserError('invalid', l10n.t('{0} has a view where MLflow has a table, which cannot be paged.', file), {
    cause,
    next: l10n.t('Make it a table again: CREATE TABLE … AS SELECT * FROM the view.'),
  });
}

function unopened(cause: unknown, file: string): UserError {
  return new UserError('unreachable', l10n.t('{0} could not be opened by SQLite.', file), {
    cause,
    next: l10n.t(
      'Check that you may read it; where it uses write-ahead logging (a -wal file), you must also be allowed to write in its folder.',
    ),
  });
}

function halfWritten(cause: unknown, file: string): UserError {
  return new UserError('unreachable', l10n.t('{0} was left half-written by a process that was killed.', file), {
    cause,
    next: l10n.t('Open it once as somebody who may write to it, then refresh.'),
  });
}
