import path from 'node:path';
import { type ArtifactLocation, type ArtifactRoot, isSafeArtifactPath } from '../../domain/artifact';
import type { ArtifactStore } from '../../domain/ports';
import { below, joined, openable } from '../artifactLocation';
import { isNeverMade, listLocal, readLocal, resolveLocalRoot } from '../localArtifacts';
import { localOpen } from '../localStream';
import { findLoggedModel } from './loggedModels';
import { runRow } from './runs';
import { runInfo } from './runRows';
import type { Session, SqliteStore } from './store';
import { loggedModelOf, versionRow } from './versions';

/** A version made from a version may name one again; MLflow resolves it when it is made, other tools may not. */
const maxDepth = 5;

export function sqliteArtifacts(store: SqliteStore): ArtifactStore {
  const locate = async (root: ArtifactRoot, signal?: AbortSignal): Promise<ArtifactLocation> => {
    const session = await store.open(signal);
    return located(await uriOf(session, root, 0), session);
  };
  return {
    async list({ root, path: artifactPath }, signal) {
      const session = await store.open(signal);
      const location = located(await uriOf(session, root, 0), session);
      if (root.kind !== 'version' && isSafeArtifactPath(artifactPath) && isEmpty(location, session)) return [];
      return listLocal(openable(location), artifactPath, signal);
    },
    read: async ({ root, path: artifactPath, maxBytes }, signal) =>
      readLocal(openable(await locate(root, signal)), artifactPath, maxBytes, signal),
    open: localOpen(({ root }, signal) => locate(root, signal)),
    locate: async ({ root, path: artifactPath }, signal) => below(await locate(root, signal), artifactPath),
  };
}

async function uriOf(session: Session, root: ArtifactRoot, depth: number): Promise<string> {
  if (root.kind === 'run') return runInfo(await runRow(session, root.runId)).artifactUri;
  if (root.kind === 'loggedModel') return (await findLoggedModel(session, root.modelId)).artifactLocation;
  const row = await versionRow(session, root.name, root.version);
  const modelId = loggedModelOf(row);
  const uri = row.location ?? row.source ?? '';
  if (modelId !== undefined && !/^[a-z]+:\/\/|^\//i.test(uri))
    return uriOf(session, { kind: 'loggedModel', modelId }, depth);
  return resolved(session, uri, depth);
}

/** Follows `runs:/…` and `models:/name/n` to where the files lie (mlflow.md trap 27). */
async function resolved(session: Session, uri: string, depth: number): Promise<string> {
  const [, name, version] = /^models:\/(.+)\/(\d+)$/.exec(uri) ?? [];
  if (name && version && depth < maxDepth) return uriOf(session, { kind: 'version', name, version }, depth + 1);
  const [, runId, inside = ''] = /^runs:\/([^/]+)\/?(.*)$/.exec(uri) ?? [];
  return runId ? joined(await uriOf(session, { kind: 'run', runId }, depth), inside) : uri;
}

function located(uri: string, { file }: Session): ArtifactLocation {
  const localPath = resolveLocalRoot(uri, path.dirname(file));
  return localPath === undefined ? { uri } : { uri, localPath };
}

/** A version's files were there once; a run or an external model may have none. */
function isEmpty({ uri, localPath }: ArtifactLocation, { file }: Session): boolean {
  return localPath === undefined && isNeverMade(uri, path.dirname(file));
}
