import { unpackGroups } from '../../domain/packedGroups';
import type { SortValues } from '../../domain/rowOrder';
import { groupRows, type GroupTexts, type RowGroup } from '../../domain/runLines';
import { Channel, type Wire } from '../../rpc/channel';
import { type ArrangeWorker, order, type Sent } from './arrangement';

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

/** A worker, and what it has been sent. */
class ArrangeClient {
  readonly names = new Sender<readonly string[]>();
  readonly values = new Sender<SortValues>();
  readonly texts = new Sender<GroupTexts>();

  constructor(readonly channel: Channel<never, ArrangeWorker>) {}
}

/** Orders and groups rows: few at once, many in a worker, so that the page stays usable; without one as the few. */
export class Arranger {
  private worker: Promise<ArrangeClient> | undefined;
  private isBroken = false;

  constructor(private readonly start: StartWorker) {}

  order(ordering: Ordering): Uint32Array | Promise<Uint32Array> {
    const { length, words, names, keys } = ordering;
    const here = (): Uint32Array => orderHere(ordering);
    // The order of the store needs no work.
    const isAsItIs = words === '' && keys.length === 0;
    const isOfNumbers = words === '' && length * keys.length < fewNumbers && keys.every(({ numeric }) => numeric);
    if (isAsItIs || isOfNumbers || this.isHere(length)) return here();
    return this.inWorker((worker) => {
      const sent = { names: worker.names.send(words === '' ? [] : [names]), keys: worker.values.send(keys) };
      return worker.channel.request('order', { length, words, ...sent });
    }, here);
  }

  group(rows: Uint32Array, by: Grouping): readonly RowGroup[] | Promise<readonly RowGroup[]> {
    const here = (): readonly RowGroup[] => groupHere(rows, by);
    if (this.isHere(rows.length)) return here();
    return this.inWorker(async (worker) => {
      return unpackGroups(await worker.channel.request('group', { rows, by: worker.texts.send(by) }));
    }, here);
  }

  private isHere(length: number): boolean {
    return this.isBroken || length < fewRows;
  }

  private async inWorker<T>(ask: (worker: ArrangeClient) => Promise<T>, here: () => T): Promise<T> {
    try {
      return await ask(await (this.worker ??= this.connect()));
    } catch (error) {
      this.abandon(error);
      return here();
    }
  }

  private async connect(): Promise<ArrangeClient> {
    const broken = new Error('The worker of the table could not run.');
    const wire = await this.start(() => worker.channel.dispose(broken));
    const worker = new ArrangeClient(new Channel<never, ArrangeWorker>(wire, {} as never));
    return worker;
  }

  /** Nothing more is asked of a worker that failed, and it ends, so that it holds nothing. */
  private abandon(error: unknown): void {
    if (this.isBroken) return;
    this.isBroken = true;
    console.warn('The table is arranged without a worker, which takes the page longer:', error);
    void this.worker?.then(({ channel }) => channel.dispose()).catch(() => undefined);
    this.worker = undefined;
  }
}

/** Sends each part once, as long as its source is the same and the table is arranged by it. */
class Sender<P> {
  private sources: ReadonlyMap<string, unknown> = new Map();

  send<B extends By<P>>(parts: readonly B[]): readonly (Omit<B, keyof By<P>> & Sent<P>)[] {
    const sent = parts.map(({ id, source, make, ...rest }) => {
      return { ...rest, id, ...(this.sources.get(id) !== source && { by: make() }) };
    });
    this.sources = new Map(parts.map(({ id, source }) => [id, source]));
    return sent;
  }
}

function orderHere({ length, words, names, keys }: Ordering): Uint32Array {
  const made = keys.map(({ make, ascending }) => ({ by: make(), ascending }));
  return order(length, words, words === '' ? [] : names.make(), made);
}

function groupHere(rows: Uint32Array, [first, ...others]: Grouping): readonly RowGroup[] {
  return groupRows(rows, [first.make(), ...others.map(({ make }) => make())]);
}
