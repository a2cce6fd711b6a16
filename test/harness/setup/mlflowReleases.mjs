// @ts-check
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inCache } from '../paths.mjs';
import { tryRun, which } from './exec.mjs';
import { makeEnvironment } from './pythonPackages.mjs';

/** The releases of the matrix, oldest first, with what their own requirements leave too open today. */
const releases = /** @type {const} */ ({
  '1.30.1': ['setuptools<81'],
  '2.0.1': ['setuptools<81'],
  '2.9.2': ['setuptools<81', 'sqlalchemy<2.1'],
  '2.14.3': ['setuptools<81', 'sqlalchemy<2.1'],
  '2.22.5': ['sqlalchemy<2.1'],
  '3.1.4': ['sqlalchemy<2.1'],
  '3.4.0': ['sqlalchemy<2.1'],
  '3.7.0': ['sqlalchemy<2.1'],
  '3.10.1': ['sqlalchemy<2.1'],
  '3.13.0': ['sqlalchemy<2.1'],
  '3.17.2': [],
});

/** @typedef {keyof typeof releases} Release */

export const releaseNames = /** @type {Release[]} */ (Object.keys(releases));

/**
 * The Python of a release's own environment, which all clones of this person share.
 * @param {Release} release
 */
export function releasePython(release) {
  return path.join(releaseHome(release), 'bin', 'python');
}

/** @param {Release} release */
function releaseHome(release) {
  return inCache('mlflow', release);
}

/**
 * Makes the environment of a release where it is missing.
 * @param {Release} release
 * @param {{say: (text: string) => void, signal: AbortSignal, python?: string}} options
 * @returns {Promise<string>} a word on what was done
 */
export async function installRelease(release, { say, signal, python = python311() }) {
  const mark = path.join(releaseHome(release), 'ringside-complete');
  if (existsSync(mark)) return 'there already';
  const todo = `look at the lines above; MLflow ${release} needs a Python that its packages were built for.`;
  const packages = [`mlflow==${release}`, ...releases[release]];
  const by = await makeEnvironment(releaseHome(release), packages, { say, signal, todo, log: 'mlflow', python });
  writeFileSync(mark, new Date().toISOString());
  return by;
}

/**
 * The last release of MLflow 2, which `npm test` runs beside the newest, with the machine's own Python.
 * @type {import('./steps.mjs').Step & {id: string}}
 */
export const lastOf2 = {
  id: 'mlflow-2.22.5',
  title: 'MLflow 2.22.5',
  after: ['system'],
  run: (context) => installRelease('2.22.5', { ...context, python: 'python3' }),
};

/** @returns {string | undefined} why this machine cannot run it */
export function whyNotLastOf2() {
  const minor = minorVersion('python3') ?? 0;
  return minor > 13 ? `MLflow 2.22.5 has no packages for Python 3.${minor}` : undefined;
}

/** The newest Python that the oldest release runs on; by its version where uv has to find or fetch it. */
function python311() {
  const found = [which('python3.11'), which('python3')].find((file) => file && minorVersion(file) === 11);
  return found ?? '3.11';
}

/**
 * @param {string} python
 * @returns {number | undefined} the 11 of 3.11.7
 */
export function minorVersion(python) {
  const text = tryRun(python, ['-c', 'import sys; print(sys.version_info.minor)']);
  return text === undefined ? undefined : Number(text);
}
