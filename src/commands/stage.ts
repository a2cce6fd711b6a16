import * as l10n from '@vscode/l10n';
import type { Disposable } from 'vscode';
import { type StageMove, Stages } from '../app/stages';
import { requireWrite } from '../app/writable';
import { type Stage, stages as stageNames } from '../domain/model';
import { type Ref, versionOf } from '../domain/ref';
import { commands } from '../ids';
import type { Choice, Ui } from '../platform/ui';
import { command } from './register';
import type { WriteDeps } from './writeDeps';

/** Set Stage: MLflow's legacy stages, where the registry has them. */
export function registerStageCommand({ registries, subjects, ui }: WriteDeps): Disposable {
  const stages = new Stages(registries);

  async function setStage(ref: Ref): Promise<void> {
    await requireWrite(registries, ref.registry);
    const { from } = await stages.preview(ref, 'None', false);
    const { name, version } = versionOf(ref);
    const to = await ui.pick(stageChoices(from), { title: l10n.t('Stage of {0} v{1}', name, version) });
    if (to === undefined) return;
    if (to === from) {
      ui.done(l10n.t('v{0} is in {1} already', version, to));
      return;
    }
    const preview = await stages.preview(ref, to, false);
    const archiveExisting = preview.others.length > 0 ? await askArchive(ui, preview) : false;
    if (archiveExisting === undefined) return;
    const move = { ...preview, archiveExisting };
    if (!(await ui.confirm(questionOf(move), { ...detailOf(move), action: l10n.t('Move') }))) return;
    await stages.apply(move);
    ui.done(l10n.t('{0} v{1} is now in {2} (was in {3})', name, version, to, from));
  }

  return command(commands.setStage, ui, async (...args) => {
    const [ref] = await subjects.things(args, ['version']);
    if (ref) await setStage(ref);
  });
}

function stageChoices(current: string): Choice<Stage>[] {
  return stageNames.map((stage) => ({
    label: stage,
    icon: 'versions',
    value: stage,
    ...(stage === current && { description: l10n.t('now'), picked: true }),
  }));
}

function askArchive(ui: Ui, { others, to }: StageMove): Promise<boolean | undefined> {
  const named = versionList(others);
  const choices: readonly Choice<boolean>[] = [
    { label: l10n.t('Archive {0}', named), icon: 'archive', value: true },
    { label: l10n.t('Keep {0} in {1}', named, to), icon: 'versions', value: false },
  ];
  return ui.pick(choices, { title: l10n.t('{0} is held by {1}', to, named) });
}

function questionOf({ ref, from, to }: StageMove): string {
  const { name, version } = versionOf(ref);
  return l10n.t('Move {0} v{1} from {2} to {3}?', name, version, from, to);
}

function detailOf({ archiveExisting, others }: StageMove): { readonly detail?: string } {
  return archiveExisting ? { detail: l10n.t('{0} goes to Archived.', versionList(others)) } : {};
}

function versionList(versions: readonly string[]): string {
  return versions.map((version) => `v${version}`).join(', ');
}
