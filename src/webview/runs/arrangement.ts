import { type PackedGroups, packGroups } from '../../domain/packedGroups';
import { allRows, orderRows, searchRows, type SortKey, type SortValues } from '../../domain/rowOrder';
import { groupRows, type GroupTexts } from '../../domain/runLines';
import type { Handlers } from '../../rpc/channel';

/** What rows are arranged by; left out where the worker has it from the last time. */
export interface Sent<P> {
  readonly id: string;
  readonly by?: P;
}

interface Order {
  /** How many rows there are. */
  readonly length: number;
  /** Sought in the names; empty for all rows. */
  readonly words: string;
  /** Of all rows; none where nothing is sought. */
  readonly names: readonly Sent<readonly string[]>[];
  readonly keys: readonly (Sent<SortValues> & Pick<SortKey, 'ascending'>)[];
}

interface ArrangeMethods {
  order(order: Order): Uint32Array;
  group(args: { readonly rows: Uint32Array; readonly by: readonly Sent<GroupTexts>[] }): PackedGroups;
}

export interface ArrangeWorker {
  readonly methods: ArrangeMethods;
  readonly events: object;
}

/** The worker's side of the arranging of a large table. */
export class Arrangement {
  private readonly names = new Held<readonly string[]>();
  private readonly values = new Held<SortValues>();
  private readonly texts = new Held<GroupTexts>();

  readonly handlers: Handlers<ArrangeMethods> = {
    order: ({ length, words, names, keys }) => {
      const [found] = this.names.take(names);
      return order(length, words, found?.by ?? [], this.values.take(keys));
    },
    group: ({ rows, by }) => {
      const [first, ...others] = this.texts.take(by).map((each) => each.by);
      if (!first) throw new Error('Rows are grouped by at least one column');
      return packGroups(groupRows(rows, [first, ...others]), by.length);
    },
  };
}

/** Rows whose names hold the words, in the order of the keys. */
export function order(length: number, words: string, names: readonly string[], keys: readonly SortKey[]): Uint32Array {
  return orderRows(searchRows(allRows(length), names, words), keys);
}

/** Holds only what the table is arranged by at present. */
class Held<P> {
  private parts: ReadonlyMap<string, P> = new Map();

  take<S extends Sent<P>>(sent: readonly S[]): readonly (S & { readonly by: P })[] {
    const parts = sent.map((each) => ({ ...each, by: each.by ?? this.partOf(each.id) }));
    this.parts = new Map(parts.map(({ id, by }) => [id, by]));
    return parts;
  }

  private partOf(id: string): P {
    const part = this.parts.get(id);
    if (part === undefined) throw new Error(`Nothing was sent of '${id}'`);
    return part;
  }
}
