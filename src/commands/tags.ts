import * as l10n from '@vscode/l10n';
import type { Disposable } from 'vscode';
import { type Edit, short } from '../app/edits';
import { ifFound } from '../app/optional';
import { ownTags } from '../app/tags';
import { requireWrite } from '../app/writable';
import { UserError } from '../domain/errors';
import { type KeyValue, valueOf } from '../domain/experiment';
import type { Ref } from '../domain/ref';
import { oneLine } from '../domain/words';
import { commands } from '../ids';
import { type Choice, newChoice } from '../platform/ui';
import type { PairElement } from '../app/elements';
import { countOf, editAll, type Question } from './editAll';
import { command } from './register';
import type { PickedKind } from './subjects';
import { openText } from './texts';
import type { WriteDeps } from './writeDeps';

/** The row of a tag in a tree. */
type TagRow = PairElement;

const tagged: readonly PickedKind[] = ['run', 'experiment', 'model', 'version'];

/** Set Tag, Delete Tag: of one thing or of all that are selected. */
export function registerTagCommands(deps: WriteDeps): Disposable[] {
  const { ui } = deps;
  return [
    command(commands.setTag, ui, (...args) => setTag(deps, args)),
    command(commands.deleteTag, ui, (...args) => deleteTag(deps, args)),
  ];
}

/** Called on the row of a tag it changes that one, else it asks which. */
async function setTag(deps: WriteDeps, args: readonly unknown[]): Promise<void> {
  const { registries, edits, subjects, ui } = deps;
  const [row] = isTagRow(args[0]) ? [args[0]] : tagRows(deps, args);
  const refs = row ? [row.ref] : await subjects.things(args, tagged);
  const [first] = refs;
  if (!first) return;
  await requireWrite(registries, first.registry);
  const key = row?.pair.key ?? (await askKey(deps, first));
  if (key === undefined) return;
  const { value: from = '', name } = await edits.changeable(first, { kind: 'tag', key });
  // An input box would lose the line breaks.
  const hasLines = from.includes('\n');
  if (hasLines && refs.length === 1) {
    await openText({ ref: first, tag: key }, name);
    return;
  }
  const value = await ui.input({ title: l10n.t('Value of tag {0}', key), value: hasLines ? '' : from });
  if (value === undefined) return;
  const requests = refs.map((ref) => ({ ref, field: { kind: 'tag', key } as const, to: value }));
  await editAll(edits, ui, requests, {
    working: l10n.t('Setting tag {0}', key),
    done: (done) => setSentence(done, key),
    confirm: (changing) => overwriteQuestion(changing, key, value),
  });
}

/** One value was seen while it was changed; of many only the first was. */
function overwriteQuestion(changing: readonly Edit[], key: string, value: string): Question | undefined {
  const replaced = changing.filter(({ from }) => from !== undefined);
  if (changing.length === 1 || replaced.length === 0) return undefined;
  return {
    question: l10n.t("Set tag {0} of {1} to '{2}'?", key, countOf(changing), short(value)),
    detail: l10n.t('{0} of them have another value, which is lost.', replaced.length),
    action: l10n.t('Set'),
  };
}

function setSentence(done: readonly Edit[], key: string): string {
  const [edit] = done;
  if (!edit || done.length > 1) return l10n.t('Tag {0} of {1} is set', key, countOf(done));
  const { from, to = '' } = edit;
  if (from === undefined) return l10n.t("Tag {0} is '{1}'", key, short(to));
  return l10n.t("Tag {0} is now '{1}' (was '{2}')", key, short(to), short(from));
}

/** Called on rows of tags it deletes those, else it asks which. */
async function deleteTag(deps: WriteDeps, args: readonly unknown[]): Promise<void> {
  const { edits, ui } = deps;
  const rows = tagRows(deps, args);
  const tags = rows.length > 0 ? rows.map(({ ref, pair }) => ({ ref, key: pair.key })) : await pickTags(deps, args);
  const requests = tags.map(({ ref, key }) => ({ ref, field: { kind: 'tag', key } as const, to: undefined }));
  if (requests.length === 0) return;
  await editAll(edits, ui, requests, {
    working: l10n.t('Deleting tags'),
    done: (done) => l10n.t('Deleted: {0}', tagsOf(done)),
    confirm: (changing) => ({
      question: l10n.t('Delete {0}?', tagsOf(changing)),
      detail: lostValue(changing),
      action: l10n.t('Delete'),
    }),
  });
}

/** "tag owner of brisk-fox", "tag owner of 3 runs", "3 tags". */
function tagsOf(edits: readonly Edit[]): string {
  const keys = new Set(edits.map(({ field }) => (field.kind === 'tag' ? field.key : '')));
  const [key = ''] = keys;
  return keys.size > 1 ? l10n.t('{0} tags', edits.length) : l10n.t('tag {0} of {1}', key, countOf(edits));
}

function lostValue([edit, ...others]: readonly Edit[]): string {
  return others.length > 0 ? l10n.t('Their values are lost.') : l10n.t("Its value is '{0}'.", short(edit?.from ?? ''));
}

/** The rows of tags that a command was called on, by their menu or by a key of their view. */
function tagRows({ selection }: WriteDeps, [called, selected]: readonly unknown[]): readonly TagRow[] {
  if (typeof called === 'string') return selection.elements(called).filter(isTagRow);
  if (!isTagRow(called)) return [];
  const others: readonly TagRow[] = Array.isArray(selected) ? selected.filter(isTagRow) : [];
  return others.includes(called) ? others : [called];
}

function isTagRow(value: unknown): value is TagRow {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'tag' && 'pair' in value;
}

async function pickTags(deps: WriteDeps, args: readonly unknown[]): Promise<{ ref: Ref; key: string }[]> {
  const refs = await deps.subjects.things(args, tagged);
  const [first] = refs;
  if (!first) return [];
  await requireWrite(deps.registries, first.registry);
  const key = await pickKey(deps, refs);
  return key === undefined ? [] : refs.map((ref) => ({ ref, key }));
}

/** One that the thing has, or a new one. */
async function askKey({ registries, ui }: WriteDeps, ref: Ref): Promise<string | undefined> {
  const tags = await ownTags(registries.get(ref.registry), ref);
  const asNew = newChoice(l10n.t('New tag…'), '');
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
  // What is gone meanwhile is told when the others are done.
  const lists = await Promise.all(refs.map((ref) => ifFound(ownTags(registries.get(ref.registry), ref))));
  const tags = lists.flatMap((list) => list ?? []);
  const keys = [...new Set(tags.map(({ key }) => key))];
  if (keys.length === 0) throw new UserError('notFound', l10n.t('There is no tag to delete.'));
  const choices = keys.map((key) => tagChoice({ key, value: valueOf(tags, key) ?? '' }));
  return ui.pick(choices, { title: l10n.t('Delete which tag?') });
}

function tagChoice({ key, value }: KeyValue): Choice<string> {
  return { label: oneLine(key), description: short(value), icon: 'tag', value: key };
}
