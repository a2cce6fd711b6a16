// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { inRepo } from '../paths.mjs';
import { SetupError, run, tryRun } from './exec.mjs';

/** @typedef {{version?: string, optional?: boolean, dependencies?: object, devDependencies?: object}} LockEntry */

/** @type {import('./steps.mjs').Step} */
export const npmPackages = {
  id: 'npm',
  title: 'npm packages',
  async run({ say, signal }) {
    if (isInstalled()) return 'there already';
    say('npm ci');
    await run('npm', ['ci', '--no-audit', '--no-fund'], {
      log: 'npm-ci',
      todo: 'look at the lines above; where the lock file does not fit package.json, run npm install and keep the new package-lock.json.',
      signal,
    });
    if (tryRun(inRepo('node_modules', '.bin', 'node'), ['--version'])?.startsWith('v24.')) return undefined;
    throw new SetupError(
      'npm did not install Node 24 (the package "node" fetches it in an install script).',
      'allow install scripts (npm config get ignore-scripts should say false), remove node_modules and run this again.',
    );
  },
};

/** npm itself writes what is installed to node_modules/.package-lock.json, at the very end of an install. */
function isInstalled() {
  const installed = readPackages(inRepo('node_modules', '.package-lock.json'));
  const locked = readPackages(inRepo('package-lock.json'));
  if (!installed || !locked || !existsSync(inRepo('node_modules', '.bin', 'node'))) return false;
  const wanted = Object.entries(locked).filter(([where]) => where !== '');
  const present = wanted.every(([where, entry]) => {
    const there = installed[where];
    return there ? there.version === entry.version : entry.optional === true;
  });
  return present && directDependencies().every((name) => locked[`node_modules/${name}`] !== undefined);
}

/** What package.json asks for; what the lock file lacks of it, npm ci will name. */
function directDependencies() {
  /** @type {LockEntry} */
  const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync(inRepo('package.json'), 'utf8'));
  return [...Object.keys(dependencies), ...Object.keys(devDependencies)];
}

/**
 * @param {string} file a lock file of version 3
 * @returns {Record<string, LockEntry> | undefined}
 */
function readPackages(file) {
  if (!existsSync(file)) return undefined;
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}
