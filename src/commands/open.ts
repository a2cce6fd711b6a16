import * as l10n from '@vscode/l10n';
import { commands as vscodeCommands, type Disposable, Uri } from 'vscode';
import { type ArtifactAddress, artifactUriPath } from '../app/artifactAddress';
import { compareChoices } from '../app/compareChoices';
import type { RegistrySet } from '../app/registrySet';
import { UserError } from '../domain/errors';
import { type Ref, refKey } from '../domain/ref';
import { artifactScheme, commands } from '../ids';
import type { Panels } from '../panels/panels';
import type { Ui } from '../platform/ui';
import type { Selection } from '../platform/selection';
import { activeConnection } from './activeConnection';
import { addressOf } from './artifactSubjects';
import { pickExperiments } from './pickExperiments';
import { command } from './register';
import type { PickedSubjects } from './subjects';

interface OpenContext {
  readonly registries: RegistrySet;
  readonly ui: Ui;
  readonly panels: Pick<Panels, 'run' | 'runs' | 'compare' | 'version' | 'html'>;
  readonly selection: Pick<Selection, 'current' | 'calledOn'>;
  readonly subjects: Pick<PickedSubjects, 'experiment' | 'run' | 'version'>;
}

/** Open Run, Open Version, Open Artifact, Open HTML as Page, Run Scripts, Open Runs, Compare. */
export function registerOpenCommands(context: OpenContext): Disposable[] {
  const { ui } = context;
  return [
    command(commands.openRun, ui, (...args) => openPages(context, args, () => context.subjects.run())),
    command(commands.openVersion, ui, (...args) => openPages(context, args, () => context.subjects.version())),
    command(commands.openArtifact, ui, (target) => openArtifact(target)),
    command(commands.openHtml, ui, async (target) => context.panels.html.show(artifactOf(target))),
    command(commands.runScripts, ui, () => runScripts(context)),
    command(commands.openRuns, ui, (...args) => openRuns(context, args)),
    command(commands.compare, ui, (...args) => compare(context, args)),
  ];
}

/** Of what it is called on; called on nothing, of what is selected or picked. */
async function openPages(
  { selection, panels }: OpenContext,
  args: readonly unknown[],
  pick: () => Promise<Ref | undefined>,
): Promise<void> {
  const called = selection.calledOn(args).filter(hasPage);
  const picked = called.length > 0 ? undefined : await pick();
  for (const ref of picked ? [picked] : called) panels[ref.kind === 'version' ? 'version' : 'run'].show({ ref });
}

/** One table of all experiments that it is called on. */
async function openRuns(context: OpenContext, args: readonly unknown[]): Promise<void> {
  const called = context.selection.calledOn(args).filter(({ kind }) => kind === 'experiment');
  const refs = called.length > 0 ? called : await pickExperiments(context, experimentNear(context));
  const registries = [...new Set(refs.map(({ registry }) => registry))];
  const sources = registries.map((registry) => ({
    registry,
    experimentIds: refs.filter((ref) => ref.registry === registry).map(({ id }) => id),
  }));
  if (sources.length > 0) context.panels.runs.show({ sources });
}

/** What is selected, or the experiment of the selected run. */
async function experimentNear({ selection, subjects }: OpenContext): Promise<Ref | undefined> {
  const [first] = selection.current;
  if (first?.kind !== 'run') return first;
  // Only what is offered first depends on it.
  const key = await subjects.experiment(first).catch(() => undefined);
  return key && { kind: 'experiment', registry: key.registry, id: key.experimentId };
}

async function openArtifact(target: unknown): Promise<void> {
  const uri = Uri.from({ scheme: artifactScheme, path: artifactUriPath(artifactOf(target)) });
  await vscodeCommands.executeCommand('vscode.open', uri);
}

function artifactOf(target: unknown): ArtifactAddress {
  const address = addressOf(target);
  if (address) return address;
  throw new UserError('invalid', l10n.t('Choose an artifact in the Experiments view or on a run’s page.'));
}

/** A page's scripts were written by whoever logged the artifact. */
async function runScripts({ panels, ui }: OpenContext): Promise<void> {
  const question = l10n.t('Run the scripts of {0}?', panels.html.runnable());
  const detail = l10n.t('They came with the artifact. They can change this page, and reach neither files nor network.');
  if (await ui.confirm(question, { detail, action: l10n.t('Run Scripts') })) panels.html.runScripts();
}

async function compare(context: OpenContext, args: readonly unknown[]): Promise<void> {
  const called = context.selection.calledOn(args).filter(hasPage);
  const given = called.length > 0 ? called : context.selection.current.filter(hasPage);
  const refs = given.length > 1 ? given : await pickOthers(context, given[0]);
  if (refs) context.panels.compare.show({ refs });
}

async function pickOthers(context: OpenContext, near: Ref | undefined): Promise<readonly Ref[] | undefined> {
  const choices = await choicesOf(context, near);
  const title = near ? l10n.t('Compare with which?') : l10n.t('Compare which runs or versions?');
  const picked = await context.ui.pickMany(choices, { title });
  if (!picked) return undefined;
  const refs = near ? [near, ...picked] : picked;
  if (refs.length < 2) throw new UserError('invalid', l10n.t('Choose two or more runs or versions to compare.'));
  return refs;
}

async function choicesOf({ registries }: OpenContext, near: Ref | undefined) {
  await registries.ready();
  const name = near?.registry ?? (await activeConnection(registries)).name;
  const choices = await compareChoices(registries.get(name), near);
  return choices
    .filter(({ ref }) => !near || refKey(ref) !== refKey(near))
    .map(({ ref, label, description }) => ({ label, description, value: ref }));
}

function hasPage({ kind }: Ref): boolean {
  return kind === 'run' || kind === 'version';
}
