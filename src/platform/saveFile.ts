import * as l10n from '@vscode/l10n';
import { Uri, window, workspace } from 'vscode';
import { UserError } from '../domain/errors';

/** Longer names are cut at their front: the ending is at the other end. */
const longestName = 100;

/**
 * Asks where to and writes the content there; nothing where the person backs out.
 *
 * @param name suggested, with its ending; what a file system may refuse in it is replaced
 */
export async function saveFile(content: string | Uint8Array, name: string, title: string): Promise<Uri | undefined> {
  const fileName = name.replace(/[^\p{L}\p{N} ._-]+/gu, '-').slice(-longestName);
  const ending = fileName.slice(fileName.lastIndexOf('.') + 1);
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const uri = await window.showSaveDialog({
    title,
    filters: { [ending.toUpperCase()]: [ending] },
    ...(folder && { defaultUri: Uri.joinPath(folder, fileName) }),
  });
  if (!uri) return undefined;
  try {
    await workspace.fs.writeFile(uri, typeof content === 'string' ? new TextEncoder().encode(content) : content);
  } catch (error) {
    const next = l10n.t('Choose another folder.');
    throw new UserError('invalid', l10n.t('{0} could not be written.', uri.fsPath), { next, cause: error });
  }
  return uri;
}
