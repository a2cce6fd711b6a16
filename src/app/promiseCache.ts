import { differ, sameContent } from './same';

interface Entry<T> {
  readonly read: () => Promise<T>;
  readonly value: Promise<T>;
}

/** Reads kept as their promises, failed ones too, until they are forgotten: a tree asks again whenever it redraws. */
export class PromiseCache<T> {
  private readonly entries = new Map<string, Entry<T>>();

  constructor(private readonly same: (a: T, b: T) => boolean = sameContent) {}

  get(key: readonly string[], read: () => Promise<T>): Promise<T> {
    const name = JSON.stringify(key);
    let entry = this.entries.get(name);
    if (!entry) {
      entry = { read, value: read() };
      this.entries.set(name, entry);
    }
    return entry.value;
  }

  /** Reads an entry again behind what is shown, which stays until then; true where the reading differs. */
  async refresh(key: readonly string[]): Promise<boolean> {
    const name = JSON.stringify(key);
    const entry = this.entries.get(name);
    if (!entry) return false;
    const next = entry.read();
    const differs = await differ(entry.value, next, this.same);
    if (!differs || this.entries.get(name) !== entry) return false;
    this.entries.set(name, { read: entry.read, value: next });
    return true;
  }

  /** Forgets the entries whose key begins so, but for these. */
  retain(first: string, keys: readonly (readonly string[])[]): void {
    const kept = new Set(keys.map((key) => JSON.stringify(key)));
    for (const name of this.entries.keys()) {
      if ((JSON.parse(name) as readonly string[])[0] === first && !kept.has(name)) this.entries.delete(name);
    }
  }

  delete(key: readonly string[]): void {
    this.entries.delete(JSON.stringify(key));
  }

  clear(): void {
    this.entries.clear();
  }
}
