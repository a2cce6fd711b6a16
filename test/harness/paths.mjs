// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** What the harness installs, pinned: code-server 4.139.1 is VS Code 1.139.1; 22.15.1 is the Node of VS Code 1.101. */
export const versions = Object.freeze({ codeServer: '4.139.1', codeServerNode: '24.21.0', oldestNode: '22.15.1' });

/**
 * The repository's root. Looked up from the working folder and not from this file, because the suites bundle it.
 * @returns {string}
 */
export function repoRoot() {
  const given = process.env['RINGSIDE_ROOT'];
  if (given) return given;
  for (let dir = process.cwd(); ; dir = path.dirname(dir)) {
    if (isRoot(dir)) return dir;
    if (path.dirname(dir) === dir) throw new Error('Run this from the Ringside repository.');
  }
}

/** @param {string} dir */
function isRoot(dir) {
  const manifest = path.join(dir, 'package.json');
  return existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).name === 'ringside';
}

/** @param {string[]} parts */
export function inRepo(...parts) {
  return path.join(repoRoot(), ...parts);
}

/**
 * Folder of one run of a suite: what lies there, servers included, is swept when the suite ends.
 * @param {string} suite
 */
export function scratchDir(suite) {
  return process.env['RINGSIDE_TMP'] ?? inRepo('out', 'tmp', `${suite}-${process.pid}`);
}

/**
 * Per-user folder of what is too big to install once per clone.
 * @param {string[]} parts
 */
export function inCache(...parts) {
  const base = process.env['XDG_CACHE_HOME'] ?? path.join(homedir(), '.cache');
  return path.join(base, 'ringside-dev', ...parts);
}

/** Folder of the one npm install that is code-server with the Node it was built for. */
export function codeServerHome() {
  return inCache(`code-server-${versions.codeServer}`);
}

/** Folder of the oldest Node that the extension supports. */
export function oldestNodeHome() {
  return inCache(`node-${versions.oldestNode}`);
}

/** The Python of the repository's `.venv`. */
export function venvPython() {
  return inRepo('.venv', 'bin', 'python');
}
