import { EmptyPages } from '../domain/endlessPages';
import type { Page, PageRequest } from '../domain/ports';
import { differ, sameContent } from './same';
import { isUnreachable, type StandIn } from './standIn';

export interface Listing<T> {
  readonly items: readonly T[];
  /** There is at least one page more. */
  readonly more: boolean;
  /** What is missing in it and why, as a sentence. */
  readonly note?: string;
}

/** How a list reads; `one` gives nothing for an item that is not there any more. */
export interface ListSource<T> {
  readonly page: (request: PageRequest) => Promise<Page<T>>;
  readonly one: (id: string) => Promise<T | undefined>;
  readonly idOf: (item: T) => string;
  readonly pageSize: () => number;
  /** Whether two readings of an item show the same; by their content where it is not given. */
  readonly same?: (a: T, b: T) => boolean;
  /** Drops what the source itself keeps, before the list is read anew. */
  readonly forget?: () => void;
  /** Asked at each reading: another store may have taken the name of the one before. */
  readonly standIn?: () => StandIn<T> | undefined;
  /** Told when what stood in was replaced by a reading. */
  readonly arrived?: () => void;
}

interface State<T> {
  readonly items: readonly T[];
  readonly nextPageToken?: string;
  readonly note?: string;
  /** Of a reading that stands in: when it was read (ms since epoch). */
  readonly asOf?: number;
}

/** More than this is never asked for at once: servers cap it, and a step must stay short. */
const largestPage = 1000;

/** Refreshes over which an item that stays the same stays the same object. */
const keptRenewals = 16;

/** One list read page by page. A read is cached as its promise, a failed one too, until `forget`. */
export class PagedList<T> {
  private loaded: Promise<State<T>> | undefined;
  private growing: Promise<void> | undefined;
  /** The reading that something stands in for. */
  private arriving: Promise<State<T>> | undefined;
  /** What was loaded last, where that is known at once. */
  private known: State<T> | undefined;
  /** Items to read again after `forget`, so that a refresh does not fold a long list. */
  private wanted = 0;
  private renewals = 0;
  private readonly pins = new Set<string>();
  private readonly pinned = new Map<string, Promise<T | undefined>>();

  constructor(private readonly source: ListSource<T>) {}

  /** What is loaded; reads the first page when nothing is. Pinned items that no page holds come last. */
  async load(): Promise<Listing<T>> {
    const { items, nextPageToken, note } = await this.read();
    const ids = new Set(items.map(this.source.idOf));
    const outside = [...this.pins].filter((id) => !ids.has(id));
    const extra = (await Promise.all(outside.map((id) => this.one(id)))).filter((item) => item !== undefined);
    return { items: [...items, ...extra], more: nextPageToken !== undefined, ...(note !== undefined && { note }) };
  }

  /** Reads one page more; a failure leaves what is loaded. */
  more(): Promise<void> {
    return (this.growing ??= this.grow().finally(() => (this.growing = undefined)));
  }

  /** Keeps an item in the list though no page that is loaded holds it: something that was gone to. */
  pin(id: string): void {
    this.pins.add(id);
  }

  forget(): void {
    this.loaded = undefined;
    this.arriving = undefined;
    this.pinned.clear();
    this.source.forget?.();
  }

  /** What is loaded and known without waiting. */
  get items(): readonly T[] {
    return this.known?.items ?? [];
  }

  /** Where what is shown was kept from an earlier reading: when that was (ms since epoch). */
  get asOf(): number | undefined {
    return this.loaded && this.known?.asOf;
  }

  /**
   * Reads again behind what is shown, which stays until then. Gives the ids that were added, removed or show something
   * else, in no order; undefined where the list itself failed or can be read again.
   *
   * @param most items that are read again where the list stands as it stood; those after them stay as they are
   */
  async refresh(most = Infinity): Promise<ReadonlySet<string> | undefined> {
    const { loaded } = this;
    if (!loaded) return new Set();
    if (this.arriving) {
      await this.arriving;
      return undefined;
    }
    this.source.forget?.();
    const before = await loaded.catch(() => undefined);
    const next = this.readAgain(before, most);
    const differs = await differ(loaded, next, (a, b) => this.isSame(a, b));
    const pins = await this.refreshPins();
    const after = await next.catch(() => undefined);
    if (!differs || this.loaded !== loaded) return pins;
    void this.keep(before && after ? Promise.resolve(this.renewed(before, after)) : next);
    return before && after && before.asOf === after.asOf
      ? new Set([...this.changedIn(before, after), ...pins])
      : undefined;
  }

  private async readAgain(before: State<T> | undefined, most: number): Promise<State<T>> {
    if (!before || before.items.length <= most) return this.readFromStart();
    const { items } = await this.readPage({ items: [] }, most);
    const { idOf } = this.source;
    // Where one came or went every later page moved.
    if (items.some((item, i) => idOf(item) !== idOf(before.items[i] ?? item))) return this.readFromStart();
    return { ...before, items: [...items, ...before.items.slice(items.length)] };
  }

  /** What is as it was stays the same object: what is drawn of it is not drawn anew. */
  private renewed(before: State<T>, after: State<T>): State<T> {
    // An old row holds the table that it came with: now and then all let go of theirs.
    if (++this.renewals % keptRenewals === 0) return after;
    const { idOf, same = sameContent } = this.source;
    const known = new Map(before.items.map((item) => [idOf(item), item]));
    const items = after.items.map((item) => {
      const old = known.get(idOf(item));
      return old !== undefined && same(old, item) ? old : item;
    });
    return { ...after, items };
  }

  private isSame(a: State<T>, b: State<T>): boolean {
    const { idOf } = this.source;
    const inOrder =
      a.items.length === b.items.length && a.items.every((item, i) => idOf(item) === idOf(b.items[i] ?? item));
    // Tokens are opaque: two for one place may differ.
    const endsAlike = (a.nextPageToken === undefined) === (b.nextPageToken === undefined);
    return inOrder && endsAlike && a.note === b.note && a.asOf === b.asOf && this.changedIn(a, b).size === 0;
  }

  private changedIn(a: State<T>, b: State<T>): Set<string> {
    const { idOf, same = sameContent } = this.source;
    const before = new Map(a.items.map((item) => [idOf(item), item]));
    const gone = new Set(before.keys());
    const changed = new Set<string>();
    for (const item of b.items) {
      const id = idOf(item);
      const old = before.get(id);
      gone.delete(id);
      if (old === undefined || (old !== item && !same(old, item))) changed.add(id);
    }
    return new Set([...changed, ...gone]);
  }

  private async refreshPins(): Promise<Set<string>> {
    const { same = sameContent } = this.source;
    const isSame = (a: T | undefined, b: T | undefined): boolean => a === b || (!!a && !!b && same(a, b));
    const changed = new Set<string>();
    for (const [id, before] of this.pinned) {
      const after = this.source.one(id);
      if (!(await differ(before, after, isSame)) || this.pinned.get(id) !== before) continue;
      this.pinned.set(id, after);
      changed.add(id);
    }
    return changed;
  }

  private read(): Promise<State<T>> {
    return this.loaded ?? this.keep(this.readOrStandIn());
  }

  /** What was known last stands in where the store is late or cannot be reached. */
  private async readOrStandIn(): Promise<State<T>> {
    const standIn = this.source.standIn?.();
    const reading = this.readFromStart();
    if (!standIn) return reading;
    const ended = reading.then(
      () => undefined,
      (error: unknown) => error,
    );
    const inTime = await Promise.race([ended.then((error) => ({ error })), standIn.late()]);
    if (inTime && !isUnreachable(inTime.error)) return reading;
    const known = await standIn.last();
    if (!known) return reading;
    if (!inTime) this.expect(reading);
    return { items: known.items, asOf: known.at };
  }

  private expect(reading: Promise<State<T>>): void {
    this.arriving = reading;
    const arrive = (failure?: unknown): void => {
      if (this.arriving !== reading) return;
      this.arriving = undefined;
      if (isUnreachable(failure)) return;
      void this.keep(reading);
      this.source.arrived?.();
    };
    reading.then(() => arrive(), arrive);
  }

  private keep(state: Promise<State<T>>): Promise<State<T>> {
    this.loaded = state;
    void state.then(
      (known) => {
        if (this.loaded !== state) return;
        this.known = known;
        if (known.asOf === undefined) this.source.standIn?.()?.keep(known.items);
      },
      () => {
        if (this.loaded === state) this.known = undefined;
      },
    );
    return state;
  }

  private one(id: string): Promise<T | undefined> {
    const known = this.pinned.get(id);
    if (known) return known;
    const read = this.source.one(id);
    this.pinned.set(id, read);
    return read;
  }

  private async readFromStart(): Promise<State<T>> {
    let state: State<T> = await this.readPage({ items: [] }, Math.max(this.source.pageSize(), this.wanted));
    const empty = new EmptyPages();
    while (state.items.length < this.wanted && state.nextPageToken !== undefined) {
      const before = state.items.length;
      state = await this.readPage(state, this.wanted - before);
      empty.follow(state.items.length - before, state.nextPageToken);
    }
    return state;
  }

  private async grow(): Promise<void> {
    const before = this.loaded;
    if (!before) return;
    const state = await before;
    if (state.nextPageToken === undefined) return;
    const grown = await this.readPage(state, this.source.pageSize());
    // A refresh meanwhile reads from the start; what came late belongs to the list before it.
    if (this.loaded !== before) return;
    void this.keep(Promise.resolve(grown));
    this.wanted = grown.items.length;
  }

  private async readPage(before: State<T>, count: number): Promise<State<T>> {
    const { items, nextPageToken } = before;
    const page = await this.source.page({
      maxResults: Math.min(count, largestPage),
      ...(nextPageToken !== undefined && { pageToken: nextPageToken }),
    });
    // A run that was logged between two pages moves another onto the second page as well.
    const ids = new Set(items.map(this.source.idOf));
    const note = page.note ?? before.note;
    const fresh = page.items.filter((item) => !ids.has(this.source.idOf(item)));
    return {
      items: [...items, ...fresh],
      ...(page.nextPageToken !== undefined && { nextPageToken: page.nextPageToken }),
      ...(note !== undefined && { note }),
    };
  }
}
