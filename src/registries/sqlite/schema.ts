import * as l10n from '@vscode/l10n';
import { UserError } from '../../domain/errors';
import { type Sql, sql } from './sql';

interface Column {
  readonly name: string;
  readonly notNull: boolean;
  /** Place in the primary key from 1; 0 outside it. */
  readonly key: number;
}

export interface Index {
  readonly name: string;
  readonly unique: boolean;
  /** `pk`, `u` (a constraint) or `c` (CREATE INDEX). */
  readonly origin: string;
}

export type Run = (statement: Sql) => Promise<unknown[]>;

/** Which tables, columns and indexes the file has: MLflow's releases differ (mlflow.md §3.1, Appendix C). */
export class Schema {
  constructor(
    /** `PRAGMA schema_version` when it was read. */
    readonly stamp: number,
    /** Alembic's revision; empty where the file tells none. */
    readonly head: string,
    private readonly tables: ReadonlyMap<string, readonly Column[]>,
    private readonly indexes: ReadonlyMap<string, readonly Index[]>,
    private readonly triggers: ReadonlySet<string>,
  ) {}

  has(table: string, column?: string): boolean {
    const columns = this.tables.get(table);
    return columns !== undefined && (column === undefined || columns.some(({ name }) => name === column));
  }

  /** `table.column`, or NULL on a schema without it. */
  column(table: string, column: string): string {
    return this.has(table, column) ? `${table}.${column}` : 'NULL';
  }

  columnsOf(table: string): readonly Column[] {
    return this.tables.get(table) ?? [];
  }

  indexesOf(table: string): readonly Index[] {
    return this.indexes.get(table) ?? [];
  }

  hasTrigger(table: string): boolean {
    return this.triggers.has(table);
  }

  /** Rows of this workspace only, where the schema has workspaces (3.10+, mlflow.md trap 48). */
  inWorkspace(table: string, workspace: string): Sql {
    return this.has(table, 'workspace') ? sql(`${table}.workspace = ?`, workspace) : sql('1');
  }
}

/** The tables without which nothing can be shown, and a column that only MLflow's have. */
const essential = [
  ['experiments', 'lifecycle_stage'],
  ['runs', 'run_uuid'],
] as const;

/**
 * A view may stand for a table. Other programs' virtual tables, whose module we lack, and views of what is gone would
 * fail every question about columns: a broken view has none, and virtual tables are never MLflow's.
 */
const readable =
  "(SELECT name FROM pragma_table_list WHERE schema = 'main' AND (type = 'table' OR (type = 'view' AND ncol > 0)))";

/** Throws UserError 'invalid' where the database is not MLflow's. */
export async function readSchema(file: string, stamp: number, run: Run): Promise<Schema> {
  const columns = (await run(
    sql(
      'SELECT m.name AS tableName, c.name AS name, c."notnull" AS needed, c.pk AS key ' +
        `FROM ${readable} AS m JOIN pragma_table_info(m.name) AS c`,
    ),
  )) as { tableName: string; name: string; needed: number; key: number }[];
  const indexes = (await run(
    sql(
      'SELECT m.name AS tableName, i.name AS name, i."unique" AS uniq, i.origin AS origin ' +
        `FROM ${readable} AS m JOIN pragma_index_list(m.name) AS i`,
    ),
  )) as { tableName: string; name: string; uniq: number; origin: string }[];
  const triggers = (await run(sql("SELECT tbl_name AS name FROM sqlite_master WHERE type = 'trigger'"))) as {
    name: string;
  }[];
  const schema = new Schema(
    stamp,
    await readHead(
      columns.some(({ tableName }) => tableName === 'alembic_version'),
      run,
    ),
    grouped(columns, ({ name, needed, key }) => ({ name, notNull: needed === 1, key })),
    grouped(indexes, ({ name, uniq, origin }) => ({ name, unique: uniq === 1, origin })),
    new Set(triggers.map(({ name }) => name)),
  );
  const missing = essential.find(([table, column]) => !schema.has(table, column));
  if (!missing) return schema;
  throw new UserError('invalid', l10n.t('{0} is not an MLflow store: it has no {1} table.', file, missing[0]), {
    next: l10n.t('Choose the file that MLflow wrote, usually mlflow.db.'),
  });
}

async function readHead(present: boolean, run: Run): Promise<string> {
  if (!present) return '';
  const [row] = (await run(sql('SELECT version_num AS head FROM alembic_version LIMIT 1'))) as { head: string }[];
  return row?.head ?? '';
}

function grouped<R extends { readonly tableName: string }, T>(
  rows: readonly R[],
  make: (row: R) => T,
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) groups.set(row.tableName, [...(groups.get(row.tableName) ?? []), make(row)]);
  return groups;
}
