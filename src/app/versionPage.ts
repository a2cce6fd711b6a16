import * as l10n from '@vscode/l10n';
import type { Registry } from '../domain/ports';
import { type Ref, versionOf } from '../domain/ref';
import type { VersionPage } from '../domain/versionPage';
import { ifFound } from './optional';
import { readable } from './readable';

/** Reads the page of a version, with the run that it came from where that is still there. */
export async function loadVersionPage(registry: Registry, ref: Ref, signal?: AbortSignal): Promise<VersionPage> {
  const version = await registry.models.version(versionOf(ref), signal);
  const missing: string[] = [];
  const part = <T>(reading: Promise<T>): Promise<T | undefined> => readable(reading, undefined, missing);
  const run = version.runId ? await part(ifFound(registry.runs.get({ runId: version.runId }, signal))) : undefined;
  const experiment = run && (await part(registry.experiments.get({ experimentId: run.experimentId }, signal)));
  const { name, version: number } = version;
  const model = { label: l10n.t('Model'), root: { kind: 'version', name, version: number } } as const;
  const artifacts = run && ({ label: l10n.t('Run artifacts'), root: { kind: 'run', runId: run.runId } } as const);
  return {
    ref,
    version,
    ...(run && { run }),
    ...(experiment && { experiment }),
    artifactFolders: [model, ...(artifacts ? [artifacts] : [])],
    missing,
  };
}
