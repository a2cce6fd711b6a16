import * as l10n from '@vscode/l10n';
import { env, Uri, window, workspace } from 'vscode';
import { UserError } from '../../domain/errors';
import type { ExportFormat } from '../../domain/exportTable';

const endings: Readonly<Record<ExportFormat, string>> = { csv: 'csv', json: 'json', markdown: 'md' };

/** Writes a text where the person says; tells where, or nothing when they backed out. */
export async function saveText(text: string, name: string, format: ExportFormat): Promise<string | undefined> {
  const ending = endings[format];
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const fileName = `${name.replace(/[^\p{L}\p{N}._-]+/gu, '-')}.${ending}`;
  const uri = await window.showSaveDialog({
    title: l10n.t('Export runs'),
    filters: { [ending.toUpperCase()]: [ending] },
    ...(folder && { defaultUri: Uri.joinPath(folder, fileName) }),
  });
  if (!uri) return undefined;
  try {
    await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  } catch (error) {
    throw new UserError('invalid', l10n.t('{0} could not be written.', uri.fsPath), {
      next: l10n.t('Choose another folder.'),
      cause: error,
    });
  }
  return workspace.asRelativePath(uri);
}

export async function copyText(text: string): Promise<string> {
  await env.clipboard.writeText(text);
  return l10n.t('the clipboard');
}
