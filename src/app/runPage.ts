import * as l10n from '@vscode/l10n';
import { type KeyValue, valueOf } from '../domain/experiment';
import type { LoggedModel, ModelVersion } from '../domain/model';
import { modelHistory } from '../domain/modelHistory';
import type { Registry } from '../domain/ports';
import type { Ref } from '../domain/ref';
import { parentRunTag, type Run, type RunInfo } from '../domain/run';
import type { ArtifactFolder, RunPage } from '../domain/runPage';
import { runAt } from '../domain/runTable';
import { ifFound } from './optional';
import { readable } from './readable';
import { quoted } from './searchText';

/** A run that made more versions shows these. */
const shownVersions = 1000;
/** A sweep of more shows these; the table has the others. */
const shownChildren = 100;

/**
 * Reads the page of a run. The run must be readable; where a part beside it is not (a server without model registry, a
 * deleted experiment), the rest is shown and `missing` says so.
 */
export async function loadRunPage(registry: Registry, ref: Ref, signal?: AbortSignal): Promise<RunPage> {
  const run = await registry.runs.get({ runId: ref.id }, signal);
  const { runId, experimentId } = run;
  const missing: string[] = [];
  const part = <T>(reading: Promise<T>, otherwise: T): Promise<T> => readable(reading, otherwise, missing);
  const [experiment, parent, children, madeVersions, loggedModels] = await Promise.all([
    part(registry.experiments.get({ experimentId }, signal), undefined),
    part(parentOf(registry, run.tags, signal), undefined),
    part(childrenOf(registry, run, signal), []),
    part(versionsOf(registry, runId, signal), []),
    part(registry.loggedModels.ofRun({ runId, experimentId }, signal), []),
  ]);
  const artifacts: ArtifactFolder = { label: l10n.t('Run artifacts'), root: { kind: 'run', runId } };
  return {
    ref,
    run,
    ...(experiment && { experiment }),
    ...(parent && { parent }),
    children: children.slice(0, shownChildren),
    moreChildren: children.length > shownChildren,
    loggedModels,
    runModels: modelHistory(run.tags),
    madeVersions,
    artifactFolders: [artifacts, ...loggedModels.map(folderOf)],
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

/** One more than is shown, so that more are known of. */
async function childrenOf(
  { runs }: Registry,
  { runId, experimentId }: RunInfo,
  signal?: AbortSignal,
): Promise<RunInfo[]> {
  const filter = `tags.${parentRunTag} = ${quoted(runId) ?? "''"}`;
  const query = { experimentIds: [experimentId], view: 'active', filter, maxResults: shownChildren + 1 } as const;
  const { table } = await runs.search(query, signal);
  return table.runIds.map((_, row) => runAt(table, row));
}

function folderOf({ modelId, name }: LoggedModel): ArtifactFolder {
  return { label: l10n.t('Logged model {0}', name || modelId), root: { kind: 'loggedModel', modelId } };
}
