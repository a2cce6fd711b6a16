import { commands } from 'vscode';

/** A key of `when` clauses (ids.ts, `contextKeys`). Setting what is set already costs nothing; unset is false. */
export class ContextKey<T extends string | boolean> {
  private current: string | boolean = false;

  constructor(readonly id: string) {}

  set(value: T): void {
    if (value === this.current) return;
    this.current = value;
    void commands.executeCommand('setContext', this.id, value);
  }
}
