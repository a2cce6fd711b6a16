// @ts-check
import { inRepo } from '../harness/paths.mjs';
import { remoteUri, workbenchUrl } from '../harness/codeServer.mjs';
import { whenWorkbenchRestored } from '../harness/browser.mjs';

/** @typedef {{kind: string, data: any}} Report */
/** @typedef {{page: import('playwright-core').Page, reported: (kind: string) => Promise<any>, all: Report[]}} BenchWindow */

/**
 * Opens fresh windows with Ringside; a module of test/bench/host runs in each window's host.
 * @param {{browser: import('playwright-core').Browser, base: string, extension: string, limit: number}} options `limit`:
 *   ms that one window may take
 */
export function windowOpener({ browser, base, extension, limit }) {
  /**
   * @template T
   * @param {string} folder
   * @param {'activation' | 'ready' | 'blocks'} hostModule
   * @param {(window: BenchWindow) => Promise<T>} use
   * @returns {Promise<T>}
   */
  return async (folder, hostModule, use) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    try {
      const page = await context.newPage();
      const reports = await listen(page);
      const payload = /** @type {[string, string][]} */ ([
        ['extensionDevelopmentPath', remoteUri(base, extension)],
        ['extensionTestsPath', remoteUri(base, inRepo('test', 'bench', 'host', `${hostModule}.cjs`))],
      ]);
      await page.goto(workbenchUrl({ base, folder, payload }));
      await whenWorkbenchRestored(page);
      const using = use({ page, ...reports }).catch(async (/** @type {unknown} */ error) => {
        // What the window showed says more than what was waited for.
        await page.screenshot({ path: inRepo('out', 'bench-failure.png') });
        throw error;
      });
      return await withLimit(using, limit, `${hostModule} on ${folder}`);
    } finally {
      await context.close();
    }
  };
}

/**
 * @param {import('playwright-core').Page} page
 * @returns {Promise<{reported: (kind: string) => Promise<any>, all: Report[]}>}
 */
async function listen(page) {
  /** @type {Report[]} */
  const all = [];
  /** @type {Set<() => void>} */
  const waiting = new Set();
  let ended = '';
  await page.exposeFunction('codeAutomationLog', (/** @type {string} */ _type, /** @type {unknown[]} */ args) => {
    const text = args.map(String).join(' ');
    if (process.env['RINGSIDE_VERBOSE']) console.log(text);
    const at = text.indexOf('BENCH {');
    if (at >= 0) all.push(JSON.parse(text.slice(at + 6)));
    for (const look of waiting) look();
  });
  await page.exposeFunction('codeAutomationExit', (/** @type {number} */ code) => {
    ended = `the host's module ended with ${code}`;
    for (const look of waiting) look();
  });
  const reported = (/** @type {string} */ kind) =>
    new Promise((resolve, reject) => {
      const look = () => {
        const found = all.find((each) => each.kind === kind);
        if (found) resolve(found.data);
        else if (ended !== '') reject(new Error(`No report '${kind}': ${ended}.`));
        if (found || ended !== '') waiting.delete(look);
      };
      waiting.add(look);
      look();
    });
  return { reported, all };
}

/**
 * @template T
 * @param {Promise<T>} work
 * @param {number} ms
 * @param {string} what
 * @returns {Promise<T>}
 */
async function withLimit(work, ms, what) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: not done after ${ms / 1000} s.`)), ms);
  });
  try {
    return /** @type {T} */ (await Promise.race([work, late]));
  } finally {
    clearTimeout(timer);
  }
}
