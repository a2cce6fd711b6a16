// @ts-check
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { inRepo } from './paths.mjs';

/** An experiment of the sample, as the tree names it. */
export const sampleExperiment = 'tumour-screening';

/**
 * Makes a folder that a window can open: a copy of the sample registry, made by the product's own code in a Node that
 * has SQLite.
 * @param {string} dir absolute
 * @returns {Promise<string>} the folder
 */
export function makeSampleWorkspace(dir) {
  rmSync(dir, { recursive: true, force: true });
  const script = `require(${JSON.stringify(inRepo('out', 'sample.js'))}).copySample(process.argv[1], process.argv[2])`;
  const node = isBuiltin('node:sqlite') ? process.execPath : inRepo('node_modules', '.bin', 'node');
  execFileSync(node, ['-e', script, inRepo('media', 'sample'), dir], { stdio: 'inherit' });
  return Promise.resolve(dir);
}

/**
 * Makes a workspace of two folders, `first` and `second`, each with a sample of its own.
 * @param {string} dir absolute
 * @returns {Promise<string>} the workspace file
 */
export async function makeFoldersWorkspace(dir) {
  const names = ['first', 'second'];
  for (const name of names) await makeSampleWorkspace(path.join(dir, name));
  const file = path.join(dir, 'both.code-workspace');
  writeFileSync(file, JSON.stringify({ folders: names.map((name) => ({ path: name })) }));
  return file;
}

/** A scratch copy of the sample that lasts until the sample itself changes. */
export async function keptSampleWorkspace() {
  const folder = inRepo('out', 'sample-workspace');
  const stamp = inRepo('out', 'sample-workspace.sha256');
  const wanted = fingerprint(inRepo('media', 'sample'));
  if (existsSync(folder) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return folder;
  await makeSampleWorkspace(folder);
  writeFileSync(stamp, wanted);
  return folder;
}

/** @param {string} dir */
function fingerprint(dir) {
  const names = readdirSync(dir, { recursive: true, encoding: 'utf8' }).sort();
  const lines = names.map((name) => `${name} ${statSync(`${dir}/${name}`).size}`);
  return createHash('sha256')
    .update(`${dir}\n${lines.join('\n')}`)
    .digest('hex');
}
