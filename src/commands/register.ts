import { commands, type Disposable } from 'vscode';
import type { Ui } from '../platform/ui';

/** Registers a command whose failures, thrown or rejected, are shown by `ui.fail`; they never reach the caller. */
export function command(id: string, ui: Ui, handler: (...args: readonly unknown[]) => unknown): Disposable {
  return commands.registerCommand(id, async (...args: readonly unknown[]) => {
    try {
      return await handler(...args);
    } catch (error) {
      ui.fail(error);
      return undefined;
    }
  });
}
