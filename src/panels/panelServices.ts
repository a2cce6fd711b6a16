import { commands as vscodeCommands, env, l10n, type Uri } from 'vscode';
import type { RegistrySet } from '../app/registrySet';
import type { Watcher } from '../app/watcher';
import type { Ref } from '../domain/ref';
import { commands } from '../ids';
import { saveFile } from '../platform/saveFile';
import type { TeamContract } from '../platform/teamContract';
import type { Ui } from '../platform/ui';
import { type Action, actions } from './webview.messages';

/** What every panel is given. */
export interface PanelServices {
  readonly extensionUri: Uri;
  readonly registries: RegistrySet;
  readonly watcher: Watcher;
  readonly contract: Pick<TeamContract, 'get' | 'onDidChange'>;
  readonly ui: Ui;
  readonly logFailure: (error: unknown) => void;
}

/** The methods that every panel answers alike. */
export const commonHandlers = (ui: Pick<Ui, 'fail'>) => ({
  /** Not awaited: a command may ask the person, and its failures are its own to show. */
  act({ action, refs }: { readonly action: Action; readonly refs: readonly Ref[] }): void {
    if (!actions.includes(action)) throw new Error(`A webview asked for '${action}'`);
    const [first] = refs;
    void vscodeCommands.executeCommand(commands[action], ...(first ? [first, refs] : []));
  },
  async copy({ text }: { readonly text: string }): Promise<void> {
    await env.clipboard.writeText(text);
  },
  saveChart: ({ name, content }: { readonly name: string; readonly content: string | Uint8Array }): Promise<void> =>
    showingFailure(ui, () => saveFile(content, name, l10n.t('Export chart'))),
});

/** For what a page asks without waiting for the answer: its failures are shown here, as a command shows them. */
export async function showingFailure(ui: Pick<Ui, 'fail'>, work: () => unknown): Promise<void> {
  try {
    await work();
  } catch (error) {
    ui.fail(error);
  }
}

/** The sentences of the window's language; a webview configures its own copy of l10n with them. */
export function localizedSentences(): Record<string, string> {
  const entries = Object.entries(l10n.bundle ?? {});
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
