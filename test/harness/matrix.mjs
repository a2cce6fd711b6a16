// @ts-check
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { interruption } from './interrupt.mjs';
import { tableOf, writeTable } from './matrixTable.mjs';
import { inRepo } from './paths.mjs';
import { buildTests } from './setup/build.mjs';
import { installRelease, releaseNames, releasePython } from './setup/mlflowReleases.mjs';
import { checkMachine, setupSteps } from './setup/setup.mjs';
import { closure, runSteps } from './setup/steps.mjs';
import { contractCommand, runSuite } from './suites.mjs';

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
  runs the contract suite with each release of MLflow (${releaseNames.join(', ')}) and its own client; a run with all
  of them writes docs/compatibility.md`;

/**
 * @param {Release[]} releases
 * @param {AbortSignal} signal
 * @returns {Promise<number>} exit code
 */
async function matrix(releases, signal) {
  checkMachine();
  const steps = await runSteps(closure([...setupSteps, buildTests], ['build-tests', 'system']), signal);
  if (steps.some(({ state }) => state !== 'done')) return 1;
  /** @type {Map<Release, Row>} */
  const rows = new Map();
  const queue = [...releases];
  const lane = async () => {
    for (let release = queue.shift(); release && !signal.aborted; release = queue.shift()) {
      const row = await runRelease(release, signal);
      if (row) rows.set(release, row);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return summarize(releases, rows);
}

/**
 * @param {Release} release
 * @param {AbortSignal} signal
 * @returns {Promise<Row | undefined>} undefined where its environment could not be made
 */
async function runRelease(release, signal) {
  const title = `MLflow ${release}`;
  const install = { id: release, title, run: (/** @type {any} */ context) => installRelease(release, context) };
  const [installed] = await runSteps([install], signal);
  if (installed?.state !== 'done') return undefined;
  const facts = inRepo('out', 'matrix', `${release}.json`);
  mkdirSync(path.dirname(facts), { recursive: true });
  rmSync(facts, { force: true });
  const results = /** @type {Record<Backend, Results>} */ ({});
  for (const backend of backends) results[backend] = await runBackend(release, backend, facts, signal);
  return { release, results, .../** @type {Facts} */ (readFacts(facts)) };
}

/**
 * @param {Release} release
 * @param {Backend} backend
 * @param {string} facts
 * @param {AbortSignal} signal
 */
async function runBackend(release, backend, facts, signal) {
  const begun = performance.now();
  const results = await runSuite(
    {
      id: `matrix-${release}-${backend}`,
      seconds: 300,
      counts: true,
      after: [],
      command: contractCommand,
      env: {
        RINGSIDE_PYTHON: releasePython(release),
        RINGSIDE_CONTRACT_BACKENDS: backend,
        RINGSIDE_CONTRACT_FACTS: facts,
      },
    },
    { live: false, signal },
  );
  const { passed, failed, failures } = results;
  const time = `${((performance.now() - begun) / 1000).toFixed(1)} s`;
  console.log(`${failed > 0 ? '✗' : '✓'} ${release} ${backend}: ${passed} passed, ${failed} failed (${time})`);
  for (const { title, error } of failures) console.log(`\n  ${title}\n${error}\n`);
  return results;
}

/** @param {string} file */
function readFacts(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { lacks: [] };
}

/**
 * @param {Release[]} releases
 * @param {Map<Release, Row>} rows
 * @returns {number} exit code
 */
function summarize(releases, rows) {
  const ran = releases.map((release) => rows.get(release)).filter((row) => row !== undefined);
  console.log(`\n${tableOf(ran)}`);
  const missing = releases.filter((release) => !rows.has(release));
  if (missing.length > 0) console.log(`Not run, because its environment could not be made: ${missing.join(', ')}`);
  // A table of some releases would hide the others.
  if (ran.length === releaseNames.length) writeTable(ran);
  const results = ran.flatMap((row) => Object.values(row.results));
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
