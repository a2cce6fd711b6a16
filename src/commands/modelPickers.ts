import * as l10n from '@vscode/l10n';
import { invalidAlias } from '../app/alias';
import type { Candidate, Registrations } from '../app/register';
import type { RegistrySet } from '../app/registrySet';
import { UserError } from '../domain/errors';
import { isValidAlias, type RegisteredModel } from '../domain/model';
import { type Ref, versionOf } from '../domain/ref';
import { type Choice, newChoice, type Ui } from '../platform/ui';

/** More models than this are not listed to choose from; a name can always be typed. */
const listedModels = 1000;

export function candidateName(candidate: Candidate): string {
  if (candidate.kind === 'loggedModel') return candidate.model.name || candidate.model.modelId;
  return candidate.path || l10n.t('the run’s artifacts');
}

/** The one candidate of a run, or the one that the person picks. */
export async function pickCandidate(registrations: Registrations, ui: Ui, run: Ref): Promise<Candidate | undefined> {
  const candidates = await registrations.candidates(run);
  if (candidates.length === 0) {
    throw new UserError(
      'notFound',
      l10n.t('This run logged no model: it has neither a logged model nor an MLmodel file.'),
      {
        next: l10n.t('Log one with mlflow.<flavor>.log_model, then register it.'),
      },
    );
  }
  if (candidates.length === 1) return candidates[0];
  return ui.pick(candidates.map(candidateChoice), { title: l10n.t('Which model of the run?') });
}

function candidateChoice(candidate: Candidate): Choice<Candidate> {
  if (candidate.kind === 'artifact') {
    return {
      label: candidateName(candidate),
      description: l10n.t('artifact folder'),
      icon: 'folder',
      value: candidate,
    };
  }
  const { modelId, status } = candidate.model;
  const description = status === 'READY' ? modelId : `${modelId} · ${status}`;
  return { label: candidateName(candidate), description, icon: 'symbol-structure', value: candidate };
}

/** An existing model's name, or a new one that is typed. */
export async function pickModelName(registries: RegistrySet, ui: Ui, registry: string): Promise<string | undefined> {
  const { items } = await registries.get(registry).models.search({ maxResults: listedModels });
  const asNew = newChoice<string | undefined>(l10n.t('New model…'), '');
  const choices = items.map((model): Choice<string | undefined> => ({
    label: model.name,
    icon: 'package',
    value: model.name,
  }));
  const chosen =
    items.length === 0 ? '' : await ui.pick([asNew, ...choices], { title: l10n.t('Register under which model?') });
  if (chosen !== '') return chosen;
  return ui.input({
    title: l10n.t('New model'),
    prompt: l10n.t('Name of the registered model'),
    validate: (name) => (name.trim() === '' ? l10n.t('A model needs a name.') : undefined),
  });
}

/** An alias for the version: one that the model has, each with its holder, or a new one. */
export async function askAlias(registries: RegistrySet, ui: Ui, ref: Ref): Promise<string | undefined> {
  const { name, version } = versionOf(ref);
  const model = await registries.get(ref.registry).models.get({ name });
  const asNew = newChoice(l10n.t('New alias…'), '');
  const choices = [asNew, ...aliasChoices(model, version)];
  const chosen = await ui.pick(choices, { title: l10n.t('Alias for {0} v{1}', name, version) });
  if (chosen !== '') return chosen;
  return ui.input({
    title: l10n.t('New alias for {0} v{1}', name, version),
    validate: (alias) => (isValidAlias(alias) ? undefined : invalidAlias(alias).text),
  });
}

function aliasChoices(model: RegisteredModel, version: string): Choice<string>[] {
  const others = ['champion', 'challenger'].filter((known) => !model.aliases.some(({ alias }) => alias === known));
  return [
    ...model.aliases.map(({ alias, version: holder }) => ({
      label: `@${alias}`,
      description: holder === version ? l10n.t('held by v{0} already', holder) : l10n.t('v{0} → v{1}', holder, version),
      icon: 'tag',
      value: alias,
    })),
    ...others.map((alias) => ({
      label: `@${alias}`,
      description: l10n.t('held by no version'),
      icon: 'tag',
      value: alias,
    })),
  ];
}

/** The one alias that the version holds, or the one that the person picks. */
export async function pickHeldAlias(registries: RegistrySet, ui: Ui, ref: Ref): Promise<string | undefined> {
  const { name, version } = versionOf(ref);
  const { aliases } = await registries.get(ref.registry).models.version({ name, version });
  if (aliases.length === 0) {
    throw new UserError('notFound', l10n.t('v{0} of {1} holds no alias.', version, name), {
      next: l10n.t('Choose a version that shows one.'),
    });
  }
  if (aliases.length === 1) return aliases[0];
  const choices = aliases.map((alias): Choice<string> => ({ label: `@${alias}`, icon: 'tag', value: alias }));
  return ui.pick(choices, { title: l10n.t('Which alias of v{0}?', version) });
}
