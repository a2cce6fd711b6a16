import * as l10n from '@vscode/l10n';
import { Uri, window, workspace } from 'vscode';
import { UserError } from '../domain/errors';

/** Asks where to, writes the text there and opens it; nothing where the person backs out. */
export async function saveText(text: string, suggestedName: string): Promise<void> {
  const name = suggestedName.replace(/[^\p{L}\p{N} ._-]+/gu, '-');
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const uri = await window.showSaveDialog(folder ? { defaultUri: Uri.joinPath(folder, name) } : {});
  if (!uri) return;
  try {
    await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  } catch (error) {
    const next = l10n.t('Choose another folder.');
    throw new UserError('invalid', l10n.t('{0} could not be written.', uri.fsPath), { next, cause: error });
  }
  await window.showTextDocument(uri);
}
