// @ts-check
'use strict';
const { mkdirSync, writeFileSync } = require('node:fs');
const path = require('node:path');

/**
 * Mocha reporter: one short line per test, failures in full at the end, and the counts as JSON in the file that
 * RINGSIDE_RESULTS names (named RINGSIDE_SUITE). Needs nothing of mocha, so that it also works where mocha is bundled.
 */
class RingsideReporter {
  /** @param {import('mocha').Runner} runner */
  constructor(runner) {
    this.passed = 0;
    /** @type {{title: string, error: string}[]} */
    this.failures = [];
    this.pending = 0;
    runner.on('suite', (suite) => print(`${indentOf(suite)}${suite.title}`, suite.title !== ''));
    runner.on('pass', (test) => this.onPass(test));
    runner.on('pending', (test) => this.onPending(test));
    runner.on('fail', (test, error) => this.onFail(test, error));
    runner.once('end', () => this.onEnd());
  }

  /** @param {import('mocha').Test} test */
  onPass(test) {
    this.passed += 1;
    const slow = (test.duration ?? 0) > 1000 ? ` (${((test.duration ?? 0) / 1000).toFixed(1)} s)` : '';
    print(`${indentOf(test)}✓ ${test.title}${slow}`);
  }

  // A test that is left out would look like one that passed: it counts as a failure.
  /** @param {import('mocha').Test} test */
  onPending(test) {
    this.onFail(test, new Error('it was skipped'));
  }

  /**
   * @param {import('mocha').Test | import('mocha').Hook} test
   * @param {unknown} error
   */
  onFail(test, error) {
    this.failures.push({ title: test.titlePath().join(' › '), error: describe(error) });
    print(`${indentOf(test)}✗ ${test.title}`);
  }

  onEnd() {
    for (const [index, { title, error }] of this.failures.entries()) print(`\n${index + 1}) ${title}\n${error}`);
    print(`\n${this.passed} passed, ${this.failures.length} failed`);
    const file = process.env['RINGSIDE_RESULTS'];
    if (!file) return;
    const suite = process.env['RINGSIDE_SUITE'] ?? path.basename(file, '.json');
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(
      file,
      JSON.stringify({ suite, passed: this.passed, failed: this.failures.length, failures: this.failures }, null, 2),
    );
  }
}

/**
 * @param {string} text
 * @param {boolean} [when]
 */
function print(text, when = true) {
  if (when) console.log(text);
}

/** @param {{titlePath(): string[]}} item */
function indentOf(item) {
  return '  '.repeat(Math.max(0, item.titlePath().length - 1));
}

/**
 * @param {unknown} error
 * @returns {string}
 */
function describe(error) {
  if (!(error instanceof Error)) return String(error);
  /** @type {unknown} */
  const cause = error.cause;
  return `${error.stack ?? error.message}${cause === undefined ? '' : `\ncaused by ${describe(cause)}`}`;
}

module.exports = RingsideReporter;
