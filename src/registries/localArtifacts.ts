import * as fs from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as l10n from '@vscode/l10n';
import { type Artifact, type ArtifactBytes, isSafeArtifactPath } from '../domain/artifact';
import { UserError } from '../domain/errors';
import { compareText } from '../domain/searchEvaluate';
import { fileError } from './files/fileErrors';
import { isAbsent, kindOf, openFile } from './files/fileReader';
import { type Pieces, runPieces } from './files/pieces';

/** One level of a folder of artifacts: folders first, then by name. An unknown folder is empty. */
export function listLocal(rootDir: string, artifactPath: string, signal?: AbortSignal): Promise<Artifact[]> {
  return atEdge(() => list(rootDir, artifactPath), signal);
}

/** At most `maxBytes` from the start of an artifact. */
export function readLocal(
  rootDir: string,
  artifactPath: string,
  maxBytes: number,
  signal?: AbortSignal,
): Promise<ArtifactBytes> {
  return atEdge(() => read(rootDir, artifactPath, maxBytes), signal);
}

async function atEdge<T>(work: () => Pieces<T>, signal: AbortSignal | undefined): Promise<T> {
  try {
    return await runPieces(work(), signal);
  } catch (error) {
    throw fileError(error);
  }
}

function* list(rootDir: string, artifactPath: string): Pieces<Artifact[]> {
  const place = resolveBelow(rootDir, artifactPath);
  if (!place || kindOf(place.target) !== 'dir') return [];
  const found: Artifact[] = [];
  for (const name of fs.readdirSync(place.target)) {
    const artifact = describe(place, artifactPath, name);
    if (artifact) found.push(artifact);
    yield undefined;
  }
  return found.sort((a, b) => Number(b.isDir) - Number(a.isDir) || compareText(a.path, b.path));
}

function describe(place: Place, parent: string, name: string): Artifact | undefined {
  const file = path.join(place.target, name);
  const real = realPath(file);
  // A link out of the root, or to nothing, is no artifact.
  if (real === undefined || !isBelow(place.root, real)) return undefined;
  // A link to a folder above would never end.
  if (isBelow(real, place.target)) return undefined;
  const stat = fs.statSync(real, { throwIfNoEntry: false });
  const itsPath = parent === '' ? name : `${parent}/${name}`;
  if (stat?.isDirectory()) return { path: itsPath, isDir: true };
  return stat?.isFile() ? { path: itsPath, isDir: false, size: stat.size } : undefined;
}

/** Bytes read at once: a piece must stay short on slow disks too. */
const chunk = 4 * 1024 * 1024;

function* read(rootDir: string, artifactPath: string, maxBytes: number): Pieces<ArtifactBytes> {
  const place = resolveBelow(rootDir, artifactPath);
  const fd = place && openFile(place.target);
  if (fd === undefined) throw noSuchArtifact(artifactPath);
  try {
    const stat = fs.fstatSync(fd);
    if (!stat.isFile()) throw noSuchArtifact(artifactPath);
    const bytes = new Uint8Array(Math.min(stat.size, maxBytes));
    let filled = 0;
    while (filled < bytes.length) {
      const count = fs.readSync(fd, bytes, filled, Math.min(chunk, bytes.length - filled), filled);
      if (count === 0) break;
      filled += count;
      yield undefined;
    }
    return { bytes: bytes.slice(0, filled), size: stat.size, truncated: filled < stat.size };
  } finally {
    fs.closeSync(fd);
  }
}

export function noSuchArtifact(artifactPath: string): UserError {
  return new UserError('notFound', l10n.t('There is no artifact "{0}".', artifactPath), {
    next: l10n.t('It may have been removed: refresh the list.'),
  });
}

export interface Place {
  /** The root without links. */
  readonly root: string;
  /** What the path names, without links, at or below the root. */
  readonly target: string;
}

/** The place of a path below a root; undefined where there is nothing. Fails where the path would leave the root. */
export function resolveBelow(rootDir: string, artifactPath: string): Place | undefined {
  if (!isSafeArtifactPath(artifactPath)) throw leavesRoot(artifactPath);
  const root = realPath(rootDir);
  const target = root && realPath(path.join(root, artifactPath));
  if (root === undefined || target === undefined) return undefined;
  if (!isBelow(root, target)) throw leavesRoot(artifactPath);
  return { root, target };
}

export function leavesRoot(artifactPath: string): UserError {
  return new UserError('invalid', l10n.t('"{0}" is not a path below the artifacts.', artifactPath), {
    next: l10n.t('Choose an artifact from the list.'),
  });
}

function realPath(file: string): string | undefined {
  try {
    return fs.realpathSync(file);
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

function isBelow(root: string, file: string): boolean {
  return file === root || file.startsWith(root.endsWith(path.sep) ? root : root + path.sep);
}

/**
 * The path that a recorded URI names: `file:` URIs and plain paths, also those of another system. Undefined for other
 * schemes, and for files on another host, which Windows would sign in to.
 */
export function localPathOf(uri: string): string | undefined {
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(uri)?.[1]?.toLowerCase();
  if (scheme === undefined) return uri === '' || /^[/\\]{2}/.test(uri) ? undefined : uri;
  if (scheme !== 'file') return undefined;
  const [, host = '', rest = ''] = /^file:(?:\/\/([^/?#]*))?([^?#]*)/i.exec(uri) ?? [];
  if (rest === '' || !/^(localhost)?$/i.test(host)) return undefined;
  try {
    if (rest.startsWith('/')) return fileURLToPath(`file://${rest}`);
  } catch {
    // A drive of Windows elsewhere, or a % that is none.
  }
  return unescaped(rest).replace(/^\/(?=[a-z]:)/i, '');
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * The folder (or file) of a recorded artifact location on this machine; undefined where it is not here. Recorded
 * locations are those of the machine that wrote them (trap 40), so a gone one is looked for near the store: at
 * `hints` (relative to `storeDir`), then as the longest end of the recorded path that exists below `storeDir`.
 */
export function resolveLocalRoot(
  recordedUri: string,
  storeDir: string,
  hints: readonly string[] = [],
): string | undefined {
  const recorded = localPathOf(recordedUri);
  if (recorded === undefined) return proxied(recordedUri, storeDir);
  if (path.isAbsolute(recorded) && exists(recorded)) return recorded;
  const near = [...hints, ...endsOf(recorded)].map((end) => path.join(storeDir, end));
  return near.find(exists);
}

/** Folders between a project and what lies in a run's artifacts: root, experiment, run, `artifacts`. */
const placeDepth = 4;

/**
 * Whether a missing artifact folder was only never made, as MLflow makes it with the first artifact: its run,
 * experiment, artifact root or the project around them is here, or was copied to one of `trees`.
 */
export function isNeverMade(recordedUri: string, storeDir: string, trees: readonly string[] = [storeDir]): boolean {
  const recorded = localPathOf(recordedUri);
  if (recorded === undefined) return /^mlflow-artifacts:/i.test(recordedUri) && proxyRoots(storeDir).some(exists);
  return isPlaceHere(path.resolve(storeDir, recorded)) || trees.some((tree) => isExperimentBelow(tree, recorded));
}

function isExperimentBelow(tree: string, recorded: string): boolean {
  const experiment = recorded.replace(/[/\\][^/\\]+[/\\][^/\\]+[/\\]*$/, '');
  return endsOf(experiment).some((end) => exists(path.join(tree, end)));
}

function isPlaceHere(artifacts: string): boolean {
  if (isClosed(artifacts)) return false;
  let dir = artifacts;
  for (let level = 0; level < placeDepth; level++) {
    dir = path.dirname(dir);
    // A folder such as /home is on every machine.
    if (path.dirname(dir) === path.parse(dir).root) return false;
    if (exists(dir)) return true;
  }
  return false;
}

/** Ends of a path from the longest; one part alone (`artifacts`, `model`) says too little. */
function endsOf(recorded: string): string[] {
  const parts = recorded.split(/[/\\]+/).filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) return [];
  return parts.slice(0, -1).map((_, i) => path.join(...parts.slice(i)));
}

/** Where `mlflow server` keeps what it serves as `mlflow-artifacts:/…`, with or without its host, unless told otherwise. */
function proxied(uri: string, storeDir: string): string | undefined {
  const rest = /^mlflow-artifacts:(?:\/\/[^/]*)?\/+(.*)$/i.exec(uri)?.[1];
  if (!rest || !isSafeArtifactPath(rest)) return undefined;
  return proxyRoots(storeDir)
    .map((dir) => path.join(dir, rest))
    .find(exists);
}

function proxyRoots(storeDir: string): string[] {
  return [storeDir, path.dirname(storeDir)].map((dir) => path.join(dir, 'mlartifacts'));
}

/** A folder on the way lets nobody like us in, so that nothing can be said of what lies below. */
function isClosed(file: string): boolean {
  try {
    kindOf(file);
    return false;
  } catch {
    return true;
  }
}

function exists(file: string): boolean {
  try {
    const kind = kindOf(file);
    return kind === 'dir' || kind === 'file';
  } catch {
    // No access is as good as not being here.
    return false;
  }
}
