import * as l10n from '@vscode/l10n';
import { type CompareChoice, compareChoices } from '../../app/compareChoices';
import type { RegistrySet } from '../../app/registrySet';
import { type Ref, refKey } from '../../domain/ref';
import type { Choice, Ui } from '../../platform/ui';

interface Services {
  readonly registries: RegistrySet;
  readonly ui: Ui;
}

/** What to add to a comparison: of a registry of choice what is like the compared ones, then all else. */
export async function askWhatElse(refs: readonly Ref[], { registries, ui }: Services): Promise<readonly Ref[]> {
  const names = registries.connections.map(({ name }) => name);
  const own = refs[0]?.registry;
  const sorted = names.sort((a, b) => Number(b === own) - Number(a === own));
  const title = l10n.t('Compare with something of which registry?');
  const registry =
    sorted.length > 1
      ? await ui.pick(
          sorted.map((name) => ({ label: name, value: name })),
          { title },
        )
      : sorted[0];
  if (registry === undefined) return [];
  const choices = choicesOf(refs, registries, registry);
  return (await ui.pickMany(choices, { title: l10n.t('Compare with which?') })) ?? [];
}

async function choicesOf(refs: readonly Ref[], registries: RegistrySet, name: string): Promise<Choice<Ref>[]> {
  const registry = registries.get(name);
  const near = refs.find((ref) => ref.registry === name);
  const lists = await Promise.all([near ? compareChoices(registry, near) : [], compareChoices(registry, undefined)]);
  const known = new Set(refs.map(refKey));
  const fresh = ({ ref }: CompareChoice): boolean => !known.has(refKey(ref)) && known.add(refKey(ref)).size > 0;
  return lists
    .flat()
    .filter(fresh)
    .map(({ ref, label, description }) => ({ label, description, value: ref }));
}
