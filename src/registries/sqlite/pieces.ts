import type { Session } from './store';
import { type Sql } from './sql';

/** Rows that one statement may give: about 10 ms as objects. */
const rowsPerStatement = 10_000;

/** What one statement should take, in ms: a training run that wants to commit waits for it. */
const statementTime = 1;

/** How many rows the next statement may pass over to take about `statementTime`, on this machine and in this file. */
export class Pace {
  constructor(private size: number) {}

  get rows(): number {
    return this.size;
  }

  /** The last statement took this long. */
  note(ms: number): void {
    const change = Math.min(2, Math.max(1 / 8, statementTime / ms));
    this.size = Math.max(1, Math.round(this.size * change));
  }
}

/**
 * All rows that belong to `ids`, asked in pieces so that no statement holds the file's lock for long; the size of a
 * piece follows the number of rows that an id had so far.
 */
export async function* rowsOf<Row extends object>(
  session: Session,
  ids: readonly string[],
  statement: (ids: readonly string[]) => Sql,
): AsyncGenerator<Row[]> {
  let size = 32;
  for (let at = 0; at < ids.length;) {
    const piece = ids.slice(at, at + size);
    const rows = await session.all<Row>(statement(piece));
    yield rows;
    at += piece.length;
    const rowsPerId = Math.max(1, rows.length / piece.length);
    size = Math.max(1, Math.min(size * 4, Math.floor(rowsPerStatement / rowsPerId)));
  }
}

/** Lists by owner, each in the order of its rows. */
export class Groups<T> {
  private readonly groups = new Map<string, T[]>();

  add(owner: string, item: T): void {
    const group = this.groups.get(owner);
    if (group) group.push(item);
    else this.groups.set(owner, [item]);
  }

  of(owner: string): readonly T[] {
    return this.groups.get(owner) ?? [];
  }
}
