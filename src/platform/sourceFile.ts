import { FileType, type Uri, Uri as Uris, workspace } from 'vscode';

/**
 * The script that a run names (`mlflow.source.name`), where it lies in a folder of the workspace. The name is what
 * Python was started with, so it may be relative to any folder of it; files outside of the workspace are not looked at.
 */
export async function findSource(name: string | undefined): Promise<Uri | undefined> {
  if (!name) return undefined;
  for (const { uri } of workspace.workspaceFolders ?? []) {
    const isAbsolute = /^(\/|[a-z]:[\\/])/i.test(name);
    const file = isAbsolute ? uri.with({ path: Uris.file(name).path }) : Uris.joinPath(uri, name);
    if (file.path.startsWith(`${uri.path}/`) && (await isFile(file))) return file;
  }
  return undefined;
}

async function isFile(file: Uri): Promise<boolean> {
  return workspace.fs.stat(file).then(
    ({ type }) => (type & FileType.File) !== 0,
    () => false,
  );
}
