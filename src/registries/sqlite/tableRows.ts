import type { Database } from './nodeSqlite';
import type { Schema } from './schema';
import { type Sql, sql, type SqlValue } from './sql';
import type { Session } from './store';

type Values = Readonly<Record<string, SqlValue>>;

/** Rows of MLflow's tables by column, in one transaction; a table with workspaces has ours in each row. */
export class TableRows {
  private readonly statements = new Map<string, ReturnType<Database['prepare']>>();

  constructor(
    private readonly database: Database,
    private readonly session: Session,
  ) {}

  get schema(): Schema {
    return this.session.schema;
  }

  get workspace(): string {
    return this.session.workspace;
  }

  /** Inserts a row, or does with `onConflict` (an upsert clause) where its key is there. */
  insert(table: string, values: Values, onConflict = ''): void {
    const row = this.within(table, values);
    const columns = Object.keys(row);
    const marks = columns.map(() => '?').join(', ');
    this.run(
      sql(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks}) ${onConflict}`, ...Object.values(row)),
    );
  }

  /** Inserts the row, or changes the values of the one with that key. */
  put(table: string, key: Values, values: Values): void {
    const set = Object.keys(values).map((column) => `${column} = excluded.${column}`);
    const target = Object.keys(this.within(table, key)).join(', ');
    this.insert(table, { ...key, ...values }, `ON CONFLICT (${target}) DO UPDATE SET ${set.join(', ')}`);
  }

  update(table: string, values: Values, key: Values): void {
    const where = this.where(table, key);
    const set = Object.keys(values).map((column) => `${column} = ?`);
    this.run(
      sql(`UPDATE ${table} SET ${set.join(', ')} WHERE ${where.text}`, ...Object.values(values), ...where.values),
    );
  }

  remove(table: string, key: Values): void {
    const where = this.where(table, key);
    this.run(sql(`DELETE FROM ${table} WHERE ${where.text}`, ...where.values));
  }

  run({ text, values }: Sql): void {
    this.prepared(text).run(...values.map(bound));
  }

  first({ text, values }: Sql): Readonly<Record<string, unknown>> | undefined {
    return this.prepared(text).get(...values.map(bound));
  }

  exists(table: string, key: Values): boolean {
    return this.row(table, '1', key) !== undefined;
  }

  row(table: string, columns: string, key: Values): Readonly<Record<string, unknown>> | undefined {
    const where = this.where(table, key);
    return this.first(sql(`SELECT ${columns} FROM ${table} WHERE ${where.text}`, ...where.values));
  }

  value(table: string, column: string, key: Values): unknown {
    return this.row(table, `${column} AS value`, key)?.['value'];
  }

  largest(table: string, column: string, key: Values): number {
    return Number(this.value(table, `max(${column})`, key) ?? 0);
  }

  /** An id that may be above 2^53. */
  wholeNumber(table: string, column: string, key: Values): bigint | undefined {
    const text = this.value(table, `CAST(${column} AS TEXT)`, key);
    return typeof text === 'string' ? BigInt(text) : undefined;
  }

  private prepared(text: string): ReturnType<Database['prepare']> {
    const statement = this.statements.get(text) ?? this.database.prepare(text);
    this.statements.set(text, statement);
    return statement;
  }

  private where(table: string, key: Values): Sql {
    const row = this.within(table, key);
    const equal = Object.keys(row).map((column) => `${column} = ?`);
    return sql(equal.join(' AND '), ...Object.values(row));
  }

  private within(table: string, values: Values): Values {
    const { schema, workspace } = this.session;
    return schema.has(table, 'workspace') ? { ...values, workspace } : values;
  }
}

/** Whole numbers as integers: a REAL in an integer column would read as 1.0 in Python. */
function bound(value: SqlValue): SqlValue {
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value;
}
