import * as l10n from '@vscode/l10n';
import type { Comparable } from '../domain/compare';
import { UserError } from '../domain/errors';
import type { ModelVersion } from '../domain/model';
import type { Registry } from '../domain/ports';
import { type Ref, versionOf } from '../domain/ref';
import type { Run } from '../domain/run';
import { ifFound } from './optional';

/** A run, or a version with the run or logged model that its numbers come from. */
export interface ComparedItem extends Comparable {
  readonly ref: Ref;
  readonly version?: ModelVersion;
  /** Absent for a version that came from no run, or whose run is gone. */
  readonly run?: Run;
}

/** Reads what a run or version is compared by: of a version the numbers of its source run and its own tags. */
export async function loadComparedItem(registry: Registry, ref: Ref, signal?: AbortSignal): Promise<ComparedItem> {
  if (ref.kind === 'run') {
    const run = await registry.runs.get({ runId: ref.id }, signal);
    return { ref, run, metrics: run.metrics, params: run.params, tags: run.tags };
  }
  if (ref.kind === 'version') return loadVersion(registry, ref, signal);
  throw new UserError('invalid', l10n.t('Only runs and model versions can be compared.'), {
    next: l10n.t('Select two or more of them.'),
  });
}

async function loadVersion(registry: Registry, ref: Ref, signal?: AbortSignal): Promise<ComparedItem> {
  const version = await registry.models.version(versionOf(ref), signal);
  const run = version.runId ? await ifFound(registry.runs.get({ runId: version.runId }, signal)) : undefined;
  const model =
    !run && version.modelId
      ? await ifFound(registry.loggedModels.get({ modelId: version.modelId }, signal))
      : undefined;
  const { metrics, params } = run ?? model ?? { metrics: [], params: [] };
  return { ref, version, ...(run && { run }), metrics, params, tags: version.tags };
}
