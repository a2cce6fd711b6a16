import * as l10n from '@vscode/l10n';
import type { Disposable } from 'vscode';
import { Aliases } from '../app/alias';
import { Registrations } from '../app/register';
import type { RegistrySet } from '../app/registrySet';
import { requireWrite } from '../app/writable';
import { type Ref, versionOf } from '../domain/ref';
import { commands } from '../ids';
import type { Ui } from '../platform/ui';
import { askAlias, pickCandidate, pickHeldAlias, pickModelName, candidateName } from './modelPickers';
import { command } from './register';
import { registerRuns } from './registerRuns';

/** Finds the run or version that a command is about when it is called without one. */
interface Subjects {
  run(): Promise<Ref | undefined>;
  version(): Promise<Ref | undefined>;
  /** What it was called on, by a menu or by a key of a view. */
  calledOn(args: readonly unknown[]): readonly Ref[];
}

/** Register Model Version, Set Alias, Delete Alias. */
export function registerModelCommands(registries: RegistrySet, ui: Ui, subjects: Subjects): Disposable[] {
  const aliases = new Aliases(registries);
  const registrations = new Registrations(registries);

  async function registerVersion(ref: Ref | undefined): Promise<void> {
    const from = ref ?? (await subjects.run());
    if (!from) return;
    await requireWrite(registries, from.registry);
    const candidate = await pickCandidate(registrations, ui, from);
    const model = candidate && (await pickModelName(registries, ui, from.registry));
    if (!candidate || !model) return;
    const preview = await registrations.preview({ from, model, candidate });
    const question = l10n.t('Register {0} as a new version of {1}?', candidateName(candidate), model);
    const detail = preview.newModel && { detail: l10n.t('{0} is a new model and will be created.', model) };
    if (!(await ui.confirm(question, { ...detail, action: l10n.t('Register') }))) return;
    const version = await ui.progress(l10n.t('Registering a version of {0}', model), (_report, signal) =>
      registrations.apply(preview, signal),
    );
    ui.done(l10n.t('{0} v{1} is registered', model, version.version));
  }

  async function setAlias(ref: Ref | undefined): Promise<void> {
    const target = ref?.kind === 'version' ? ref : await subjects.version();
    if (!target) return;
    await requireWrite(registries, target.registry);
    const { name, version } = versionOf(target);
    const alias = await askAlias(registries, ui, target);
    if (!alias) return;
    const change = await aliases.preview({ registry: target.registry, model: name, alias, to: version });
    if (change.from === version) {
      ui.done(l10n.t('@{0} is v{1} already', alias, version));
      return;
    }
    const question = change.from
      ? l10n.t('Move @{0} of {1} from v{2} to v{3}?', alias, name, change.from, version)
      : l10n.t('Set @{0} of {1} to v{2}?', alias, name, version);
    if (!(await ui.confirm(question, { action: change.from ? l10n.t('Move') : l10n.t('Set') }))) return;
    const { from } = await aliases.apply(change);
    ui.done(
      from ? l10n.t('@{0} is now v{1} (was v{2})', alias, version, from) : l10n.t('@{0} is now v{1}', alias, version),
    );
  }

  async function deleteAlias(ref: Ref | undefined): Promise<void> {
    const target = ref?.kind === 'version' ? ref : await subjects.version();
    if (!target) return;
    await requireWrite(registries, target.registry);
    const { name, version } = versionOf(target);
    const alias = await pickHeldAlias(registries, ui, target);
    if (!alias) return;
    const change = await aliases.preview({ registry: target.registry, model: name, alias, to: undefined });
    const question = l10n.t('Delete @{0} of {1}?', alias, name);
    const detail = l10n.t('v{0} holds it. What loads models:/{1}@{2} will fail.', version, name, alias);
    if (!(await ui.confirm(question, { detail, action: l10n.t('Delete') }))) return;
    await aliases.apply(change);
    ui.done(l10n.t('@{0} is deleted (was v{1})', alias, version));
  }

  return [
    command(commands.registerVersion, ui, (...args) => {
      const called = subjects.calledOn(args).filter(({ kind }) => kind === 'run' || kind === 'loggedModel');
      return called.length > 1 ? registerRuns(registries, registrations, ui, called) : registerVersion(called[0]);
    }),
    command(commands.setAlias, ui, (...args) => setAlias(subjects.calledOn(args)[0])),
    command(commands.deleteAlias, ui, (...args) => deleteAlias(subjects.calledOn(args)[0])),
  ];
}
