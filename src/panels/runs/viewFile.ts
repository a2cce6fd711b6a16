import * as l10n from '@vscode/l10n';
import { FileSystemError, Uri, window, workspace } from 'vscode';
import { UserError } from '../../domain/errors';
import { parseViews, type SavedView, viewsFile, viewsText, withView } from '../../domain/savedViews';

/** The views of the workspace; none where it has no folder or no such file. */
export async function readViews(): Promise<readonly SavedView[]> {
  const uri = fileUri();
  return uri ? parseViews(await textOf(uri)) : [];
}

/** Asks for a name and keeps the view under it; tells the name, or nothing when the person backed out. */
export async function saveView(view: Omit<SavedView, 'name'>): Promise<string | undefined> {
  const uri = fileUri();
  if (!uri) {
    throw new UserError('invalid', l10n.t('Views are kept in a folder: there is none open.'), {
      next: l10n.t('Open the folder of your project.'),
    });
  }
  const views = parseViews(await textOf(uri));
  const name = await window.showInputBox({
    title: l10n.t('Save view'),
    prompt: l10n.t('Its name; it is kept in {0} for everyone who opens this folder', viewsFile),
    validateInput: (typed) => nameProblem(typed, views),
  });
  if (name === undefined) return undefined;
  await write(uri, withView(views, { ...view, name: name.trim() }));
  return name.trim();
}

/** Asks which view; tells whether one was deleted. */
export async function deleteView(): Promise<string | undefined> {
  const uri = fileUri();
  const views = await readViews();
  const names = views.map(({ name }) => name);
  const name = await window.showQuickPick(names, { title: l10n.t('Delete which view?') });
  if (!uri || name === undefined) return undefined;
  await write(
    uri,
    views.filter((view) => view.name !== name),
  );
  return name;
}

function nameProblem(
  typed: string,
  views: readonly SavedView[],
): string | { message: string; severity: number } | undefined {
  const name = typed.trim();
  if (name === '' || name.length > 100) return l10n.t('A name has 1 to 100 characters.');
  // InputBoxValidationSeverity.Info: it is no error to replace one.
  if (views.some((view) => view.name === name)) return { message: l10n.t('{0} is replaced.', name), severity: 1 };
  return undefined;
}

function fileUri(): Uri | undefined {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  return folder && Uri.joinPath(folder, viewsFile);
}

async function textOf(uri: Uri): Promise<string> {
  try {
    return new TextDecoder().decode(await workspace.fs.readFile(uri));
  } catch (error) {
    // Whatever else stands in the way, a file may be there: it is not to be written over.
    if (error instanceof FileSystemError && error.code === 'FileNotFound') return '';
    throw new UserError('invalid', l10n.t('{0} cannot be read: {1}', viewsFile, (error as Error).message), {
      next: l10n.t('Mend or delete the file; it is left as it is.'),
      cause: error,
    });
  }
}

async function write(uri: Uri, views: readonly SavedView[]): Promise<void> {
  await workspace.fs.writeFile(uri, new TextEncoder().encode(viewsText(views)));
}
