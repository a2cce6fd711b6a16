import process from 'node:process';
import * as l10n from '@vscode/l10n';
import { type Artifact, isSafeArtifactPath } from '../domain/artifact';
import { type Download, type DownloadRequest, isSafeFileName } from '../domain/download';
import { UserError } from '../domain/errors';
import type { ArtifactStore } from '../domain/ports';
import { leavesRoot, noSuchArtifact } from './localArtifacts';

/** Folders in folders that no model has; links in a ring seem to have. */
const maxDepth = 64;
const maxEntries = 1_000_000;

export interface DownloadPlan {
  /** Relative to the target, parents first; '' is the target itself, absent where that is a file. */
  readonly folders: readonly string[];
  readonly files: readonly Artifact[];
  /** Undefined where the store tells a size not of each file. */
  readonly totalBytes: number | undefined;
  /** Of an artifact's path, the part below the target; '' for the target itself. */
  inside(artifactPath: string): string;
}

/** Lists everything before the first byte is read: a name that could leave the target refuses the whole. */
export async function planOf(
  store: ArtifactStore,
  request: DownloadRequest,
  report: Parameters<Download>[2],
  signal: AbortSignal,
): Promise<DownloadPlan> {
  const start = await startOf(store, request, signal);
  const inside = (artifactPath: string): string =>
    request.path === '' ? artifactPath : artifactPath.slice(request.path.length + 1);
  if (!start.isDir) return { folders: [], files: [start], totalBytes: start.size, inside };
  const folders = [start.path];
  const files: Artifact[] = [];
  // It grows while it is walked.
  for (const folder of folders) {
    signal.throwIfAborted();
    for (const artifact of await listed(store, request, folder, signal)) {
      if (artifact.isDir) folders.push(artifact.path);
      else files.push(artifact);
    }
    if (folder.split('/').length > maxDepth || folders.length + files.length > maxEntries) throw endless(request.path);
    report({ files: 0, bytes: 0 });
  }
  return { folders: folders.map(inside), files, totalBytes: sumOf(files), inside };
}

/** What is asked for, as its folder lists it. */
async function startOf(store: ArtifactStore, { root, path }: DownloadRequest, signal: AbortSignal): Promise<Artifact> {
  if (path === '') return { path, isDir: true };
  if (!isSafeArtifactPath(path)) throw leavesRoot(path);
  const parent = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  const found = (await store.list({ root, path: parent }, signal)).find((artifact) => artifact.path === path);
  if (found) return found;
  throw noSuchArtifact(path);
}

async function listed(
  store: ArtifactStore,
  { root }: DownloadRequest,
  folder: string,
  signal: AbortSignal,
): Promise<readonly Artifact[]> {
  const found = await store.list({ root, path: folder }, signal);
  for (const { path } of found) {
    const name = folder === '' ? path : path.slice(folder.length + 1);
    const isBelow = folder === '' || path.startsWith(`${folder}/`);
    if (!isBelow || name === '' || name.includes('/') || !isSafeArtifactPath(path)) throw leaves(path);
    if (!isSafeFileName(name, process.platform)) throw unsafeHere(path);
  }
  return found;
}

function sumOf(files: readonly Artifact[]): number | undefined {
  let sum = 0;
  for (const { size } of files) {
    if (size === undefined) return undefined;
    sum += size;
  }
  return sum;
}

function leaves(path: string): UserError {
  return new UserError('invalid', l10n.t('The store names an artifact "{0}", which would leave its folder.', path), {
    next: l10n.t('Nothing was downloaded; look at who wrote to this store.'),
  });
}

function unsafeHere(path: string): UserError {
  return new UserError('invalid', l10n.t('No file of this system can be called "{0}".', path), {
    next: l10n.t('Download the other artifacts one by one, or all of them on another system.'),
  });
}

function endless(path: string): UserError {
  return new UserError('invalid', l10n.t('The folders in "{0}" do not end.', path), {
    next: l10n.t('Look for links that lead in a ring, or download what is inside one by one.'),
  });
}
