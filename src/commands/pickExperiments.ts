import * as l10n from '@vscode/l10n';
import { allPages } from '../app/allPages';
import type { RegistrySet } from '../app/registrySet';
import type { Experiment } from '../domain/experiment';
import { type Ref, refKey } from '../domain/ref';
import { oneLine } from '../domain/words';
import type { Choice, Ui } from '../platform/ui';
import { activeConnection } from './activeConnection';

interface Context {
  readonly registries: RegistrySet;
  readonly ui: Ui;
}

/** Experiments that a page of a store holds. */
const pageSize = 1000;

/** One experiment of any registry, or several: the tree shows one registry only. `near` is what Enter takes. */
export async function pickExperiments(
  { registries, ui }: Context,
  near: Promise<Ref | undefined>,
): Promise<readonly Ref[]> {
  await activeConnection(registries);
  const choices = choicesOf(registries, near, (error) => ui.fail(error));
  const one = choices.then((all): Choice<Ref | 'several'>[] => [...all, ...(all.length > 1 ? [several()] : [])]);
  const picked = await ui.pick(one, { title: l10n.t('Runs of which experiment?') });
  if (picked !== 'several') return picked ? [picked] : [];
  return (await ui.pickMany(choices, { title: l10n.t('Runs of which experiments?') })) ?? [];
}

function several(): Choice<'several'> {
  return { label: l10n.t('Several experiments…'), icon: 'checklist', value: 'several' };
}

/** Those of the active registry first. A registry that fails hides no other one. */
async function choicesOf(
  registries: RegistrySet,
  near: Promise<Ref | undefined>,
  failed: (error: unknown) => void,
): Promise<readonly Choice<Ref>[]> {
  const active = registries.active?.name;
  const names = registries.connections
    .map(({ name }) => name)
    .sort((a, b) => Number(b === active) - Number(a === active));
  const lists = await Promise.allSettled(names.map((name) => experimentsOf(registries, name)));
  const failures = lists.filter((list) => list.status === 'rejected').map(({ reason }): unknown => reason);
  if (failures.length === lists.length) throw failures[0];
  failures.forEach(failed);
  const before = await near;
  return lists.flatMap((list, i) => {
    const found = list.status === 'fulfilled' ? list.value : [];
    return found.map((experiment) => choiceOf(experiment, names[i] ?? '', names.length > 1, before));
  });
}

function choiceOf(
  { name, experimentId: id }: Experiment,
  registry: string,
  isNamed: boolean,
  near: Ref | undefined,
): Choice<Ref> {
  const value: Ref = { kind: 'experiment', registry, id };
  const picked = near !== undefined && refKey(near) === refKey(value);
  return { label: oneLine(name), icon: 'beaker', value, ...(isNamed && { description: registry }), picked };
}

/** The store is asked what it is where it fails: that gives the better reason. */
async function experimentsOf(registries: RegistrySet, name: string): Promise<readonly Experiment[]> {
  const { experiments } = registries.get(name);
  try {
    return await allPages((from) => experiments.search({ view: 'active', maxResults: pageSize, ...from }));
  } catch (error) {
    await registries.describe(name);
    throw error;
  }
}
