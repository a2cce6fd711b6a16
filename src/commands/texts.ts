import * as l10n from '@vscode/l10n';
import { commands as vscodeCommands, type Disposable, Uri } from 'vscode';
import type { Edit } from '../app/edits';
import { type TextAddress, textUriParts } from '../app/textAddress';
import { requireWrite } from '../app/writable';
import { commands, textScheme } from '../ids';
import { command } from './register';
import type { WriteDeps } from './writeDeps';

/** Rename, Edit Description. */
export function registerTextCommands(deps: WriteDeps): Disposable[] {
  const { ui } = deps;
  return [
    command(commands.rename, ui, (...args) => rename(deps, args)),
    command(commands.editDescription, ui, (...args) => editDescription(deps, args)),
  ];
}

async function rename({ registries, edits, subjects, ui }: WriteDeps, args: readonly unknown[]): Promise<void> {
  const [ref] = await subjects.things(args, ['run', 'experiment', 'model']);
  if (!ref) return;
  await requireWrite(registries, ref.registry);
  const field = { kind: 'name' } as const;
  const { value: from = '' } = await edits.changeable(ref, field);
  const name = await ui.input({
    title: l10n.t('Rename {0}', from),
    value: from,
    validate: (text) => (text.trim() === '' ? l10n.t('A name must not be blank.') : undefined),
  });
  if (name === undefined || name.trim() === from) return;
  const edit = await edits.preview({ ref, field, to: name.trim() });
  if (ref.kind === 'model' && !(await confirmModelRename(ui, edit))) return;
  await edits.apply(edit);
  ui.done(l10n.t('{0} is now {1}', from, name.trim()));
}

/** What loads a model names it. */
function confirmModelRename(ui: WriteDeps['ui'], { name, to = '' }: Edit): Promise<boolean> {
  const detail = l10n.t('What loads models:/{0}/… will fail.', name);
  return ui.confirm(l10n.t('Rename model {0} to {1}?', name, to), { detail, action: l10n.t('Rename') });
}

async function editDescription({ registries, edits, subjects }: WriteDeps, args: readonly unknown[]): Promise<void> {
  const [ref] = await subjects.things(args, ['run', 'experiment', 'model', 'version']);
  if (!ref) return;
  await requireWrite(registries, ref.registry);
  const { name } = await edits.changeable(ref, { kind: 'description' });
  await openText({ ref }, name);
}

/** Opens a text in the editor, where it can have lines; saving writes it (editor/textFileSystem.ts). */
export async function openText(address: TextAddress, name: string): Promise<void> {
  await vscodeCommands.executeCommand('vscode.open', Uri.from({ scheme: textScheme, ...textUriParts(address, name) }));
}
