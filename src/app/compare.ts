import * as l10n from '@vscode/l10n';
import type { Comparable, CompareRow } from '../domain/compare';
import { UserError } from '../domain/errors';
import { latestOfEach } from '../domain/metric';
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
  /** Why there is nothing of it: it was deleted for good, or its registry is no longer configured. */
  readonly gone?: string;
}

/** Reads what is compared, in its order. What is gone stays as an item that says so, unless all are. */
export async function loadComparedItems(
  registryOf: (name: string) => Registry,
  refs: readonly Ref[],
  signal?: AbortSignal,
): Promise<readonly ComparedItem[]> {
  const failures: UserError[] = [];
  const load = async (ref: Ref): Promise<ComparedItem> => {
    try {
      return await loadComparedItem(registryOf(ref.registry), ref, signal);
    } catch (error) {
      if (!(error instanceof UserError) || error.kind !== 'notFound') throw error;
      failures.push(error);
      return { ref, gone: error.message, metrics: [], params: [], tags: [] };
    }
  };
  const items = await Promise.all(refs.map(load));
  const [failure] = failures;
  if (failure && failures.length === items.length) throw failure;
  return items;
}

export function thereOf(items: readonly ComparedItem[]): readonly ComparedItem[] {
  return items.filter(({ gone }) => gone === undefined);
}

/** Rows of what is there with a place for what is gone, which differs from nothing. */
export function placed(items: readonly ComparedItem[], rows: readonly CompareRow[]): readonly CompareRow[] {
  const there = thereOf(items);
  if (there.length === items.length) return rows;
  return rows.map((row) => ({ ...row, values: items.map((item) => row.values[there.indexOf(item)] ?? null) }));
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
  return { ref, version, ...(run && { run }), metrics: latestOfEach(metrics), params, tags: version.tags };
}
