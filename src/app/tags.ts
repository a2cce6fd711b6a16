import { UserError } from '../domain/errors';
import type { KeyValue } from '../domain/experiment';
import type { Registry } from '../domain/ports';
import { type Ref, versionOf } from '../domain/ref';

/** The tags of a thing that people gave it, by key; those of MLflow itself (`mlflow.…`) stay out of pickers. */
export async function ownTags(registry: Registry, ref: Ref, signal?: AbortSignal): Promise<readonly KeyValue[]> {
  const { tags } = await thing(registry, ref, signal);
  return tags.filter(({ key }) => !key.startsWith('mlflow.')).sort((a, b) => (a.key < b.key ? -1 : 1));
}

function thing(
  { runs, experiments, models }: Registry,
  ref: Ref,
  signal?: AbortSignal,
): Promise<{ readonly tags: readonly KeyValue[] }> {
  switch (ref.kind) {
    case 'run':
      return runs.get({ runId: ref.id }, signal);
    case 'experiment':
      return experiments.get({ experimentId: ref.id }, signal);
    case 'model':
      return models.get({ name: ref.id }, signal);
    case 'version':
      return models.version(versionOf(ref), signal);
    default:
      throw new UserError('unsupported', `A ${ref.kind} has no tags.`);
  }
}
