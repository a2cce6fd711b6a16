// @ts-check
import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { stopLeftOvers } from './codeServer.mjs';
import { stopEndpoints } from './endpoints.mjs';
import { inRepo, oldestNodeHome, venvPython } from './paths.mjs';
import { mlflowOnS3 } from './setup/mlflowOnS3.mjs';
import { lastOf2, releasePython, whyNotLastOf2 } from './setup/mlflowReleases.mjs';
import { forgetResults, resultsFile, settleResults, writeResults } from './results.mjs';
import { indent, killGroup, repoEnv, tail } from './setup/exec.mjs';

/** @typedef {import('./results.mjs').Results} Results */
/**
 * `after` and `follows` as in steps.mjs; `seconds`: how long it may take; `counts`: writes results itself, else its exit
 * code is the one test; `whyNot`: why this machine cannot run it.
 * @typedef {{
 *   id: string, seconds: number, counts: boolean, command: string[], after: string[], follows?: string[],
 *   env?: Record<string, string>, whyNot?: () => string | undefined,
 * }} Suite
 */

/** @type {string[]} */
const mocha = ['node', 'node_modules/mocha/bin/mocha.js', '--reporter', 'test/harness/mochaReporter.cjs'];
const held = ['stores', 'workspaces', 'runModels'];
/** The stores of one MLflow and its workspaces, held to its own client. */
const contractCommand = contract(...held);
const oldest = path.join(oldestNodeHome(), 'node_modules', '.bin', 'node');

/**
 * The same with the faults of a release's own stores; those of a server come from the proxy before it, whatever is behind.
 * @param {'sqlite' | 'files' | 'rest'} backend
 */
export function matrixCommand(backend) {
  return contract(...held, ...(backend === 'rest' ? [] : [`faults.${backend}`]));
}

/** @param {string[]} names of its files */
function contract(...names) {
  return [...mocha, '--timeout', '120000', ...names.map((name) => `out/test/contract/${name}.test.js`)];
}

/**
 * Those that may run beside each other, the longest first.
 * @type {readonly Suite[]}
 */
const besides = [
  {
    id: 'contract',
    seconds: 900,
    counts: true,
    command: contract('stores'),
    after: ['build-tests', 'python'],
  },
  {
    id: 'host-servers',
    seconds: 900,
    counts: true,
    command: ['node', 'test/harness/runHost.mjs', '--suite', 'host-servers', '--timeout', '840'],
    after: ['build-tests', 'python', 'code-server', 'chromium'],
  },
  {
    id: 'contract-faults',
    seconds: 900,
    counts: true,
    command: contract('workspaces', 'faults.*', 'traps.*', 'storage'),
    after: ['build-tests', 'python', mlflowOnS3.id],
  },
  {
    id: 'ui-pages',
    seconds: 900,
    counts: true,
    command: [...mocha, '--timeout', '180000', 'out/test/ui/*.test.js'],
    after: ['build-tests', 'chromium'],
  },
  {
    id: 'ui',
    seconds: 900,
    counts: true,
    command: [...mocha, '--timeout', '180000', 'out/test/ui/window/*.test.js'],
    after: ['build-tests', 'python', 'code-server', 'chromium'],
  },
  {
    id: 'host',
    seconds: 900,
    counts: true,
    command: ['node', 'test/harness/runHost.mjs', '--timeout', '840'],
    after: ['build-tests', 'python', 'code-server', 'chromium'],
  },
  {
    id: 'contract-2.22.5',
    seconds: 900,
    counts: true,
    command: contractCommand,
    env: { RINGSIDE_PYTHON: releasePython('2.22.5'), RINGSIDE_CONTRACT_INLINE: 'yes' },
    after: ['build-tests', lastOf2.id],
    whyNot: whyNotLastOf2,
  },
  {
    id: 'contract-sqlite',
    seconds: 900,
    counts: true,
    command: [oldest, ...contract('stores', 'workspaces', 'faults.sqlite').slice(1)],
    env: { RINGSIDE_CONTRACT_BACKENDS: 'sqlite' },
    after: ['build-tests', 'python', 'oldest-node'],
  },
  { id: 'unit', seconds: 900, counts: true, command: [...mocha, 'out/test/unit/**/*.test.js'], after: ['build-tests'] },
  {
    id: 'contract-search',
    seconds: 900,
    counts: true,
    command: contract('search'),
    after: ['build-tests', 'python'],
  },
  {
    id: 'typecheck',
    seconds: 600,
    counts: false,
    command: ['npm', 'run', '--silent', 'typecheck'],
    after: ['npm'],
  },
  {
    id: 'host-folders',
    seconds: 480,
    counts: true,
    command: ['node', 'test/harness/runHost.mjs', '--suite', 'host-folders', '--folders', '--timeout', '420'],
    after: ['build-tests', 'code-server', 'chromium'],
  },
  {
    id: 'host-untrusted',
    seconds: 480,
    counts: true,
    command: ['node', 'test/harness/runHost.mjs', '--suite', 'host-untrusted', '--no-trust', '--timeout', '420'],
    after: ['build-tests', 'code-server', 'chromium'],
  },
];

/**
 * Needs no build and waits for it all the same: begun last, it has the core that packaging and starting leave free.
 * @type {Suite}
 */
const linting = {
  id: 'lint',
  seconds: 900,
  counts: false,
  command: ['npm', 'run', '--silent', 'lint'],
  after: ['build-tests'],
};

/**
 * Builds the product anew, which the others use.
 * @type {Suite}
 */
const packaging = {
  id: 'package',
  seconds: 480,
  counts: true,
  command: ['node', 'test/harness/packageSize.mjs'],
  after: ['npm'],
  follows: besides.map(({ id }) => id),
};

/**
 * Builds it anew as well, as on the first day.
 * @type {Suite}
 */
const starting = {
  id: 'start',
  seconds: 480,
  counts: true,
  command: [...mocha, '--timeout', '120000', 'out/test/harness/*.test.js'],
  after: ['build-tests', 'python', 'code-server', 'chromium'],
  follows: [packaging.id],
};

/** All suites; as many of them run at a time as there are slots, in this order. */
export const suites = [...besides, linting, packaging, starting];

/**
 * Runs a suite in a process of its own, with a limit, and sweeps what it left.
 * @param {Suite} suite
 * @param {{live: boolean, signal: AbortSignal, args?: string[]}} options `live`: its output also goes to the terminal
 * @returns {Promise<Results>} what was counted; a bad end is a failure in it
 */
export async function runSuite(suite, { live, signal, args = [] }) {
  const scratch = inRepo('out', 'tmp', `${suite.id}-${process.pid}`);
  forgetResults(suite.id);
  try {
    const trouble = await runCommand(suite, args, scratch, live, signal);
    if (suite.counts) return settleResults(suite.id, trouble);
    return settleCheck(suite.id, trouble);
  } finally {
    await sweep(scratch);
  }
}

/**
 * @param {string} id
 * @param {string | undefined} trouble
 * @returns {Results}
 */
function settleCheck(id, trouble) {
  const failures = trouble === undefined ? [] : [{ title: id, error: tail(logOf(id), 60) }];
  const results = { suite: id, passed: 1 - failures.length, failed: failures.length, failures };
  writeResults(results);
  return results;
}

/**
 * @param {Suite} suite
 * @param {string[]} args
 * @param {string} scratch
 * @param {boolean} live
 * @param {AbortSignal} signal
 * @returns {Promise<string | undefined>} how it ended, if not well
 */
async function runCommand(suite, args, scratch, live, signal) {
  const [command = 'node', ...rest] = suite.command;
  mkdirSync(path.dirname(logOf(suite.id)), { recursive: true });
  mkdirSync(scratch, { recursive: true });
  const log = createWriteStream(logOf(suite.id));
  const child = spawn(command, [...rest, ...args], {
    cwd: inRepo(),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...repoEnv(), ...environment(suite.id, scratch), ...suite.env },
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.pipe(log, { end: false });
    if (live) stream.pipe(process.stdout, { end: false });
  }
  const trouble = await ending(child, suite.seconds, signal);
  killGroup(child.pid, 'SIGKILL');
  await new Promise((resolve) => log.end(resolve));
  return trouble === undefined
    ? undefined
    : `${trouble}. The end of ${logOf(suite.id)}:\n${indent(tail(logOf(suite.id), 20))}`;
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {number} seconds
 * @param {AbortSignal} signal
 * @returns {Promise<string | undefined>}
 */
function ending(child, seconds, signal) {
  return new Promise((resolve) => {
    const limit = setTimeout(() => resolve(`It hung: no end after ${seconds} s`), seconds * 1000);
    const done = (/** @type {string | undefined} */ trouble) => {
      clearTimeout(limit);
      resolve(trouble);
    };
    signal.addEventListener('abort', () => done('It was interrupted (signal)'), { once: true });
    child.once('error', (error) => done(`It crashed: ${error.message}`));
    child.once('exit', (code, by) =>
      done(by ? `It crashed: ${by}` : code === 0 ? undefined : `It ended with exit code ${code}`),
    );
  });
}

/**
 * @param {string} id
 * @param {string} scratch
 */
function environment(id, scratch) {
  return {
    RINGSIDE_SUITE: id,
    RINGSIDE_RESULTS: resultsFile(id),
    RINGSIDE_TMP: scratch,
    RINGSIDE_PYTHON: venvPython(),
  };
}

/** @param {string} id */
function logOf(id) {
  return inRepo('out', 'log', `${id}.log`);
}

/**
 * A suite that was killed cannot end its own servers; those of other runs lie elsewhere.
 * @param {string} scratch
 */
async function sweep(scratch) {
  await stopLeftOvers(scratch);
  // A suite that ended well has removed its folder itself.
  const left = existsSync(scratch) ? readdirSync(scratch) : [];
  for (const name of left) await stopEndpoints(path.join(scratch, name, 'user-data'));
  await stopEndpoints(path.join(scratch, 'user-data'));
  rmSync(scratch, { recursive: true, force: true });
}
