// @ts-check
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inRepo, venvPython } from '../harness/paths.mjs';
import { makeSampleWorkspace } from '../harness/sampleWorkspace.mjs';

/** How many runs the big stores have. */
export const manyRuns = 1000;
/** And those whose runs are opened as a table. */
export const tableRuns = 2000;

/**
 * Copies what is packed into a folder of its own, so that a build meanwhile does not change what is measured.
 * @param {string} base
 * @returns {string} folder of the extension
 */
export function stageExtension(base) {
  const folder = path.join(base, 'extension');
  mkdirSync(folder, { recursive: true });
  for (const part of ['package.json', 'package.nls.json', 'dist', 'media']) {
    cpSync(inRepo(part), path.join(folder, part), { recursive: true, filter: (file) => !file.endsWith('.map') });
  }
  if (['extension.js', 'worker.js'].some((file) => isDebug(path.join(folder, 'dist', file)))) {
    throw new Error('dist/ holds a debug build: npm run bench makes the production build first.');
  }
  return folder;
}

/**
 * The same extension, but activated only when it is asked: what watches its files and sockets stands before it.
 * @param {string} extension
 * @returns {string} its folder
 */
export function stageAsleep(extension) {
  const folder = `${extension}-asleep`;
  cpSync(extension, folder, { recursive: true });
  const manifest = path.join(folder, 'package.json');
  writeFileSync(manifest, JSON.stringify({ ...JSON.parse(readFileSync(manifest, 'utf8')), activationEvents: [] }));
  return folder;
}

/**
 * Installs the empty extension: a window's payload takes one extension only, which is Ringside.
 * @param {string} extensionsDir
 */
export function installEmptyExtension(extensionsDir) {
  const target = path.join(extensionsDir, 'ringside-bench.empty-0.0.1');
  cpSync(inRepo('test', 'bench', 'empty-extension'), target, { recursive: true });
}

/** @param {string} file */
function isDebug(file) {
  return readFileSync(file, 'utf8').slice(-200).includes('sourceMappingURL');
}

/**
 * Stores whose runs are opened as a table.
 * @param {string} base
 * @returns {{sqlite: string, files: string}} folders that a window can open
 */
export function stageTables(base) {
  const folder = path.join(base, 'tables');
  execFileSync(venvPython(), [inRepo('test', 'bench', 'make_stores.py'), folder, String(tableRuns)], { stdio: 'pipe' });
  return { sqlite: path.join(folder, 'sqlite'), files: path.join(folder, 'files') };
}

/**
 * @param {string} base
 * @returns {Promise<{sample: string, sqlite: string, files: string, none: string}>} folders that a window can open
 */
export async function stageFolders(base) {
  execFileSync(venvPython(), [inRepo('test', 'bench', 'make_stores.py'), base, String(manyRuns)], { stdio: 'pipe' });
  const none = path.join(base, 'none');
  mkdirSync(none, { recursive: true });
  const sample = await makeSampleWorkspace(path.join(base, 'sample'));
  return { sample, sqlite: path.join(base, 'sqlite'), files: path.join(base, 'files'), none };
}

/** @param {string} folder the staged extension @returns {number} KB of the minified bundle */
export function bundleSize(folder) {
  return statSync(path.join(folder, 'dist', 'extension.js')).size / 1024;
}
