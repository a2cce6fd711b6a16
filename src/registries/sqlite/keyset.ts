import * as l10n from '@vscode/l10n';
import { UserError } from '../../domain/errors';
import type { Page } from '../../domain/ports';
import type { Key } from './keys';
import { allOf, sql, type Sql, type SqlValue } from './sql';

/** One column of an order; the columns of an order together tell any two rows apart. */
export interface OrderColumn {
  readonly expression: string;
  readonly descending?: boolean;
  /** An integer that may be above 2^53. */
  readonly wide?: boolean;
}

/**
 * Pages that continue after the last row seen rather than at an offset: runs that start while a person pages neither
 * repeat nor hide rows. The token is the last row's order values.
 */
export class Keyset {
  constructor(private readonly columns: readonly OrderColumn[]) {}

  /** A SELECT of one row more than the page holds, which tells whether another page follows. */
  page(selection: Sql, from: string, where: Sql, maxResults: number, token: string | undefined, joins = sql('')): Sql {
    const keys = this.columns.map(
      ({ expression, wide }, i) => `${wide ? `CAST(${expression} AS TEXT)` : expression} AS k${i}`,
    );
    const after = this.after(token);
    const order = this.columns.map(({ descending }, i) => `${this.key(i)}${descending ? ' DESC' : ''}`);
    return sql(
      `SELECT * FROM (SELECT ${[selection.text, ...keys].join(', ')} FROM ${from} ${joins.text} WHERE ${where.text}) ` +
        `WHERE ${after.text} ORDER BY ${order.join(', ')} LIMIT ?`,
      ...selection.values,
      ...joins.values,
      ...where.values,
      ...after.values,
      maxResults + 1,
    );
  }

  /** The page of `items`, made from the rows that `page` gave. */
  toPage<T>(rows: readonly object[], maxResults: number, items: readonly T[]): Page<T> {
    const nextPageToken = this.nextToken(rows, maxResults);
    return nextPageToken === undefined ? { items } : { items, nextPageToken };
  }

  nextToken(rows: readonly object[], maxResults: number): string | undefined {
    const last = rows[maxResults - 1] as Readonly<Record<string, Key>> | undefined;
    if (rows.length <= maxResults || !last) return undefined;
    const keys = this.columns.map((_, i) => last[`k${i}`] ?? null);
    return Buffer.from(JSON.stringify(keys)).toString('base64url');
  }

  /** Rows that tie in the columns before one and lie beyond in it. */
  private after(token: string | undefined): Sql {
    if (token === undefined) return sql('1');
    const keys = this.parse(token);
    const branches = keys.map((key, i) =>
      allOf([...keys.slice(0, i).map((tie, j) => this.same(j, tie)), this.beyond(i, key)]),
    );
    return {
      text: branches.map((branch) => `(${branch.text})`).join(' OR '),
      values: branches.flatMap((branch) => branch.values),
    };
  }

  private same(i: number, key: Key): Sql {
    return sql(`${this.key(i)} IS ${this.mark(i)}`, key);
  }

  /** NULL is SQLite's smallest value: first when ascending, last when descending. */
  private beyond(i: number, key: Key): Sql {
    const column = this.key(i);
    if (!this.columns[i]?.descending)
      return key === null ? sql(`${column} IS NOT NULL`) : sql(`${column} > ${this.mark(i)}`, key);
    return key === null ? sql('0') : sql(`${column} < ${this.mark(i)} OR ${column} IS NULL`, key);
  }

  private key(i: number): string {
    return this.columns[i]?.wide ? `CAST(k${i} AS INTEGER)` : `k${i}`;
  }

  private mark(i: number): string {
    return this.columns[i]?.wide ? 'CAST(? AS INTEGER)' : '?';
  }

  private parse(token: string): readonly Key[] {
    const keys = parseJson(Buffer.from(token, 'base64url').toString());
    if (isKeys(keys) && keys.length === this.columns.length) return keys;
    throw new UserError('invalid', l10n.t('This page token belongs to another search.'), {
      next: l10n.t('Start again from the first page.'),
    });
  }
}

function isKeys(keys: unknown): keys is readonly (SqlValue & Key)[] {
  return Array.isArray(keys) && keys.every((key) => key === null || typeof key === 'string' || typeof key === 'number');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
