import { allPages } from '../app/allPages';
import { UserError } from '../domain/errors';
import type { Experiment } from '../domain/experiment';
import { type Ref, versionRef } from '../domain/ref';
import type { Context } from './context';
import { wrongUsage } from './usage';

/** Rows asked of a store at once. */
export const pageSize = 1000;

/** The words of a command: `count` needed ones and at most `optional` more. */
export function take(words: readonly string[], count: 1, usage: string, optional?: number): [string, string?];
export function take(words: readonly string[], count: 2, usage: string): [string, string, undefined?];
export function take(words: readonly string[], count: 3, usage: string): [string, string, string];
export function take(words: readonly string[], count: number, usage: string, optional = 0): (string | undefined)[] {
  if (words.length < count || words.length > count + optional) throw wrongUsage(`Call it as: ringside ${usage}.`);
  return [...words];
}

/**
 * The thing that a write is about (`run RUN_ID`, `experiment EXPERIMENT`, `model MODEL`, `version MODEL VERSION`), and
 * exactly `count` words after it.
 */
export async function takeThing(
  context: Context,
  [kind = '', ...words]: readonly string[],
  count: number,
  usage: string,
): Promise<{ readonly ref: Ref; readonly rest: readonly string[] }> {
  const ids = kind === 'version' ? 2 : 1;
  const [id = '', version = ''] = words;
  if (!isThing(kind) || words.length !== ids + count) throw wrongUsage(`Call it as: ringside ${usage}.`);
  const { name: registry } = context;
  const rest = words.slice(ids);
  if (kind === 'version') return { ref: versionRef(registry, id, version), rest };
  if (kind !== 'experiment') return { ref: { kind, registry, id }, rest };
  const { experimentId } = await findExperiment(context, id);
  return { ref: { kind, registry, id: experimentId }, rest };
}

function isThing(word: string): word is 'run' | 'experiment' | 'model' | 'version' {
  return ['run', 'experiment', 'model', 'version'].includes(word);
}

/** By name first: an experiment may be called like another's id. */
export async function findExperiment({ registry, signal }: Context, wanted: string): Promise<Experiment> {
  const all = await allPages((pageToken) =>
    registry.experiments.search({ view: 'all', maxResults: pageSize, ...pageToken }, signal),
  );
  const found = all.find(({ name }) => name === wanted) ?? all.find(({ experimentId }) => experimentId === wanted);
  if (found) return found;
  throw new UserError('notFound', `There is no experiment '${wanted}'.`, {
    next: 'List them with ringside experiments.',
  });
}
