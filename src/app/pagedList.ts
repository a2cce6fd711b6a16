import type { Page, PageRequest } from '../domain/ports';

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
}

interface State<T> {
  readonly items: readonly T[];
  readonly nextPageToken?: string;
  readonly note?: string;
}

/** More than this is never asked for at once: servers cap it, and a step must stay short. */
const largestPage = 1000;

/** One list read page by page. A read is cached as its promise, a failed one too, until `forget`. */
export class PagedList<T> {
  private loaded: Promise<State<T>> | undefined;
  private growing: Promise<void> | undefined;
  /** Items to read again after `forget`, so that a refresh does not fold a long list. */
  private wanted = 0;
  private readonly pins = new Set<string>();
  private readonly pinned = new Map<string, Promise<T | undefined>>();

  constructor(private readonly source: ListSource<T>) {}

  /** What is loaded; reads the first page when nothing is. Pinned items that no page holds come last. */
  async load(): Promise<Listing<T>> {
    const { items, nextPageToken, note } = await (this.loaded ??= this.readFromStart());
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
    this.pinned.clear();
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
    while (state.items.length < this.wanted && state.nextPageToken !== undefined) {
      state = await this.readPage(state, this.wanted - state.items.length);
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
    this.loaded = Promise.resolve(grown);
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
