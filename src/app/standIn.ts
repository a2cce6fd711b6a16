import { storeKind } from '../domain/connection';
import { UserError } from '../domain/errors';
import type { LastKnown } from '../domain/ports';
import type { RegistrySet } from './registrySet';

/** What stands in for a list until it can be read. */
export interface StandIn<T> {
  last(): Promise<{ readonly at: number; readonly items: readonly T[] } | undefined>;
  keep(items: readonly T[]): void;
  /** Resolves when a person would have waited long enough. */
  late(): Promise<void>;
}

/** The first pages of servers' lists as they were last read; stores on this machine need none. */
export class StandIns {
  constructor(
    private readonly registries: RegistrySet,
    private readonly lastKnown: LastKnown,
    private readonly late: () => Promise<void>,
  ) {}

  /** `name` says all that the list's content hangs on. */
  of<T>(registry: string, name: readonly unknown[], most: number): StandIn<T> | undefined {
    const connection = this.registries.connections.find((known) => known.name === registry);
    if (!connection || storeKind(connection.trackingUri) !== 'rest') return undefined;
    const key = JSON.stringify(name);
    return {
      last: async () => {
        const known = await this.lastKnown.get(connection, key);
        return known && { at: known.at, items: known.value as readonly T[] };
      },
      keep: (items) => this.lastKnown.put(connection, key, items.slice(0, most)),
      late: this.late,
    };
  }
}

/** Whether it says nothing of what the store holds: what was known of it may stand in. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof UserError && error.kind === 'unreachable';
}
