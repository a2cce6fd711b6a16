import { type ComparedItem, loadComparedItem } from '../app/compare';
import { compareItems } from '../domain/compare';
import { UserError } from '../domain/errors';
import type { Registry } from '../domain/ports';
import { type Ref, versionRef } from '../domain/ref';
import type { Context } from './context';
import { type Json, numberJson } from './json';
import { wrongUsage } from './usage';

/** `{items, rows}` of runs and versions, first named first. */
export async function compareAnswer({ registry, name, signal }: Context, words: readonly string[]): Promise<Json> {
  if (words.length < 2) throw wrongUsage('compare takes two or more runs or versions.');
  const items: ComparedItem[] = [];
  for (const word of words)
    items.push(await loadComparedItem(registry, await refOf(registry, name, word, signal), signal));
  const rows = compareItems(items).map((row) => ({
    ...row,
    values: row.values.map((value) => (typeof value === 'number' ? numberJson(value) : value)),
  }));
  return { items: items.map(itemJson), rows };
}

/** `MODEL@ALIAS`, `MODEL/VERSION`, else a run id. Model names may hold `/` and `@`, versions and aliases neither. */
export async function refOf(registry: Registry, name: string, word: string, signal: AbortSignal): Promise<Ref> {
  const [, aliased, alias] = /^(.+)@([^@/]+)$/.exec(word) ?? [];
  if (aliased && alias) {
    const { aliases } = await registry.models.get({ name: aliased }, signal);
    const held = aliases.find((one) => one.alias === alias);
    if (!held) throw new UserError('notFound', `${aliased} has no alias '${alias}'.`);
    return versionRef(name, aliased, held.version);
  }
  const [, model, version] = /^(.+)\/(\d+)$/.exec(word) ?? [];
  return model && version ? versionRef(name, model, version) : { kind: 'run', registry: name, id: word };
}

function itemJson({ version, run }: ComparedItem): Json {
  return {
    kind: version ? 'version' : 'run',
    ...(version && { name: version.name, version: version.version, aliases: version.aliases }),
    run_id: version?.runId ?? run?.runId,
    run_name: run?.runName,
  };
}
