import * as l10n from '@vscode/l10n';
import { modelAt, modelHistory } from '../domain/modelHistory';
import type { Registry } from '../domain/ports';
import { type Ref, versionOf } from '../domain/ref';
import type { VersionPage } from '../domain/versionPage';
import { readable } from './readable';
import { noTimeline, readTimeline } from './timeline';
import { noModel, readVersionModel } from './versionModel';

/**
 * Reads the page of a version. The version must be readable; where a part beside it is not (its run is gone, its
 * artifacts lie where nobody lets us read), the rest is shown and `missing` says so.
 */
export async function loadVersionPage(registry: Registry, ref: Ref, signal?: AbortSignal): Promise<VersionPage> {
  const version = await registry.models.version(versionOf(ref), signal);
  const { name, runId } = version;
  const root = { kind: 'version', name, version: version.version } as const;
  const missing: string[] = [];
  const part = <T>(reading: Promise<T>, otherwise: T): Promise<T> => readable(reading, otherwise, missing);
  const [run, model, timeline] = await Promise.all([
    runId ? part(registry.runs.get({ runId }, signal), undefined) : undefined,
    part(readVersionModel(registry.artifacts, root, signal), noModel),
    part(readTimeline(registry, name, undefined, signal), noTimeline),
  ]);
  const experimentId = run?.experimentId;
  const experiment = experimentId && (await part(registry.experiments.get({ experimentId }, signal), undefined));
  const ownArtifacts = run && ({ label: l10n.t('Run artifacts'), root: { kind: 'run', runId } } as const);
  // Where the artifacts cannot be read, MLflow before 3 left some of it in the run.
  const file = model.file ?? modelAt(version.source, modelHistory(run?.tags ?? []))?.file;
  return {
    ref,
    version,
    ...(run && { run }),
    ...(experiment && { experiment }),
    model: { ...model, ...(file && { file }) },
    timeline,
    artifactFolders: [{ label: l10n.t('Model'), root }, ...(ownArtifacts ? [ownArtifacts] : [])],
    missing,
  };
}
