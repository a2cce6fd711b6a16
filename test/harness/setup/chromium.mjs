// @ts-check
import { readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { inRepo } from '../paths.mjs';
import { SetupError, repoEnv, run, tryRun, which } from './exec.mjs';
import { rootPrefix } from './platform.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** @type {import('./steps.mjs').Step} */
export const chromium = {
  id: 'chromium',
  title: 'Chromium',
  after: ['npm', 'system'],
  async run({ say, signal }) {
    const found = findChromium();
    if (found) return found;
    say('playwright-core install chromium');
    // Only root may install the libraries that the browser needs.
    const args = ['install', ...(rootPrefix() ? ['--with-deps'] : []), 'chromium'];
    const todo =
      'install Chromium or Google Chrome by hand, so that chromium or google-chrome is on PATH, and run this again.';
    await run(inRepo('node_modules', '.bin', 'playwright-core'), args, {
      log: 'chromium',
      todo,
      env: repoEnv(),
      signal,
    });
    const installed = findChromium();
    if (!installed) throw new SetupError('Playwright installed a Chromium that does not start.', todo);
    return installed;
  },
};

/**
 * A Chromium that really starts (Ubuntu has a placeholder of that name which only points to a snap).
 * @returns {string | undefined}
 */
export function findChromium() {
  const installed = names.map((name) => which(name)).filter((file) => file !== undefined);
  return [...installed, ...playwrightChromiums()].find((file) => /\d+\.\d+/.test(tryRun(file, ['--version']) ?? ''));
}

/** @returns {string[]} newest first */
function playwrightChromiums() {
  const base = process.env['PLAYWRIGHT_BROWSERS_PATH'] ?? path.join(homedir(), '.cache', 'ms-playwright');
  try {
    const builds = readdirSync(base)
      .filter((name) => name.startsWith('chromium-'))
      .sort()
      .reverse();
    return builds.flatMap((build) =>
      ['chrome-linux64', 'chrome-linux'].map((dir) => path.join(base, build, dir, 'chrome')),
    );
  } catch {
    return [];
  }
}
