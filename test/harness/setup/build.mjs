// @ts-check
import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { inRepo } from '../paths.mjs';
import { repoEnv, run } from './exec.mjs';

const todo = 'mend what esbuild says above.';

/** @type {import('./steps.mjs').Step} */
export const build = {
  id: 'build',
  title: 'build',
  after: ['npm'],
  run: ({ signal }) => esbuild([], signal),
};

/**
 * The product and the bundled tests.
 * @type {import('./steps.mjs').Step}
 */
export const buildTests = {
  id: 'build-tests',
  title: 'build, with tests',
  after: ['npm'],
  run({ signal }) {
    removeStale();
    return esbuild(['--tests'], signal);
  },
};

/** Removes bundles of tests that are no more: mocha would go on running them. */
function removeStale() {
  const made = inRepo('out', 'test');
  if (!existsSync(made)) return;
  const names = readdirSync(made, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.test.js'));
  for (const name of names)
    if (!existsSync(inRepo('test', name.replace(/\.js$/, '.ts')))) rmSync(path.join(made, name));
}

/**
 * @param {string[]} flags
 * @param {AbortSignal} signal
 */
function esbuild(flags, signal) {
  const log = ['build', ...flags].join('');
  return run(inRepo('node_modules', '.bin', 'node'), ['esbuild.js', ...flags], { log, todo, env: repoEnv(), signal });
}
