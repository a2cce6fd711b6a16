import * as l10n from '@vscode/l10n';
import { isCancelled, UserError } from '../domain/errors';
import { type KeyValue, valueOf } from '../domain/experiment';
import type { LoggedModel, ModelVersion } from '../domain/model';
import type { Registry } from '../domain/ports';
import { type Ref, versionOf } from '../domain/ref';
import { parentRunTag, type Run } from '../domain/run';
import type { ArtifactFolder, RunPage } from '../domain/runPage';
import { ifFound } from './optional';
import { quoted } from './searchText';

/** A run that made more versions shows these. */
const shownVersions = 1000;

/**
 * Reads the page of a run or version. What the page is of must be readable; where a part beside it is not (a server
 * without model registry, a deleted experiment), the rest is shown and `missing` says so.
 */
export async function loadRunPage(registry: Registry, ref: Ref, signal?: AbortSignal): Promise<RunPage> {
  if (ref.kind === 'run') return pageOfRun(registry, ref, await registry.runs.get({ runId: ref.id }, signal), signal);
  if (ref.kind !== 'version') throw new UserError('invalid', l10n.t('Only runs and model versions have a page.'));
  const version = await registry.models.version(versionOf(ref), signal);
  const run = version.runId ? await ifFound(registry.runs.get({ runId: version.runId }, signal)) : undefined;
  const model: ArtifactFolder = {
    label: l10n.t('Model'),
    root: { kind: 'version', name: version.name, version: version.version },
  };
  if (!run) return { ref, version, madeVersions: [], artifactFolders: [model], missing: [] };
  const page = await pageOfRun(registry, ref, run, signal);
  const others = page.artifactFolders.filter(
    ({ root }) => root.kind !== 'loggedModel' || root.modelId !== version.modelId,
  );
  return { ...page, version, artifactFolders: [model, ...others] };
}

async function pageOfRun(registry: Registry, ref: Ref, run: Run, signal?: AbortSignal): Promise<RunPage> {
  const { runId, experimentId } = run;
  const missing: string[] = [];
  const part = <T>(reading: Promise<T>, otherwise: T): Promise<T> => readable(reading, otherwise, missing);
  const [experiment, parent, madeVersions, models] = await Promise.all([
    part(registry.experiments.get({ experimentId }, signal), undefined),
    part(parentOf(registry, run.tags, signal), undefined),
    part(versionsOf(registry, runId, signal), []),
    part(registry.loggedModels.ofRun({ runId, experimentId }, signal), []),
  ]);
  const artifacts: ArtifactFolder = { label: l10n.t('Run artifacts'), root: { kind: 'run', runId } };
  return {
    ref,
    run,
    ...(experiment && { experiment }),
    ...(parent && { parent }),
    madeVersions,
    artifactFolders: [artifacts, ...models.map(folderOf)],
    missing,
  };
}

/** By model, newest first. */
async function versionsOf(registry: Registry, runId: string, signal?: AbortSignal): Promise<readonly ModelVersion[]> {
  const filter = `run_id = ${quoted(runId) ?? "''"}`;
  const orderBy = ['name ASC', 'version_number DESC'];
  return (await registry.models.searchVersions({ filter, orderBy, maxResults: shownVersions }, signal)).items;
}

function parentOf(registry: Registry, tags: readonly KeyValue[], signal?: AbortSignal): Promise<Run | undefined> {
  const runId = valueOf(tags, parentRunTag);
  return runId ? ifFound(registry.runs.get({ runId }, signal)) : Promise.resolve(undefined);
}

function folderOf({ modelId, name }: LoggedModel): ArtifactFolder {
  return { label: l10n.t('Logged model {0}', name || modelId), root: { kind: 'loggedModel', modelId } };
}

async function readable<T>(reading: Promise<T>, otherwise: T, missing: string[]): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof UserError) || isCancelled(error)) throw error;
    if (error.kind !== 'notFound' && error.kind !== 'unsupported') missing.push(error.message);
    return otherwise;
  }
}
