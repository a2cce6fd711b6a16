// @ts-check

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').Locator} Locator */
/**
 * What ends a measurement: a labelled row of the side bar, or text on a webview's page.
 * @typedef {{kind: 'row' | 'webview', text: string}} Sight
 */

/**
 * Time from the release of the mouse to the first frame that has the sight, both by the page's own clock.
 * @param {Page} page
 * @param {Sight} sight
 * @param {() => Promise<void>} click
 * @returns {Promise<number>} ms
 */
export async function timeClick(page, sight, click) {
  await page.evaluate(armStopwatch, sight);
  await click();
  return page.evaluate(() => /** @type {Promise<number>} */ (Reflect.get(globalThis, 'benchTime')));
}

/**
 * Runs in the page.
 * @param {Sight} sight
 */
function armStopwatch({ kind, text }) {
  // The types of the tests have no DOM.
  const { document, performance, requestAnimationFrame, addEventListener } = /** @type {any} */ (globalThis);
  const label = new RegExp(text);
  const rowIsThere = () =>
    [...document.querySelectorAll('.part.sidebar .monaco-list-row[role=treeitem]')].some(
      (/** @type {any} */ row) => row.clientHeight > 0 && label.test(row.getAttribute('aria-label') ?? ''),
    );
  /** @param {any} root @returns {string} */
  const textOf = (root) =>
    [
      root.textContent,
      ...[...root.querySelectorAll('*')].map(({ shadowRoot }) => (shadowRoot ? textOf(shadowRoot) : '')),
    ].join(' ');
  const pageIsThere = () =>
    [...document.querySelectorAll('iframe.webview')].some((/** @type {any} */ frame) => {
      const body = frame.contentDocument?.querySelector('#active-frame')?.contentDocument?.body;
      return Boolean(body) && label.test(textOf(body));
    });
  const isThere = kind === 'row' ? rowIsThere : pageIsThere;
  if (isThere()) throw new Error(`${text} is shown already.`);
  const time = new Promise((resolve) => {
    const start = (/** @type {{timeStamp: number}} */ event) => {
      const look = () => {
        if (isThere()) resolve(performance.now() - event.timeStamp);
        else requestAnimationFrame(look);
      };
      look();
    };
    addEventListener('mouseup', start, { capture: true, once: true });
  });
  Reflect.set(globalThis, 'benchTime', time);
}

/**
 * A view container's button in the activity bar.
 * @param {Page} page
 * @param {'Ringside' | 'Empty' | 'Explorer'} name
 */
export function container(page, name) {
  return page.locator('.activitybar').getByRole('tab', { name: new RegExp(`^${name}`) });
}

/**
 * @param {Page} page
 * @param {RegExp} name
 */
export function row(page, name) {
  return page.locator('.part.sidebar').getByRole('treeitem', { name }).first();
}

/**
 * An icon that stands in a row while the pointer is on it.
 * @param {Locator} in_
 * @param {RegExp} name
 */
export function inlineAction(in_, name) {
  return in_.locator('.actions').getByRole('button', { name });
}

/**
 * Resolves when the side bar has not changed for 300 ms: what was asked for before has come.
 * @param {Page} page
 */
export function settled(page) {
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        // The types of the tests have no DOM.
        const { document, MutationObserver } = /** @type {any} */ (globalThis);
        const sidebar = document.querySelector('.part.sidebar');
        const done = () => {
          observer.disconnect();
          resolve(undefined);
        };
        let timer = setTimeout(done, 300);
        const observer = new MutationObserver(() => {
          clearTimeout(timer);
          timer = setTimeout(done, 300);
        });
        if (sidebar) observer.observe(sidebar, { subtree: true, childList: true, attributes: true });
      }),
  );
}
