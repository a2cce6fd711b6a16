import type { Database } from './nodeSqlite';
import type { SqlValue } from './sql';
import type { Session } from './store';

type Values = Readonly<Record<string, SqlValue>>;

/** Rows of MLflow's tables by column; a table with workspaces has ours in each row. */
export class TableRows {
  constructor(
    private readonly database: Database,
    private readonly session: Session,
  ) {}

  insert(table: string, values: Values): void {
    const row = this.within(table, values);
    const columns = Object.keys(row);
    const marks = columns.map(() => '?').join(', ');
    this.database
      .prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks})`)
      .run(...Object.values(row).map(bound));
  }

  update(table: string, values: Values, key: Values): void {
    const where = this.where(table, key);
    const set = Object.keys(values).map((column) => `${column} = ?`);
    this.database
      .prepare(`UPDATE ${table} SET ${set.join(', ')} WHERE ${where.text}`)
      .run(...Object.values(values).map(bound), ...where.values);
  }

  remove(table: string, key: Values): void {
    const where = this.where(table, key);
    this.database.prepare(`DELETE FROM ${table} WHERE ${where.text}`).run(...where.values);
  }

  exists(table: string, key: Values): boolean {
    return this.row(table, '1', key) !== undefined;
  }

  row(table: string, columns: string, key: Values): Readonly<Record<string, unknown>> | undefined {
    const where = this.where(table, key);
    return this.database.prepare(`SELECT ${columns} FROM ${table} WHERE ${where.text}`).get(...where.values);
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

  private where(table: string, key: Values): { readonly text: string; readonly values: SqlValue[] } {
    const row = this.within(table, key);
    return {
      text: Object.keys(row)
        .map((column) => `${column} = ?`)
        .join(' AND '),
      values: Object.values(row).map(bound),
    };
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
