// @ts-check
import { launchBrowser, openWorkbench } from './browser.mjs';
import { sampleExperiment } from './sampleWorkspace.mjs';

/**
 * Opens a window, shows Ringside's views and waits for the sample's first tree.
 * @param {string} url
 * @param {string} picture PNG file, also written when the tree does not come
 * @param {AbortSignal} signal
 * @throws when the tree does not come within a minute
 */
export async function checkWindow(url, picture, signal) {
  const browser = await launchBrowser();
  signal.addEventListener('abort', () => void browser.close(), { once: true });
  /** @type {string[]} */
  const errors = [];
  try {
    const page = await openWorkbench(browser, {
      url,
      onLog: (type, text) => (type === 'error' ? errors.push(text) : undefined),
    });
    try {
      await page
        .getByRole('tab', { name: /^Ringside/ })
        .first()
        .click({ timeout: 30_000 });
      await page
        .getByRole('treeitem', { name: new RegExp(sampleExperiment) })
        .first()
        .waitFor({ timeout: 60_000 });
    } catch (error) {
      const rows = await page.getByRole('treeitem').allInnerTexts();
      throw new Error(
        `The sample's tree did not come; the window shows: ${rows.join(' | ') || 'no tree'}\n${errors.join('\n')}`,
        { cause: error },
      );
    } finally {
      await page.screenshot({ path: picture });
    }
  } finally {
    await browser.close();
  }
}
