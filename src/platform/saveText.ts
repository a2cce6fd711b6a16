import { Uri, window, workspace } from 'vscode';

/** Asks where to, writes the text there and opens it; nothing where the person backs out. */
export async function saveText(text: string, suggestedName: string): Promise<void> {
  const name = suggestedName.replace(/[^\p{L}\p{N} ._-]+/gu, '-');
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const uri = await window.showSaveDialog(folder ? { defaultUri: Uri.joinPath(folder, name) } : {});
  if (!uri) return;
  await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  await window.showTextDocument(uri);
}
