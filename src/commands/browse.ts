import * as l10n from '@vscode/l10n';
import type { Disposable } from 'vscode';
import type { Browser } from '../app/browse';
import type { ListKey } from '../app/browseLists';
import { Finder } from '../app/goTo';
import type { RegistrySet } from '../app/registrySet';
import { webUiAddress } from '../app/webUi';
import { storeKind } from '../domain/connection';
import { UserError } from '../domain/errors';
import { type Ref, versionOf } from '../domain/ref';
import { parseFilter } from '../domain/search';
import { commands } from '../ids';
import { refsOf } from '../platform/refs';
import type { Ui } from '../platform/ui';
import { foundSections } from './found';
import { command } from './register';
import { chooseHeadline, chooseSort } from './runChoices';
import { SearchPick } from './searchPick';
import type { PickedSubjects } from './subjects';

interface BrowseDeps {
  readonly browser: Browser;
  readonly registries: RegistrySet;
  readonly subjects: PickedSubjects;
  readonly ui: Ui;
  /** Selects a thing in the side bar. */
  readonly reveal: (ref: Ref) => Promise<void>;
}

/** Sort, headline, filters, deleted, Load More, Go To, Reveal Source Run, Open in MLflow UI. */
export function registerBrowseCommands(deps: BrowseDeps): Disposable[] {
  const { browser, ui, subjects, reveal } = deps;
  const { options } = browser;
  return [
    command(commands.sortRuns, ui, async (...args) =>
      chooseSort(browser, ui, await subjects.experiment(refsOf(args)[0])),
    ),
    command(commands.chooseHeadlineMetric, ui, async (...args) =>
      chooseHeadline(browser, ui, await subjects.experiment(refsOf(args)[0])),
    ),
    command(commands.filterRuns, ui, () => filterRuns(deps)),
    command(commands.clearRunFilter, ui, () => options.setRunFilter(undefined)),
    command(commands.filterModels, ui, () => filterModels(deps)),
    command(commands.clearModelFilter, ui, () => options.setModelFilter(undefined)),
    command(commands.showDeleted, ui, () => options.setShowsDeleted(true)),
    command(commands.hideDeleted, ui, () => options.setShowsDeleted(false)),
    command(commands.loadMore, ui, (element) => {
      const list = listOf(element);
      return list && browser.more(list);
    }),
    command(commands.goTo, ui, (typed) => goTo(deps, typeof typed === 'string' ? typed : '')),
    command(commands.revealRun, ui, async (...args) => {
      const ref = refsOf(args)[0] ?? (await subjects.version());
      if (ref) await reveal(await sourceRun(deps, ref));
    }),
    command(commands.openInWebUi, ui, (...args) => openInWebUi(deps, refsOf(args)[0])),
  ];
}

async function filterRuns({ browser, registries, subjects, ui }: BrowseDeps): Promise<void> {
  await subjects.registry();
  const { active } = registries;
  // A server may know more of the grammar than we do: there what we cannot read is sent all the same.
  const judges = active && storeKind(active.trackingUri) !== 'rest';
  const filter = await ui.input({
    title: l10n.t('Filter Runs'),
    prompt: l10n.t("MLflow's filter, for the runs of every experiment; empty shows all"),
    placeholder: "metrics.auc > 0.9 AND params.solver = 'lbfgs'",
    value: browser.options.runFilter ?? '',
    ...(judges && { validate: filterProblem }),
  });
  if (filter !== undefined) browser.options.setRunFilter(filter);
}

function filterProblem(filter: string): string | undefined {
  try {
    parseFilter(filter, 'runs');
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error.text;
    throw error;
  }
}

async function filterModels({ browser, ui }: BrowseDeps): Promise<void> {
  const part = await ui.input({
    title: l10n.t('Filter Models'),
    prompt: l10n.t('Part of the name; empty shows all'),
    value: browser.options.modelFilter ?? '',
  });
  if (part !== undefined) browser.options.setModelFilter(part);
}

async function goTo({ browser, registries, subjects, reveal }: BrowseDeps, typed: string): Promise<void> {
  const finder = new Finder(registries.get(await subjects.registry()), browser.options.view);
  const ref = await new SearchPick<Ref>({
    title: l10n.t('Go To'),
    placeholder: l10n.t('Experiment, run name or ID, model, model/version or model@alias'),
    typed,
    find: async (text, signal) => foundSections(await finder.find(text, signal)),
  }).ask();
  if (ref) await reveal(ref);
}

/** The run that a version or a logged model was made from; a run is its own. */
async function sourceRun({ registries }: BrowseDeps, ref: Ref): Promise<Ref> {
  if (ref.kind === 'loggedModel') {
    const { name, sourceRunId } = await registries.get(ref.registry).loggedModels.get({ modelId: ref.id });
    if (sourceRunId !== '') return { kind: 'run', registry: ref.registry, id: sourceRunId };
    throw new UserError('notFound', l10n.t('{0} was not made from a run.', name || ref.id));
  }
  if (ref.kind !== 'version') return ref;
  const { name, version } = versionOf(ref);
  const { runId } = await registries.get(ref.registry).models.version({ name, version });
  if (runId !== '') return { kind: 'run', registry: ref.registry, id: runId };
  throw new UserError('notFound', l10n.t('v{0} of {1} was not made from a run.', version, name));
}

async function openInWebUi({ browser, registries, subjects, ui }: BrowseDeps, ref: Ref | undefined): Promise<void> {
  const name = ref?.registry ?? (await subjects.registry());
  const { connection } = registries.get(name);
  if (storeKind(connection.trackingUri) !== 'rest') {
    throw new UserError('unsupported', l10n.t("'{0}' is not a server: it has no web page.", name), {
      next: l10n.t('Start one with Start MLflow UI.'),
      command: { id: commands.startMlflowUi },
    });
  }
  const experimentId = ref?.kind === 'run' ? (await browser.run(name, ref.id)).experimentId : undefined;
  await ui.openAddress(webUiAddress(connection.trackingUri, ref, experimentId));
}

function listOf(element: unknown): ListKey | undefined {
  return typeof element === 'object' && element !== null && 'list' in element ? (element.list as ListKey) : undefined;
}
