import type { Memento } from 'vscode';

/** One value that VS Code remembers for this workspace or for the user. */
export class Remembered<T> {
  constructor(
    private readonly memento: Memento,
    private readonly key: string,
    private readonly fallback: T,
  ) {}

  get value(): T {
    return this.memento.get(this.key, this.fallback);
  }

  async set(value: T): Promise<void> {
    await this.memento.update(this.key, value);
  }
}
