// @ts-check
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inRepo } from './paths.mjs';

/** @typedef {{suite: string, passed: number, failed: number, failures: {title: string, error: string}[]}} Results */

/** @param {string} suite */
export function resultsFile(suite) {
  return inRepo('out', 'results', `${suite}.json`);
}

/**
 * Forgets the last run, so that its numbers cannot be taken for this one's.
 * @param {string} suite
 */
export function forgetResults(suite) {
  mkdirSync(path.dirname(resultsFile(suite)), { recursive: true });
  rmSync(resultsFile(suite), { force: true });
}

/**
 * What a suite wrote, made honest: nothing written, no test run, or a bad end without a failure is one failure.
 * @param {string} suite
 * @param {string | undefined} trouble how it ended, if not well
 * @returns {Results}
 */
export function settleResults(suite, trouble) {
  const written = readResults(suite);
  const silent = written.passed + written.failed === 0 ? 'no test ran' : undefined;
  const problem = written.failed > 0 && !/hung|crash|signal|SIG/.test(trouble ?? '') ? undefined : (trouble ?? silent);
  const results = problem === undefined ? written : withFailure(written, suite, problem);
  writeResults(results);
  return results;
}

/** @param {Results} results */
export function writeResults(results) {
  mkdirSync(path.dirname(resultsFile(results.suite)), { recursive: true });
  writeFileSync(resultsFile(results.suite), `${JSON.stringify(results, null, 2)}\n`);
}

/**
 * @param {string} suite
 * @returns {Results}
 */
export function readResults(suite) {
  const empty = { suite, passed: 0, failed: 0, failures: [] };
  if (!existsSync(resultsFile(suite))) return empty;
  try {
    return { ...empty, ...JSON.parse(readFileSync(resultsFile(suite), 'utf8')), suite };
  } catch {
    return empty;
  }
}

/**
 * @param {Results} results
 * @param {string} suite
 * @param {string} problem
 * @returns {Results}
 */
function withFailure(results, suite, problem) {
  const failure = { title: `the ${suite} suite as a whole`, error: problem };
  return { ...results, failed: results.failed + 1, failures: [...results.failures, failure] };
}
