import * as l10n from '@vscode/l10n';
import { UserError } from '../domain/errors';
import type { Experiment } from '../domain/experiment';
import type { RegisteredModel } from '../domain/model';
import type { ExperimentStore, NewExperiment, Registry } from '../domain/ports';
import type { Ref, RefKind } from '../domain/ref';
import { itemCount, pagesOf } from './allPages';
import { ifFound } from './optional';
import type { RegistrySet } from './registrySet';
import { requireWrite } from './writable';

export interface NewModel {
  readonly name: string;
  readonly description?: string;
}

/** Experiments asked of a store at once. */
const pageSize = 1000;

/** Makes experiments and registered models: preview (is the name free?) → create → verify by reading back. */
export class Creations {
  constructor(private readonly registries: RegistrySet) {}

  /** Refuses a name that is taken, by a deleted experiment too. */
  async previewExperiment(registry: string, { name }: NewExperiment, signal?: AbortSignal): Promise<void> {
    await requireWrite(this.registries, registry, signal);
    await refuseName(this.registries.get(registry), 'experiment', name, signal);
  }

  async createExperiment(registry: string, wanted: NewExperiment, signal?: AbortSignal): Promise<Experiment> {
    const { experiments } = this.registries.get(registry);
    // Everything where no id came back: what a write without an answer did is not known.
    let made: Ref | undefined;
    try {
      const { experimentId } = await experiments.create(wanted, signal);
      made = { kind: 'experiment', registry, id: experimentId };
      return await experiments.get({ experimentId }, signal);
    } finally {
      this.registries.forget(made);
    }
  }

  async previewModel(registry: string, { name }: NewModel, signal?: AbortSignal): Promise<void> {
    await requireWrite(this.registries, registry, signal);
    await refuseName(this.registries.get(registry), 'model', name, signal);
  }

  async createModel(registry: string, wanted: NewModel, signal?: AbortSignal): Promise<RegisteredModel> {
    const { models } = this.registries.get(registry);
    try {
      await models.create(wanted, signal);
      return await models.get({ name: wanted.name }, signal);
    } finally {
      this.registries.forget({ kind: 'model', registry, id: wanted.name });
    }
  }
}

/** Refuses a name that is blank, or that MLflow would refuse because another bears it. Runs may share theirs. */
export async function refuseName(
  { experiments, models }: Registry,
  kind: RefKind,
  name: string,
  signal?: AbortSignal,
): Promise<void> {
  if (name.trim() === '') throw new UserError('invalid', l10n.t('A name must not be blank.'));
  const taken = kind === 'experiment' ? await experimentCalled(experiments, name, signal) : undefined;
  if (taken) throw experimentTaken(taken);
  if (kind === 'model' && (await ifFound(models.get({ name }, signal))))
    throw new UserError('conflict', l10n.t("There is a model '{0}' already.", name));
}

/** The experiment that bears a name, in any lifecycle stage. Not by a filter: a name may hold both kinds of quotes. */
async function experimentCalled(
  experiments: ExperimentStore,
  name: string,
  signal?: AbortSignal,
): Promise<Experiment | undefined> {
  const pages = pagesOf(
    (from) => experiments.search({ view: 'all', maxResults: pageSize, ...from }, signal),
    itemCount,
  );
  for await (const { items } of pages) {
    const found = items.find((experiment) => experiment.name === name);
    if (found) return found;
  }
  return undefined;
}

function experimentTaken({ name, lifecycleStage }: Experiment): UserError {
  if (lifecycleStage === 'active')
    return new UserError('conflict', l10n.t("There is an experiment '{0}' already.", name));
  return new UserError('conflict', l10n.t("A deleted experiment bears the name '{0}'.", name), {
    next: l10n.t('Restore it, or choose another name.'),
  });
}
