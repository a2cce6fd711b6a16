// @ts-check
import { build } from './build.mjs';
import { chromium } from './chromium.mjs';
import { npmPackages } from './npmPackages.mjs';
import { codeServerInstall, oldestNode } from './npmHomes.mjs';
import { checkPlatform, checkPython } from './platform.mjs';
import { mlflowOnS3 } from './mlflowOnS3.mjs';
import { lastOf2 } from './mlflowReleases.mjs';
import { pythonEnvironment } from './pythonEnvironment.mjs';
import { SetupError } from './exec.mjs';
import { closure, runSteps } from './steps.mjs';
import { systemPackages } from './systemPackages.mjs';

/** @typedef {import('./steps.mjs').Step} Step */

/** Everything that a fresh machine may lack, the longest first. */
export const setupSteps = /** @type {Step[]} */ ([
  systemPackages,
  codeServerInstall,
  npmPackages,
  pythonEnvironment,
  lastOf2,
  mlflowOnS3,
  oldestNode,
  chromium,
  build,
]);

/**
 * Says in one sentence what is wrong with the machine and ends the process there.
 */
export function checkMachine() {
  try {
    checkPlatform();
    checkPython();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(`${error.message} What to do: ${error.todo}`);
    process.exit(1);
  }
}

/**
 * Installs and builds what is missing.
 * @param {string[]} ids which steps (with what they need)
 * @param {AbortSignal} signal
 * @returns {Promise<boolean>} whether all is there now
 */
export async function setUp(ids, signal) {
  const results = await runSteps(closure(setupSteps, ids), signal);
  return results.every((result) => result.state === 'done');
}
