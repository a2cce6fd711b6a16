// @ts-check
import { container, inlineAction, row, settled, timeClick } from './clicks.mjs';
import { tableRuns } from './stage.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('./windows.mjs').BenchWindow} BenchWindow */
/** @typedef {ReturnType<typeof import('./windows.mjs').windowOpener>} Open */
/** Times of Ringside and of the empty extension, measured in turn, in ms. @typedef {{ours: number[], empty: number[]}} Pair */

const faces = /** @type {const} */ ({
  ours: { container: 'Ringside', run: /^Run sgd-40/, open: /^Open Run/, page: 'sgd-40[^]*accuracy' },
  empty: { container: 'Empty', run: /^empty-root/, open: /^Open Empty/, page: 'empty-panel' },
});

const newestRun = `bench-run-${tableRuns - 1}`;

/**
 * @param {Open} open
 * @param {string} folder
 * @param {number} windows
 * @returns {Promise<{ms: number[], control: number[], before: string[], seenLater: string[]}>} `control`: of the empty extension
 */
export async function measureActivation(open, folder, windows) {
  /** @type {{ms: number, control: number, before: string[], seenLater: string[]}[]} */
  const all = [];
  for (let i = 0; i < windows; i += 1) {
    all.push(await open(folder, 'activation', (window) => window.reported('activation')));
  }
  return {
    ms: all.map(({ ms }) => ms),
    control: all.map(({ control }) => control),
    before: all.flatMap(({ before }) => before),
    seenLater: all.flatMap(({ seenLater }) => seenLater),
  };
}

/**
 * First paint of the sample's tree, then a run's panel, in fresh windows; who is first changes from window to window.
 * @param {Open} open
 * @param {string} folder
 * @param {number} windows
 * @returns {Promise<{paint: Pair, panel: Pair}>}
 */
export async function measureSample(open, folder, windows) {
  const paint = /** @type {Pair} */ ({ ours: [], empty: [] });
  const panel = /** @type {Pair} */ ({ ours: [], empty: [] });
  for (let i = 0; i < windows; i += 1) {
    await open(folder, 'ready', async ({ page, reported }) => {
      await reported('ready');
      for (const who of inTurn(i)) {
        paint[who].push(await firstPaint(page, who));
        // A click while the container before it is still opening leaves its button marked and the other one shown.
        await settled(page);
      }
      for (const who of [...inTurn(i), ...inTurn(i)]) panel[who].push(await openPanel(page, who));
    });
  }
  return { paint, panel };
}

/**
 * The table of an experiment's runs, in a fresh window each time.
 * @param {Open} open
 * @param {string} folder
 * @param {number} windows
 * @param {() => void} [before] each window
 * @returns {Promise<Pair>}
 */
export async function measureTable(open, folder, windows, before) {
  const pair = /** @type {Pair} */ ({ ours: [], empty: [] });
  for (let i = 0; i < windows; i += 1) {
    before?.();
    await open(folder, 'ready', async ({ page, reported }) => {
      await reported('ready');
      for (const who of inTurn(i)) pair[who].push(await (who === 'ours' ? openTable(page) : openPanel(page, who)));
    });
  }
  return pair;
}

/**
 * First rows of an experiment of many runs, read anew each time.
 * @param {Open} open
 * @param {string} folder
 * @param {number} times
 * @returns {Promise<Pair>}
 */
export function measureExpand(open, folder, times) {
  return open(folder, 'ready', async ({ page, reported }) => {
    await reported('ready');
    const pair = /** @type {Pair} */ ({ ours: [], empty: [] });
    for (let i = 0; i < times; i += 1) for (const who of inTurn(i)) pair[who].push(await expand(page, who));
    return pair;
  });
}

/** @param {number} i @returns {('ours' | 'empty')[]} */
function inTurn(i) {
  return i % 2 === 0 ? ['ours', 'empty'] : ['empty', 'ours'];
}

/**
 * @param {Page} page
 * @param {'ours' | 'empty'} who
 */
function firstPaint(page, who) {
  const text = who === 'ours' ? '^digits-reader, 12 runs' : '^empty-root';
  return timeClick(page, { kind: 'row', text }, () => container(page, faces[who].container).click());
}

/**
 * @param {Page} page
 * @param {'ours' | 'empty'} who
 */
async function openPanel(page, who) {
  const face = faces[who];
  await show(page, who, who === 'ours' ? /^digits-reader/ : face.run);
  if (who === 'ours' && (await row(page, face.run).count()) === 0) await row(page, /^digits-reader/).click();
  return timeToPage(page, face.run, face.open, face.page);
}

/** @param {Page} page */
async function openTable(page) {
  await show(page, 'ours', /^many-runs/);
  return timeToPage(page, /^many-runs/, /^Open Runs Table/, newestRun);
}

/**
 * From a click on a row's icon to the text of the webview that it opens, which is closed afterwards.
 * @param {Page} page
 * @param {RegExp} of
 * @param {RegExp} action
 * @param {string} text
 */
async function timeToPage(page, of, action, text) {
  await row(page, of).hover();
  const time = await timeClick(page, { kind: 'webview', text }, () => inlineAction(row(page, of), action).click());
  await page.locator('.editor-group-container .tab.active').click({ button: 'middle' });
  await page.locator('iframe.webview').waitFor({ state: 'detached' });
  return time;
}

/**
 * @param {Page} page
 * @param {'ours' | 'empty'} who
 */
async function expand(page, who) {
  const [parent, child] = who === 'ours' ? [/^many-runs/, '^Run bench-run-'] : [/^empty-root/, '^empty-child'];
  await show(page, who, parent);
  // A pane shows its actions while the pointer is on it.
  await row(page, parent).hover();
  await page
    .locator('.part.sidebar')
    .getByRole('button', { name: /^Refresh/ })
    .first()
    .click();
  await settled(page);
  const time = await timeClick(page, { kind: 'row', text: child }, () => row(page, parent).click());
  await row(page, parent).click();
  await row(page, new RegExp(child)).waitFor({ state: 'detached' });
  return time;
}

/**
 * @param {Page} page
 * @param {'ours' | 'empty'} who
 * @param {RegExp} first a row that its view has
 */
async function show(page, who, first) {
  const tab = container(page, faces[who].container);
  // A click on the container that is shown would close the side bar.
  if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
  await row(page, first).waitFor();
  await settled(page);
}
