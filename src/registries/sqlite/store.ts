import { stat } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { setImmediate, setTimeout } from 'node:timers/promises';
import * as l10n from '@vscode/l10n';
import { UserError } from '../../domain/errors';
import { orAborted } from '../../domain/orAborted';
import { eachRow, type TakeRow } from './eachRow';
import { databasePaths } from './location';
import { type Database, databaseClass } from './nodeSqlite';
import { readSchema, type Schema } from './schema';
import { type Sql, sql } from './sql';
import { explain, isBusy, needsRollback } from './sqliteErrors';

/**
 * Tries on a locked file, about 5 s in all. SQLite itself waits `busyTimeout` ms in each, as long as a piece of work may
 * take (architecture.md, Threads); the pause between two is for other calls.
 */
const busyTries = 50;
const busyTimeout = 50;
const busyPause = 50;

/** Statements follow each other for so long, in ms, before other work is let in: few are as long as that. */
const longestTurn = 8;

interface Connection {
  readonly database: Database;
  /** Which file it is, should another one take its name. */
  readonly identity: string;
  /** Calls that come together share one reading. */
  schema?: { readonly stamp: number; readonly reading: Promise<Schema> };
}

/** One call's view of the store: its schema as it is now, and statements that stop when the call is cancelled. */
export interface Session {
  readonly schema: Schema;
  readonly workspace: string;
  readonly file: string;
  /** Which file it is, should another one take its name. */
  readonly identity: string;
  /** Runs one short statement (≤ 50 ms: writers wait for it), and lets other work happen every few ms. */
  all<Row extends object>(statement: Sql): Promise<Row[]>;
  /** The same for many rows: each is handed to `take`, in no promised order. Gives the ms that the statement took. */
  each(columns: string, from: Sql, take: TakeRow): Promise<number>;
}

/** One database file: a read-only connection that stays open, and a short one of its own for each write. */
export class SqliteStore {
  private connection: Connection | undefined;
  private readonly turns = new Turns();

  constructor(
    private readonly trackingUri: string,
    readonly workspace: string,
  ) {}

  async open(signal?: AbortSignal): Promise<Session> {
    signal?.throwIfAborted();
    const { file, identity } = await this.locate();
    return explained(file, async () => {
      // A replaced file's connection is left to the calls that still read it; Node closes it when they are done.
      if (this.connection?.identity !== identity) this.connection = { database: connect(file), identity };
      const { connection } = this;
      // The schema is for other calls too: the end of this one must not end its reading.
      const run = (signal?: AbortSignal) => statements(file, connection.database, this.turns, signal);
      const reading = currentSchema(file, connection, run().all);
      const schema = await orAborted(reading, signal);
      return { file, identity, workspace: this.workspace, schema, ...run(signal) };
    });
  }

  /** Runs `work` in one write transaction; MLflow's own settings of a connection (mlflow.md §3.3). */
  async write<T>(work: (database: Database) => T, signal?: AbortSignal): Promise<T> {
    const { file } = await this.locate();
    return explained(file, async () => {
      const database = new (databaseClass())(file);
      try {
        database.exec(
          `PRAGMA busy_timeout = ${busyTimeout}; PRAGMA foreign_keys = ON; PRAGMA case_sensitive_like = ON`,
        );
        await retrying(() => database.exec('BEGIN IMMEDIATE'), signal);
        const result = work(database);
        // From here on a cancelled call would not know whether it wrote: no signal.
        await retrying(() => database.exec('COMMIT'));
        return result;
      } finally {
        // Closing rolls back what was not committed.
        database.close();
      }
    });
  }

  dispose(): void {
    this.connection?.database.close();
    this.connection = undefined;
  }

  /** Only stats the file: opening and closing it elsewhere in the process would drop SQLite's locks on it. */
  private async locate(): Promise<{ file: string; identity: string }> {
    const candidates = databasePaths(this.trackingUri);
    for (const file of candidates) {
      const found = await stat(file, { bigint: true }).catch((error: unknown) => refusedAccess(error, file));
      if (!found) continue;
      if (found.isDirectory()) throw notAStore(l10n.t('{0} is a folder, not a database file.', file));
      if (!found.isFile()) throw notAStore(l10n.t('{0} is a device, not a database file.', file));
      if (found.size === 0n) throw notAStore(l10n.t('{0} is empty, not an MLflow store.', file));
      return { file, identity: `${file}\0${found.dev}\0${found.ino}` };
    }
    throw new UserError('notFound', l10n.t('{0} does not exist.', candidates[0] ?? ''), {
      next: l10n.t('Check the path of the database in the registry settings.'),
    });
  }
}

/** Nothing there is no failure: another reading of the path may fit. */
function refusedAccess(cause: unknown, file: string): undefined {
  if (!(cause instanceof Error && 'code' in cause && (cause.code === 'EACCES' || cause.code === 'EPERM'))) return;
  throw new UserError('unreachable', l10n.t('Access to {0} is denied.', file), {
    next: l10n.t('Check the permissions of the folder that it lies in.'),
    cause,
  });
}

function notAStore(sentence: string): UserError {
  return new UserError('invalid', sentence, { next: l10n.t('Choose the file that MLflow wrote, usually mlflow.db.') });
}

function connect(file: string): Database {
  const database = new (databaseClass())(file, { readOnly: true });
  // MLflow's LIKE tells capitals from small letters. Node 22.15 ignores the option `timeout`.
  database.exec(`PRAGMA busy_timeout = ${busyTimeout}; PRAGMA case_sensitive_like = ON`);
  return database;
}

async function currentSchema(file: string, connection: Connection, all: Session['all']): Promise<Schema> {
  // `mlflow db upgrade` may have run since the last call.
  const [row] = await all<{ schema_version: number }>(sql('PRAGMA schema_version'));
  const stamp = row?.schema_version ?? 0;
  if (connection.schema?.stamp !== stamp) {
    const reading = readSchema(file, stamp, all);
    connection.schema = { stamp, reading };
    // What could not be read is to be read again.
    reading.catch(() => {
      if (connection.schema?.reading === reading) delete connection.schema;
    });
  }
  return connection.schema.reading;
}

function statements(
  file: string,
  database: Database,
  turns: Turns,
  signal?: AbortSignal,
): Pick<Session, 'all' | 'each'> {
  const run = <T>(statement: () => T): Promise<T> =>
    explained(file, () => readable(file, () => turns.run(statement, signal)));
  return {
    all: <Row extends object>({ text, values }: Sql) =>
      run(() => database.prepare(text).all(...values) as unknown as Row[]),
    each: (columns, from, take) => run(() => eachRow(database, columns, from, take)),
  };
}

/** A short call is not made to wait for all that were asked after it. */
class Turns {
  private begun = -longestTurn;

  async run<T>(statement: () => T, signal?: AbortSignal): Promise<T> {
    if (performance.now() - this.begun >= longestTurn) {
      await setImmediate();
      this.begun = performance.now();
    }
    signal?.throwIfAborted();
    return retrying(statement, signal);
  }
}

/** Moves with every commit of another connection, and where another file took the name. */
export async function dataStamp(session: Session): Promise<string> {
  const [row] = await session.all<{ data_version: number }>(sql('PRAGMA data_version'));
  return JSON.stringify([session.identity, row?.data_version]);
}

/** After a writer was killed SQLite undoes its half at the next read of a connection that may write, as MLflow's is. */
async function readable<T>(file: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (!needsRollback(error)) throw error;
  }
  const database = new (databaseClass())(file);
  try {
    database.exec(`PRAGMA busy_timeout = ${busyTimeout}; SELECT 1 FROM sqlite_master LIMIT 1`);
  } finally {
    database.close();
  }
  return step();
}

async function retrying<T>(step: () => T, signal?: AbortSignal): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return step();
    } catch (error) {
      if (!isBusy(error) || tries === busyTries) throw error;
    }
    await setTimeout(busyPause, undefined, signal && { signal });
  }
}

async function explained<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explain(error, file);
  }
}
