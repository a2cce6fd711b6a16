import * as l10n from '@vscode/l10n';
import type { Disposable } from 'vscode';
import { Creations } from '../app/creations';
import { requireWrite } from '../app/writable';
import { commands } from '../ids';
import { command } from './register';
import type { WriteDeps } from './writeDeps';

/** New Experiment, New Registered Model. */
export function registerCreateCommands({ registries, subjects, ui, reveal }: WriteDeps): Disposable[] {
  const creations = new Creations(registries);

  async function newExperiment(): Promise<void> {
    const registry = await subjects.registry();
    await requireWrite(registries, registry);
    const name = await askName(l10n.t('New experiment'));
    if (name === undefined) return;
    await creations.previewExperiment(registry, { name });
    const { experimentId } = await creations.createExperiment(registry, { name });
    ui.done(l10n.t('Experiment {0} is made', name));
    await reveal({ kind: 'experiment', registry, id: experimentId });
  }

  async function newModel(): Promise<void> {
    const registry = await subjects.registry();
    await requireWrite(registries, registry);
    const name = await askName(l10n.t('New registered model'));
    if (name === undefined) return;
    await creations.previewModel(registry, { name });
    await creations.createModel(registry, { name });
    ui.done(l10n.t('Model {0} is made', name));
    await reveal({ kind: 'model', registry, id: name });
  }

  async function askName(title: string): Promise<string | undefined> {
    const typed = await ui.input({
      title,
      prompt: l10n.t('Name'),
      validate: (text) => (text.trim() === '' ? l10n.t('A name must not be blank.') : undefined),
    });
    return typed?.trim();
  }

  return [command(commands.newExperiment, ui, newExperiment), command(commands.newModel, ui, newModel)];
}
