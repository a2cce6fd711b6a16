import * as l10n from '@vscode/l10n';
import type { Disposable } from 'vscode';
import { type Edit, short } from '../app/edits';
import { ownTags } from '../app/tags';
import { requireWrite } from '../app/writable';
import { UserError } from '../domain/errors';
import { type KeyValue, valueOf } from '../domain/experiment';
import type { Ref } from '../domain/ref';
import { commands } from '../ids';
import type { Choice } from '../platform/ui';
import { oneLine } from '../views/text';
import { editAll } from './editAll';
import { command } from './register';
import type { PickedKind } from './subjects';
import { openText } from './texts';
import type { WriteDeps } from './writes';

const tagged: readonly PickedKind[] = ['run', 'experiment', 'model', 'version'];
/** MLflow deletes no tag of an experiment. */
const untaggable: readonly PickedKind[] = ['run', 'model', 'version'];

/** Set Tag, Delete Tag: of one thing or of all that are selected. */
export function registerTagCommands(deps: WriteDeps): Disposable[] {
  const { ui } = deps;
  return [
    command(commands.setTag, ui, (...args) => setTag(deps, args)),
    command(commands.deleteTag, ui, (...args) => deleteTag(deps, args)),
  ];
}

async function setTag(deps: WriteDeps, args: readonly unknown[]): Promise<void> {
  const { registries, edits, subjects, ui } = deps;
  const refs = await subjects.things(args, tagged);
  const [first] = refs;
  if (!first) return;
  await requireWrite(registries, first.registry);
  const key = tagKeyOf(deps, args) ?? (await askKey(deps, first));
  if (key === undefined) return;
  const { value: from, name } = await edits.current(first, { kind: 'tag', key });
  // An input box would lose the line breaks.
  if (refs.length === 1 && from?.includes('\n')) {
    await openText({ ref: first, tag: key }, name);
    return;
  }
  const value = await ui.input({ title: l10n.t('Value of tag {0}', key), value: from ?? '' });
  if (value === undefined) return;
  const requests = refs.map((ref) => ({ ref, field: { kind: 'tag', key } as const, to: value }));
  await editAll(edits, ui, requests, {
    working: l10n.t('Setting tag {0}', key),
    done: ([edit, ...others]) =>
      edit && others.length === 0 ? tagSentence(edit, key) : manySet(others.length + 1, key),
    confirm: (changing) => overwriteQuestion(changing, key, value),
  });
}

/** One value was seen while it was changed; of many only the first was. */
function overwriteQuestion(changing: readonly Edit[], key: string, value: string) {
  const replaced = changing.filter(({ from }) => from !== undefined);
  if (changing.length === 1 || replaced.length === 0) return undefined;
  return {
    question: l10n.t("Set tag {0} to '{1}' on {2} things?", key, short(value), changing.length),
    detail: l10n.t('{0} of them have another value, which is lost.', replaced.length),
    action: l10n.t('Set'),
  };
}

function tagSentence({ from, to = '' }: Edit, key: string): string {
  if (from === undefined) return l10n.t("Tag {0} is '{1}'", key, short(to));
  return l10n.t("Tag {0} is now '{1}' (was '{2}')", key, short(to), short(from));
}

function manySet(count: number, key: string): string {
  return l10n.t('Tag {0} is set on {1} things', key, count);
}

async function deleteTag(deps: WriteDeps, args: readonly unknown[]): Promise<void> {
  const { registries, edits, subjects, ui } = deps;
  const refs = await subjects.things(args, untaggable);
  const [first] = refs;
  if (!first) return;
  await requireWrite(registries, first.registry);
  const key = tagKeyOf(deps, args) ?? (await pickKey(deps, refs));
  if (key === undefined) return;
  const requests = refs.map((ref) => ({ ref, field: { kind: 'tag', key } as const, to: undefined }));
  await editAll(edits, ui, requests, {
    working: l10n.t('Deleting tag {0}', key),
    done: ({ length }) =>
      length === 1 ? l10n.t('Tag {0} is deleted', key) : l10n.t('Tag {0} is deleted from {1} things', key, length),
    confirm: ([edit, ...others]) => ({
      question:
        edit && others.length === 0
          ? l10n.t('Delete tag {0} of {1}?', key, edit.name)
          : l10n.t('Delete tag {0} of {1} things?', key, others.length + 1),
      detail:
        others.length === 0 ? l10n.t("Its value is '{0}'.", short(edit?.from ?? '')) : l10n.t('Their values are lost.'),
      action: l10n.t('Delete'),
    }),
  });
}

/** The key of the tag that the command was called on, by its menu or by a key of its view. */
function tagKeyOf({ selection }: WriteDeps, args: readonly unknown[]): string | undefined {
  const [called] = args;
  const element: unknown = typeof called === 'string' ? selection.elements(called)[0] : called;
  if (typeof element !== 'object' || element === null || !('kind' in element) || element.kind !== 'tag')
    return undefined;
  return 'pair' in element ? (element.pair as KeyValue).key : undefined;
}

/** One that the thing has, or a new one. */
async function askKey({ registries, ui }: WriteDeps, ref: Ref): Promise<string | undefined> {
  const tags = await ownTags(registries.get(ref.registry), ref);
  const asNew: Choice<string> = { label: l10n.t('New tag…'), icon: 'add', value: '' };
  const chosen =
    tags.length === 0 ? '' : await ui.pick([asNew, ...tags.map(tagChoice)], { title: l10n.t('Which tag?') });
  if (chosen !== '') return chosen;
  const typed = await ui.input({
    title: l10n.t('New tag'),
    prompt: l10n.t('Key of the tag'),
    validate: (key) => (key.trim() === '' ? l10n.t('A tag needs a key.') : undefined),
  });
  return typed?.trim();
}

/** One that any of the things has. */
async function pickKey({ registries, ui }: WriteDeps, refs: readonly Ref[]): Promise<string | undefined> {
  const lists = await Promise.all(refs.map((ref) => ownTags(registries.get(ref.registry), ref)));
  const keys = [...new Set(lists.flat().map(({ key }) => key))];
  if (keys.length === 0) throw new UserError('notFound', l10n.t('There is no tag to delete.'));
  const choices = keys.map((key) => tagChoice({ key, value: valueOf(lists.flat(), key) ?? '' }));
  return ui.pick(choices, { title: l10n.t('Delete which tag?') });
}

function tagChoice({ key, value }: KeyValue): Choice<string> {
  return { label: oneLine(key), description: short(value), icon: 'tag', value: key };
}
