// @ts-check
import { chromium } from 'playwright-core';
import { findChromium } from './setup/chromium.mjs';

/** @typedef {import('playwright-core').Browser} Browser */
/** @typedef {import('playwright-core').Page} Page */
/** @typedef {(type: string, text: string) => unknown} Log */

/** What every window prints, and what one without a marketplace adds (host-testing.md §5.2, offline noise). */
const noise = new RegExp(
  [
    'open-vsx|\\[AgentHost|\\[ChatModel|ERR_NAME_NOT_RESOLVED|ERR_INTERNET_DISCONNECTED|was preloaded using link',
    'allow-scripts and allow-same-origin|Unrecognized feature|\\[Service Worker\\] registered|\\[AccountPolicyGate\\]',
    '^(Resolv(ing|ed) connection token|Creating a socket|\\[reconnection-grace-time\\]|Creation of workbench contribution)',
    "^Updating additional builtin|provider 'github' to register",
  ].join('|'),
);

/**
 * @param {{headless?: boolean}} [options]
 * @returns {Promise<Browser>}
 */
export function launchBrowser({ headless = true } = {}) {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('There is no Chromium here: run npm start once, which installs it.');
  return chromium.launch({
    executablePath,
    headless,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking'],
  });
}

/**
 * Opens a window on a workbench address and waits until VS Code has restored it.
 * @param {Browser} browser
 * @param {{
 *   url: string, onLog?: Log, viewport?: {width: number, height: number},
 *   functions?: Record<string, (...args: any[]) => unknown>,
 * }} options `functions` are put on the window before it loads; `onLog` gets the console without the noise
 * @returns {Promise<Page>}
 */
export async function openWorkbench(browser, { url, onLog, viewport, functions }) {
  const context = await browser.newContext({ viewport: viewport ?? { width: 1280, height: 800 } });
  const page = await context.newPage();
  if (onLog) bridgeConsole(page, onLog);
  for (const [name, call] of Object.entries(functions ?? {})) await page.exposeFunction(name, call);
  await page.goto(url);
  await whenWorkbenchRestored(page);
  return page;
}

/**
 * @param {Page} page
 * @param {Log} onLog
 */
export function bridgeConsole(page, onLog) {
  page.on('console', (message) => {
    if (!isNoise(message.text())) onLog(message.type(), message.text());
  });
  page.on('pageerror', (error) => {
    if (!isNoise(String(error))) onLog('error', String(error.stack ?? error));
  });
}

/** @param {string} text */
export function isNoise(text) {
  return noise.test(text);
}

/**
 * Resolves when the workbench is drawn; with the smoke driver also when VS Code calls itself restored.
 * @param {Page} page
 * @param {number} [timeout] ms
 */
export async function whenWorkbenchRestored(page, timeout = 60_000) {
  await page.waitForSelector('.monaco-workbench .part.statusbar', { timeout });
  await page.evaluate(async () => {
    const driver = /** @type {{whenWorkbenchRestored?: () => Promise<void>} | undefined} */ (
      Reflect.get(globalThis, 'driver')
    );
    await driver?.whenWorkbenchRestored?.();
  });
}
