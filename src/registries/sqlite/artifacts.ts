import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { type ArtifactLocation, type ArtifactRoot, isSafeArtifactPath } from '../../domain/artifact';
import { UserError } from '../../domain/errors';
import type { ArtifactStore } from '../../domain/ports';
import { isNeverMade, listLocal, readLocal, resolveLocalRoot } from '../localArtifacts';
import { findLoggedModel } from './loggedModels';
import { runRow } from './runs';
import { runInfo } from './runSearch';
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
    async list({ root, path: below }, signal) {
      const session = await store.open(signal);
      const location = located(await uriOf(session, root, 0), session);
      if (root.kind !== 'version' && isSafeArtifactPath(below) && isEmpty(location, session)) return [];
      return listLocal(openable(location), below, signal);
    },
    read: async ({ root, path: below, maxBytes }, signal) =>
      readLocal(openable(await locate(root, signal)), below, maxBytes, signal),
    async locate({ root, path: below }, signal) {
      const { uri, localPath } = await locate(root, signal);
      if (below === '' || !isSafeArtifactPath(below)) return { uri, ...(localPath !== undefined && { localPath }) };
      return { uri: joined(uri, below), ...(localPath !== undefined && { localPath: path.join(localPath, below) }) };
    },
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
  const [, runId, below = ''] = /^runs:\/([^/]+)\/?(.*)$/.exec(uri) ?? [];
  return runId ? joined(await uriOf(session, { kind: 'run', runId }, depth), below) : uri;
}

function located(uri: string, { file }: Session): ArtifactLocation {
  const localPath = resolveLocalRoot(uri, path.dirname(file));
  return localPath === undefined ? { uri } : { uri, localPath };
}

/** A version's files were there once; a run or an external model may have none. */
function isEmpty({ uri, localPath }: ArtifactLocation, { file }: Session): boolean {
  return localPath === undefined && isNeverMade(uri, path.dirname(file));
}

/** Only a file URI is percent-encoded; MLflow writes plain paths as they are. */
function joined(uri: string, below: string): string {
  if (below === '') return uri;
  const end = /^file:/i.test(uri) ? below.split('/').map(encodeURIComponent).join('/') : below;
  return `${uri.replace(/\/+$/, '')}/${end}`;
}

function openable({ uri, localPath }: ArtifactLocation): string {
  if (localPath !== undefined) return localPath;
  if (uri === '') {
    throw new UserError('notFound', l10n.t('The store does not say where the artifacts lie.'), {
      next: l10n.t('Read the run where it was made.'),
    });
  }
  throw new UserError('unsupported', l10n.t('The artifacts lie at "{0}", which this machine cannot open.', uri), {
    next: l10n.t('Copy them beside the store, or open the server that serves them.'),
  });
}
