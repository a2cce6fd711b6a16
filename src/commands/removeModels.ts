import * as l10n from '@vscode/l10n';
import type { Disposable } from 'vscode';
import { type Removal, Removals } from '../app/removals';
import { requireWrite } from '../app/writable';
import type { Ref } from '../domain/ref';
import { commands } from '../ids';
import { command } from './register';
import type { PickedKind } from './subjects';
import type { WriteDeps } from './writeDeps';

/** Delete Model, Delete Version: for good, so the name is typed. */
export function registerRemoveCommands({ registries, subjects, ui }: WriteDeps): Disposable[] {
  const removals = new Removals(registries);

  async function remove(args: readonly unknown[], kind: PickedKind): Promise<void> {
    const [ref] = await subjects.things(args, [kind]);
    if (!ref) return;
    await requireWrite(registries, ref.registry);
    const removal = await removals.preview(ref);
    const typed = await ui.input({
      title: titleOf(ref, removal),
      prompt: l10n.t('There is no way back. Type {0} to go on.', removal.name),
      validate: (text) => (text === removal.name ? undefined : l10n.t('Type {0}.', removal.name)),
    });
    if (typed !== removal.name) return;
    await ui.progress(l10n.t('Deleting {0}', removal.name), (_report, signal) => removals.apply(removal, signal));
    ui.done(l10n.t('{0} is deleted', removal.name));
  }

  return [
    command(commands.deleteModel, ui, (...args) => remove(args, 'model')),
    command(commands.deleteVersion, ui, (...args) => remove(args, 'version')),
  ];
}

function titleOf({ kind }: Ref, { name, versions }: Removal): string {
  if (kind === 'version') return l10n.t('Delete {0}', name);
  if (versions.length === 1) return l10n.t('Delete {0} and its version', name);
  return l10n.t('Delete {0} and its {1} versions', name, versions.length);
}
