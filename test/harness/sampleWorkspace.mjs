// @ts-check
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { inRepo } from './paths.mjs';

/** An experiment of the sample, as the tree names it. */
export const sampleExperiment = 'tumour-screening';

/**
 * Makes a folder that a window can open: a copy of the sample registry, made by the product's own code in the Node that
 * has SQLite.
 * @param {string} dir absolute
 * @returns {Promise<string>} the folder
 */
export function makeSampleWorkspace(dir) {
  rmSync(dir, { recursive: true, force: true });
  const script = `require(${JSON.stringify(inRepo('out', 'sample.js'))}).copySample(process.argv[1], process.argv[2])`;
  execFileSync(inRepo('node_modules', '.bin', 'node'), ['-e', script, inRepo('media', 'sample'), dir], {
    stdio: 'inherit',
  });
  return Promise.resolve(dir);
}
