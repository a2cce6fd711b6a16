import type { Disposable } from 'vscode';
import type { Watcher } from '../app/watcher';
import { commands } from '../ids';
import type { Ui } from '../platform/ui';
import { command } from './register';

export interface LiveDeps {
  readonly watcher: Watcher;
  readonly ui: Ui;
}

/** Pause and Resume Live Updates. */
export function registerLiveCommands({ watcher, ui }: LiveDeps): Disposable[] {
  return [
    command(commands.pauseLiveUpdates, ui, () => watcher.setPaused(true)),
    command(commands.resumeLiveUpdates, ui, () => watcher.setPaused(false)),
  ];
}
