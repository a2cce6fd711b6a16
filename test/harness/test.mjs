// @ts-check
import { parseArgs } from 'node:util';
import { interruption } from './interrupt.mjs';
import { buildTests } from './setup/build.mjs';
import { checkMachine, setupSteps } from './setup/setup.mjs';
import { closure, runSteps } from './setup/steps.mjs';
import { runSuite, suites } from './suites.mjs';

/** @typedef {import('./results.mjs').Results} Results */
/** @typedef {import('./suites.mjs').Suite} Suite */

const usage = `npm test
  sets up what is missing, runs every suite and ends with "N passed, N failed"
node test/harness/test.mjs SUITE... [-- arguments for the suite]
  runs only these, with their output: ${suites.map((suite) => suite.id).join(', ')}`;

/**
 * @param {readonly Suite[]} chosen
 * @param {string[]} args
 * @param {AbortSignal} signal
 * @returns {Promise<number>} exit code
 */
async function test(chosen, args, signal) {
  checkMachine();
  const begun = performance.now();
  /** @type {Map<string, Results>} */
  const results = new Map();
  const live = chosen.length < suites.length;
  const suiteSteps = chosen.map((suite) => asStep(suite, results, { live, args, signal }));
  const steps = closure(
    [...setupSteps, buildTests, ...suiteSteps],
    chosen.map((suite) => suite.id),
  );
  const timed = await runSteps(steps, signal);
  const seconds = new Map(timed.map((step) => [step.id, step.seconds]));
  return summarize(chosen, results, seconds, (performance.now() - begun) / 1000);
}

/**
 * @param {Suite} suite
 * @param {Map<string, Results>} results filled when it has ended
 * @param {{live: boolean, args: string[], signal: AbortSignal}} options
 * @returns {import('./setup/steps.mjs').Step}
 */
function asStep(suite, results, options) {
  const { id, after, follows = [] } = suite;
  const run = async () => {
    if (options.live) console.log(`… ${id}`);
    const begun = performance.now();
    const result = await runSuite(suite, options);
    results.set(id, result);
    printSuite(result, (performance.now() - begun) / 1000, options.live);
  };
  return { id, title: id, after, follows, quiet: true, run };
}

/**
 * @param {Results} result
 * @param {number} seconds
 * @param {boolean} live whether its output was shown already
 */
function printSuite({ suite, passed, failed, failures }, seconds, live) {
  const counts = failed > 0 ? `${passed} passed, ${failed} failed` : `${passed} passed`;
  console.log(`${failed > 0 ? '✗' : '✓'} ${`${suite}: ${counts}`.padEnd(60)} ${seconds.toFixed(1).padStart(6)} s`);
  if (live) return;
  for (const [index, { title, error }] of failures.entries())
    console.log(`\n  ${suite} ${index + 1}) ${title}\n${error}\n`);
}

/**
 * Prints the table and the one last line. A suite without results failed once: it can never be missed.
 * @param {readonly Suite[]} chosen
 * @param {Map<string, Results>} results
 * @param {Map<string, number>} seconds
 * @param {number} total
 */
function summarize(chosen, results, seconds, total) {
  const rows = chosen.map(({ id }) => ({ id, passed: 0, ...results.get(id), failed: results.get(id)?.failed ?? 1 }));
  console.log('\nsuite              passed  failed       time');
  for (const { id, passed, failed } of rows) {
    const note = results.has(id) ? '' : '  did not run';
    const time = `${(seconds.get(id) ?? 0).toFixed(1)} s`;
    console.log(
      `${id.padEnd(17)} ${String(passed).padStart(7)} ${String(failed).padStart(7)} ${time.padStart(10)}${note}`,
    );
  }
  const sum = (/** @type {'passed' | 'failed'} */ key) => rows.reduce((all, row) => all + row[key], 0);
  console.log(`${'all, with set-up'.padEnd(33)} ${`${total.toFixed(1)} s`.padStart(10)}\n`);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
  return sum('failed') === 0 ? 0 : 1;
}

/** Suites by name, and what comes after `--` for them; all suites when none is named. */
function readArguments() {
  const argv = process.argv.slice(2);
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length;
  const options = /** @type {const} */ ({ help: { type: 'boolean', short: 'h', default: false } });
  const { values, positionals } = parseArgs({ args: argv.slice(0, end), allowPositionals: true, options });
  return { help: values.help, names: positionals, args: argv.slice(end + 1) };
}

const { help, names, args } = readArguments();
const unknown = names.filter((name) => !suites.some((suite) => suite.id === name));
if (help || unknown.length > 0) {
  console.log(unknown.length > 0 ? `There is no suite called ${unknown.join(', ')}.\n${usage}` : usage);
  process.exit(help ? 0 : 2);
}
const named = names.length > 0 ? suites.filter((suite) => names.includes(suite.id)) : suites;
for (const { id, whyNot } of named) if (whyNot?.()) console.log(`- ${id}: left out: ${whyNot()}`);
const chosen = named.filter(({ whyNot }) => whyNot?.() === undefined);
process.exitCode = await test(chosen, args, interruption());
process.exit();
