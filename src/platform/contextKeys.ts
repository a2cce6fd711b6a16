import { commands } from 'vscode';

/** A key of `when` clauses (ids.ts, `contextKeys`). Setting what is set already costs nothing. */
export class ContextKey<T extends string | boolean> {
  private current: T | undefined;

  constructor(readonly id: string) {}

  set(value: T | undefined): void {
    if (value === this.current) return;
    this.current = value;
    void commands.executeCommand('setContext', this.id, value);
  }
}
