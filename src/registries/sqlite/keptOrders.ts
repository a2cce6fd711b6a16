import * as l10n from '@vscode/l10n';
import { UserError } from '../../domain/errors';
import type { Key } from './keys';
import type { RunKeys, RunOrder } from './runOrder';

/** A page's end: the last run seen, and where that was in an order of that stamp. */
export interface Place {
  readonly last: RunKeys;
  readonly stamp: string;
  readonly at: number;
}

/** Runs in all orders that are kept, of 8 to 40 bytes each; the newest order is kept in any case. */
const maxRuns = 400_000;

/** Orders of the last searches, each as long as the data that it was read from: then a next page costs the same in any store. */
export class KeptOrders {
  /** A place of another process's order is none of these. */
  private readonly owner = Math.random().toString(36).slice(2);
  private readonly kept = new Map<string, { readonly stamp: string; readonly order: RunOrder }>();

  /** The stamp of orders that are read now. */
  stamp(dataStamp: string): string {
    return `${this.owner} ${dataStamp}`;
  }

  /** The order of a search while the data are still those of `stamp`. */
  of(search: string, stamp: string): RunOrder | undefined {
    const found = this.kept.get(search);
    this.kept.delete(search);
    if (found?.stamp !== stamp) return undefined;
    this.kept.set(search, found);
    return found.order;
  }

  keep(search: string, stamp: string, order: RunOrder): void {
    this.kept.delete(search);
    this.kept.set(search, { stamp, order });
    let runs = 0;
    for (const [old, { order }] of [...this.kept].reverse()) {
      // Small orders count too: searches without runs must not pile up.
      runs += order.rowids.length + 1000;
      if (runs > maxRuns && old !== search) this.kept.delete(old);
    }
  }
}

export function tokenOf({ last, stamp, at }: Place): string {
  return Buffer.from(JSON.stringify([stamp, at, last.id, ...last.keys])).toString('base64url');
}

/** The place that a token tells; throws UserError 'invalid' where it is not one of an order by so many columns. */
export function placeOf(token: string, columns: number): Place {
  const [stamp, at, id, ...keys] = partsOf(token);
  const isPlace = typeof stamp === 'string' && typeof at === 'number' && typeof id === 'string';
  if (isPlace && keys.length === columns) return { stamp, at, last: { id, keys } };
  throw new UserError('invalid', l10n.t('This page token belongs to another search.'), {
    next: l10n.t('Start again from the first page.'),
  });
}

function partsOf(token: string): readonly Key[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    return Array.isArray(parts) ? (parts as Key[]) : [];
  } catch {
    return [];
  }
}
