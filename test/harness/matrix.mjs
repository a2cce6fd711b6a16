// @ts-check
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { interruption } from './interrupt.mjs';
import { tableOf, writeTable } from './matrixTable.mjs';
import { inRepo } from './paths.mjs';
import { readResults, resultsFile } from './results.mjs';
import { buildTests } from './setup/build.mjs';
import { installRelease, releaseNames, releasePython } from './setup/mlflowReleases.mjs';
import { checkMachine, setupSteps } from './setup/setup.mjs';
import { closure, runSteps } from './setup/steps.mjs';
import { matrixCommand, runSuite } from './suites.mjs';

/** @typedef {import('./setup/mlflowReleases.mjs').Release} Release */
/** @typedef {import('./results.mjs').Results} Results */
/** What stores.test.ts says of the MLflow that it ran with: its schema's head, and which parts it lacks. */
/** @typedef {{head?: string, lacks: string[]}} Facts */
/** @typedef {Facts & {release: Release, results: Record<Backend, Results>}} Row */
/** @typedef {typeof backends[number]} Backend */

const backends = /** @type {const} */ (['sqlite', 'files', 'rest']);
/** Each is a client, a server and a suite at once: more would only wait for the processor. */
const lanes = 2;

const usage = `npm run test:matrix [-- RELEASE...]
  runs the contract suite with each release of MLflow (${releaseNames.join(', ')}) and its own client, and writes
  docs/compatibility.md from the last run of each, once every one has run here`;

/**
 * @param {Release[]} releases
 * @param {AbortSignal} signal
 * @returns {Promise<number>} exit code
 */
async function matrix(releases, signal) {
  checkMachine();
  const steps = await runSteps(closure([...setupSteps, buildTests], ['build-tests', 'system']), signal);
  if (steps.some(({ state }) => state !== 'done')) return 1;
  /** @type {Set<Release>} */
  const ran = new Set();
  const queue = [...releases];
  const lane = async () => {
    for (let release = queue.shift(); release && !signal.aborted; release = queue.shift()) {
      if (await runRelease(release, signal)) ran.add(release);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return summarize(releases, ran);
}

/**
 * @param {Release} release
 * @param {AbortSignal} signal
 * @returns {Promise<boolean>} false where its environment could not be made
 */
async function runRelease(release, signal) {
  const title = `MLflow ${release}`;
  const install = { id: release, title, run: (/** @type {any} */ context) => installRelease(release, context) };
  const [installed] = await runSteps([install], signal);
  if (installed?.state !== 'done') return false;
  mkdirSync(path.dirname(factsFile(release)), { recursive: true });
  rmSync(factsFile(release), { force: true });
  for (const backend of backends) await runBackend(release, backend, signal);
  return true;
}

/**
 * @param {Release} release
 * @param {Backend} backend
 * @param {AbortSignal} signal
 */
async function runBackend(release, backend, signal) {
  const begun = performance.now();
  const results = await runSuite(
    {
      id: suiteId(release, backend),
      seconds: 600,
      counts: true,
      after: [],
      command: matrixCommand(backend),
      env: {
        RINGSIDE_PYTHON: releasePython(release),
        RINGSIDE_CONTRACT_BACKENDS: backend,
        RINGSIDE_CONTRACT_FACTS: factsFile(release),
        // Releases before 2.1 copy models with distutils, half of which a later setuptools would replace.
        SETUPTOOLS_USE_DISTUTILS: 'stdlib',
      },
    },
    { live: false, signal },
  );
  const { passed, failed, failures } = results;
  const time = `${((performance.now() - begun) / 1000).toFixed(1)} s`;
  console.log(`${failed > 0 ? '✗' : '✓'} ${release} ${backend}: ${passed} passed, ${failed} failed (${time})`);
  for (const { title, error } of failures) console.log(`\n  ${title}\n${error}\n`);
}

/** @param {Release} release @param {Backend} backend */
function suiteId(release, backend) {
  return `matrix-${release}-${backend}`;
}

/** @param {Release} release */
function factsFile(release) {
  return inRepo('out', 'matrix', `${release}.json`);
}

/**
 * What the last run of a release here left.
 * @param {Release} release
 * @returns {Row | undefined}
 */
function lastRow(release) {
  const files = backends.map((backend) => resultsFile(suiteId(release, backend)));
  if (!files.every(existsSync)) return undefined;
  const results = Object.fromEntries(backends.map((backend) => [backend, readResults(suiteId(release, backend))]));
  const facts = existsSync(factsFile(release)) ? JSON.parse(readFileSync(factsFile(release), 'utf8')) : { lacks: [] };
  return { release, results: /** @type {Row['results']} */ (results), ...facts };
}

/**
 * @param {Release[]} releases
 * @param {Set<Release>} ran
 * @returns {number} exit code
 */
function summarize(releases, ran) {
  const rows = releaseNames.map(lastRow).filter((row) => row !== undefined);
  const own = rows.filter(({ release }) => ran.has(release));
  console.log(`\n${tableOf(own)}`);
  const missing = releases.filter((release) => !ran.has(release));
  if (missing.length > 0) console.log(`Not run, because its environment could not be made: ${missing.join(', ')}`);
  // A table of some releases would hide the others.
  if (rows.length === releaseNames.length) writeTable(rows);
  const results = own.flatMap((row) => Object.values(row.results));
  const failed = results.reduce((sum, one) => sum + one.failed, missing.length);
  console.log(`${results.reduce((sum, one) => sum + one.passed, 0)} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

const asked = process.argv.slice(2);
const unknown = asked.filter((text) => !releaseNames.some((release) => release === text));
if (unknown.length > 0) {
  console.log(asked.includes('--help') ? usage : `The matrix has no MLflow ${unknown.join(', ')}.\n${usage}`);
  process.exit(asked.includes('--help') ? 0 : 2);
}
process.exitCode = await matrix(
  releaseNames.filter((release) => asked.length === 0 || asked.includes(release)),
  interruption(),
);
process.exit();
