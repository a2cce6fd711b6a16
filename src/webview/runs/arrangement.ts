import { type PackedGroups, packGroups } from '../../domain/packedGroups';
import { allRows, orderRows, searchRows, type SortValues } from '../../domain/rowOrder';
import { groupRows, type GroupTexts } from '../../domain/runLines';
import type { Handlers } from '../../rpc/channel';

/** What rows are found, ordered and grouped by; found by texts as they are, grouped by coded ones. */
export type Part = SortValues;

export interface Order {
  /** How many rows there are. */
  readonly length: number;
  /** Sought in the names; empty for all rows. */
  readonly words: string;
  readonly names: string;
  readonly keys: readonly { readonly id: string; readonly ascending: boolean }[];
}

interface ArrangeMethods {
  /** A part stays until it is dropped; each is sent once, not with each sort. */
  keep(args: { readonly id: string; readonly part: Part }): void;
  drop(args: { readonly id: string }): void;
  order(order: Order): Uint32Array;
  group(args: { readonly rows: Uint32Array; readonly by: readonly string[] }): PackedGroups;
}

export interface ArrangeWorker {
  readonly methods: ArrangeMethods;
  readonly events: object;
}

/** The worker's side of the arranging of a large table: it holds only what the table is arranged by at present. */
export class Arrangement {
  private readonly parts = new Map<string, Part>();

  readonly handlers: Handlers<ArrangeMethods> = {
    keep: ({ id, part }) => void this.parts.set(id, part),
    drop: ({ id }) => void this.parts.delete(id),
    order: ({ length, words, names, keys }) => {
      const found = words === '' ? allRows(length) : searchRows(allRows(length), this.namesAt(names), words);
      return orderRows(
        found,
        keys.map(({ id, ascending }) => ({ by: this.valuesAt(id), ascending })),
      );
    },
    group: ({ rows, by }) => {
      const [first, ...others] = by.map((id) => this.textsAt(id));
      if (!first) throw new Error('Rows are grouped by at least one column');
      return packGroups(groupRows(rows, [first, ...others]), by.length);
    },
  };

  private namesAt(id: string): readonly string[] {
    const part = this.parts.get(id);
    if (part?.kind !== 'texts') throw new Error(`No names '${id}' were sent`);
    return part.texts;
  }

  private valuesAt(id: string): SortValues {
    const part = this.parts.get(id);
    if (!part) throw new Error(`No values '${id}' were sent`);
    return part;
  }

  private textsAt(id: string): GroupTexts {
    const part = this.parts.get(id);
    if (part?.kind !== 'text') throw new Error(`No texts '${id}' were sent`);
    return part;
  }
}
