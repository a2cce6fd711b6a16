/** Reads kept as their promises, failed ones too, until they are forgotten: a tree asks again whenever it redraws. */
export class PromiseCache<T> {
  private readonly entries = new Map<string, Promise<T>>();

  get(key: readonly string[], read: () => Promise<T>): Promise<T> {
    const name = JSON.stringify(key);
    let entry = this.entries.get(name);
    if (!entry) {
      entry = read();
      this.entries.set(name, entry);
    }
    return entry;
  }

  clear(): void {
    this.entries.clear();
  }
}
