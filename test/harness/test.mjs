// @ts-check
import { parseArgs } from 'node:util';
import { interruption } from './interrupt.mjs';
import { buildTests } from './setup/build.mjs';
import { checkMachine, setupSteps } from './setup/setup.mjs';
import { closure, runSteps } from './setup/steps.mjs';
import { Slots, slotsOfMachine } from './slots.mjs';
import { runSuite, suites } from './suites.mjs';

/** @typedef {import('./results.mjs').Results} Results */
/** @typedef {import('./suites.mjs').Suite} Suite */
/** @typedef {Map<string, Results & {seconds: number}>} Ended */

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
  /** @type {Ended} */
  const ended = new Map();
  const live = chosen.length < suites.length;
  const slots = new Slots(slotsOfMachine);
  const suiteSteps = chosen.map((suite, place) => {
    const step = asStep(suite, ended, { live, args, signal });
    return { ...step, run: () => slots.use(place, step.run) };
  });
  const steps = closure(
    [...setupSteps, buildTests, ...suiteSteps],
    chosen.map((suite) => suite.id),
  );
  await runSteps(steps, signal);
  return summarize(chosen, ended, (performance.now() - begun) / 1000);
}

/**
 * @param {Suite} suite
 * @param {Ended} ended filled when it has ended
 * @param {{live: boolean, args: string[], signal: AbortSignal}} options
 */
function asStep(suite, ended, options) {
  const { id, after, follows = [] } = suite;
  const run = async () => {
    // It may have waited for its slot meanwhile.
    if (options.signal.aborted) return;
    if (options.live) console.log(`… ${id}`);
    const begun = performance.now();
    const result = await runSuite(suite, options);
    const seconds = (performance.now() - begun) / 1000;
    ended.set(id, { ...result, seconds });
    printSuite(result, seconds, options.live);
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
 * @param {Ended} ended
 * @param {number} total
 */
function summarize(chosen, ended, total) {
  const rows = chosen.map(({ id }) => ({ id, passed: 0, failed: 1, seconds: 0, ...ended.get(id) }));
  console.log('\nsuite              passed  failed       time');
  for (const { id, passed, failed, seconds } of rows) {
    const note = ended.has(id) ? '' : '  did not run';
    const time = `${seconds.toFixed(1)} s`;
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
