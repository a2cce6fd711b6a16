import * as path from 'node:path';
import * as l10n from '@vscode/l10n';
import { type ArtifactLocation, type ArtifactRoot, isSafeArtifactPath } from '../../domain/artifact';
import { UserError } from '../../domain/errors';
import type { ArtifactStore } from '../../domain/ports';
import { below, openable } from '../artifactLocation';
import { isNeverMade, listLocal, readLocal, resolveLocalRoot } from '../localArtifacts';
import { localOpen } from '../localStream';
import { FileReader } from './fileReader';
import { type FileStore } from './fileStore';
import { findLoggedModel } from './loggedModelStore';
import { existingModelFolder, getVersion, versionLocation } from './modelFolder';
import type { Pieces } from './pieces';
import { findRunIn } from './runFolder';
import { noSuchRun } from './runStore';

/** `models` is the store that keeps the registered models, where it is another folder. */
export function artifactStore(store: FileStore, models: FileStore): ArtifactStore {
  const locate = (root: ArtifactRoot, signal?: AbortSignal): Promise<ArtifactLocation> =>
    store.run(() => locationOf({ tracking: store.root, models: models.root }, root), signal);
  return {
    async list({ root, path: artifactPath }, signal) {
      const location = await locate(root, signal);
      // A version's files were there once; a run or an external model may have none.
      if (root.kind !== 'version' && isSafeArtifactPath(artifactPath) && isEmpty(location, store.root)) return [];
      return await listLocal(openable(location), artifactPath, signal);
    },
    read: async ({ root, path: artifactPath, maxBytes }, signal) =>
      await readLocal(openable(await locate(root, signal)), artifactPath, maxBytes, signal),
    open: localOpen(({ root }, signal) => locate(root, signal)),
    locate: async ({ root, path: artifactPath }, signal) => below(await locate(root, signal), artifactPath),
  };
}

interface Roots {
  readonly tracking: string;
  readonly models: string;
}

function* locationOf(roots: Roots, root: ArtifactRoot): Pieces<ArtifactLocation> {
  switch (root.kind) {
    case 'run':
      return yield* ofRun(roots.tracking, root.runId);
    case 'loggedModel':
      return yield* ofLoggedModel(roots.tracking, root.modelId);
    case 'version':
      return yield* ofVersion(roots, root.name, root.version, 0);
  }
}

function* ofRun(root: string, runId: string): Pieces<ArtifactLocation> {
  const run = yield* findRunIn(new FileReader(root), root, runId);
  if (!run) throw noSuchRun(runId);
  return located(run.info.artifactUri, root, path.join(run.dir, 'artifacts'));
}

function* ofLoggedModel(root: string, modelId: string): Pieces<ArtifactLocation> {
  const found = yield* findLoggedModel(new FileReader(root), root, modelId);
  if (!found) {
    throw new UserError('notFound', l10n.t('There is no logged model {0}.', modelId), {
      next: l10n.t('It may have been removed: refresh the list.'),
    });
  }
  return located(found.model.artifactLocation, root, path.join(found.dir, 'artifacts'));
}

/** A version made from a version may name one again; MLflow resolves it when it is made, other tools may not. */
const maxDepth = 5;

function* ofVersion(roots: Roots, name: string, version: string, depth: number): Pieces<ArtifactLocation> {
  const { modelId } = yield* getVersion(roots.models, name, version);
  const dir = existingModelFolder(roots.models, name);
  const uri = (yield* versionLocation(new FileReader(roots.models), dir, version)) ?? '';
  const [, ofName, ofNumber] = /^models:\/([^/]+)\/(\d+)$/.exec(uri) ?? [];
  if (ofName && ofNumber && depth < maxDepth) return yield* ofVersion(roots, ofName, ofNumber, depth + 1);
  const [, runId, runPath = ''] = /^runs:\/([^/]+)\/?(.*)$/.exec(uri) ?? [];
  if (runId) return below(yield* ofRun(roots.tracking, runId), runPath);
  const loggedId = /^models:\/([^/]+)$/.exec(uri)?.[1];
  if (loggedId) return yield* ofLoggedModel(roots.tracking, loggedId);
  const location = located(uri, roots.tracking);
  if (location.localPath === undefined && modelId !== undefined) return yield* ofLoggedModel(roots.tracking, modelId);
  return location;
}

function located(uri: string, root: string, besides?: string): ArtifactLocation {
  const hints = besides === undefined ? [] : [path.relative(root, besides)];
  const localPath = resolveLocalRoot(uri, root, hints);
  return localPath === undefined ? { uri } : { uri, localPath };
}

function isEmpty({ uri, localPath }: ArtifactLocation, root: string): boolean {
  return localPath === undefined && isNeverMade(uri, root, [root, path.dirname(root)]);
}
