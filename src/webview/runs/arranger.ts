import { unpackGroups } from '../../domain/packedGroups';
import { allRows, orderRows, searchRows, type SortValues } from '../../domain/rowOrder';
import { groupRows, type GroupTexts, type RowGroup } from '../../domain/runLines';
import { Channel, type Wire } from '../../rpc/channel';
import type { ArrangeWorker, Part } from './arrangement';

/** So many rows are arranged faster than a worker is asked. */
const fewRows = 50_000;
/** The same where they are ordered by numbers alone, which takes 8 ms for a hundred thousand. */
const fewNumbers = 200_000;

/** A column that rows are arranged by; made when it is needed, and sent again when its source is another. */
export interface By<P> {
  readonly id: string;
  readonly source: unknown;
  readonly make: () => P;
}

export interface Ordering {
  readonly length: number;
  /** Without them there is nothing to find. */
  readonly words: string;
  readonly names: By<readonly string[]>;
  readonly keys: readonly (By<SortValues> & { readonly ascending: boolean; readonly numeric: boolean })[];
}

export type Grouping = readonly [By<GroupTexts>, ...By<GroupTexts>[]];

/** A worker's wire; `failed` is told when it cannot start or breaks. */
export type StartWorker = (failed: () => void) => Promise<Wire>;

type ToWorker = Channel<never, ArrangeWorker>;

/** Orders and groups rows: few at once, many in a worker, so that the page stays usable; without one as the few. */
export class Arranger {
  private channel: Promise<ToWorker> | undefined;
  private isBroken = false;
  /** What the worker holds, by id: where it came from. */
  private readonly held = new Map<string, unknown>();

  constructor(private readonly start: StartWorker) {}

  order(ordering: Ordering): Uint32Array | Promise<Uint32Array> {
    const { length, words, names, keys } = ordering;
    // The order of the store needs no work.
    const isAsItIs = words === '' && keys.length === 0;
    const isOfNumbers = words === '' && length * keys.length < fewNumbers && keys.every(({ numeric }) => numeric);
    if (isAsItIs || isOfNumbers || this.isHere(length)) return orderHere(ordering);
    const parts = [
      ...keys.map(({ id, source, make }) => ({ id: `order ${id}`, source, make })),
      ...(words === '' ? [] : [{ ...names, id: 'order names', make: () => namesPart(names.make()) }]),
    ];
    const asked = keys.map(({ id, ascending }) => ({ id: `order ${id}`, ascending }));
    return this.inWorker(
      'order',
      parts,
      (channel) => channel.request('order', { length, words, names: 'order names', keys: asked }),
      () => orderHere(ordering),
    );
  }

  group(rows: Uint32Array, by: Grouping): readonly RowGroup[] | Promise<readonly RowGroup[]> {
    if (this.isHere(rows.length)) return groupHere(rows, by);
    const parts = by.map(({ id, source, make }) => ({ id: `group ${id}`, source, make: () => textPart(make()) }));
    return this.inWorker(
      'group',
      parts,
      async (channel) => unpackGroups(await channel.request('group', { rows, by: parts.map(({ id }) => id) })),
      () => groupHere(rows, by),
    );
  }

  private isHere(length: number): boolean {
    return this.isBroken || length < fewRows;
  }

  private async inWorker<T>(
    kind: string,
    parts: readonly By<Part>[],
    ask: (channel: ToWorker) => Promise<T>,
    here: () => T,
  ): Promise<T> {
    try {
      const channel = await (this.channel ??= this.connect());
      this.hold(channel, kind, parts);
      return await ask(channel);
    } catch (error) {
      if (!this.isBroken) console.warn('The table is arranged without a worker, which takes the page longer:', error);
      this.isBroken = true;
      return here();
    }
  }

  private async connect(): Promise<ToWorker> {
    const broken = new Error('The worker of the table could not run.');
    const wire = await this.start(() => channel.dispose(broken));
    const channel: ToWorker = new Channel<never, ArrangeWorker>(wire, {} as never);
    return channel;
  }

  /** The worker has what is needed now, and nothing of what was needed for that before. */
  private hold(channel: ToWorker, kind: string, parts: readonly By<Part>[]): void {
    const wanted = new Set(parts.map(({ id }) => id));
    for (const id of this.held.keys()) {
      if (!id.startsWith(`${kind} `) || wanted.has(id)) continue;
      this.held.delete(id);
      void channel.request('drop', { id }).catch(() => undefined);
    }
    for (const { id, source, make } of parts) {
      if (this.held.get(id) === source) continue;
      this.held.set(id, source);
      void channel.request('keep', { id, part: make() }).catch(() => undefined);
    }
  }
}

function orderHere({ length, words, names, keys }: Ordering): Uint32Array {
  const found = words === '' ? allRows(length) : searchRows(allRows(length), names.make(), words);
  return orderRows(
    found,
    keys.map(({ make, ascending }) => ({ by: make(), ascending })),
  );
}

function groupHere(rows: Uint32Array, [first, ...others]: Grouping): readonly RowGroup[] {
  return groupRows(rows, [first.make(), ...others.map(({ make }) => make())]);
}

function namesPart(texts: readonly string[]): Part {
  return { kind: 'texts', texts };
}

/** A frame's column has a key too, which nobody needs there. */
function textPart({ codes, dictionary }: GroupTexts): Part {
  return { kind: 'text', codes, dictionary };
}
