import * as l10n from '@vscode/l10n';
import { commands, env, UIKind, Uri, workspace } from 'vscode';
import type { Ui } from './ui';

/** Shows a file or folder where the person can see it: in the Explorer, else in the system's own file manager. */
export async function revealFile(file: string, ui: Ui): Promise<void> {
  const uri = Uri.file(file);
  if (workspace.getWorkspaceFolder(uri)) {
    await commands.executeCommand('revealInExplorer', uri);
    return;
  }
  if (env.uiKind === UIKind.Desktop && env.remoteName === undefined) {
    await commands.executeCommand('revealFileInOS', uri);
    return;
  }
  // The file manager of a remote machine cannot be seen from here.
  const copy = l10n.t('Copy Path');
  if ((await ui.inform(l10n.t('It lies at {0}', file), copy)) === copy) await env.clipboard.writeText(file);
}
