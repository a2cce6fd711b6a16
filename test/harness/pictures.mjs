// @ts-check
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launchBrowser, openWorkbench } from './browser.mjs';
import { workbenchUrl } from './codeServer.mjs';
import { inRepo, scratchDir, venvPython } from './paths.mjs';
import { makeSampleWorkspace } from './sampleWorkspace.mjs';
import { startWindowServer } from './windowServer.mjs';

/*
 * Takes the pictures of docs/pictures: each panel on the sample, in three themes and at two widths of the window. The
 * README shows some of them, which the .vsix carries.
 * Usage: npm run pictures [-- FOLDER]
 */

/** @typedef {import('playwright-core').Page} Page */

const themes = { dark: 'Dark 2026', light: 'Light 2026', 'high-contrast': 'Default High Contrast' };
const widths = [1400, 600];

/** Opens one panel and waits for what it shows last. @type {Record<string, (page: Page) => Promise<void>>} */
const panels = {
  runs: async (page) => {
    await row(page, 'Experiments', /^tumour-screening/).hover();
    await page
      .getByRole('button', { name: /^Open Runs Table/ })
      .first()
      .click();
    await shows(page, 'rs-runs', 'rs-parallel-chart canvas');
  },
  run: async (page) => {
    await expand(page, 'Experiments', /^tumour-screening/);
    await row(page, 'Experiments', /^Run /).hover();
    await page
      .getByRole('button', { name: /^Open Run/ })
      .last()
      .click();
    await shows(page, 'rs-run', 'rs-metric-tile path');
  },
  version: async (page) => {
    await expand(page, 'Models', /^tumour-classifier/);
    await menu(page, row(page, 'Models', /^Version 5,/), /^Open Version/);
    await shows(page, 'rs-version', 'rs-metric-tile path');
  },
  compare: async (page) => {
    await expand(page, 'Models', /^tumour-classifier/);
    await expand(page, 'Models', /^Version 3,/);
    await row(page, 'Models', /^Version 5,/).click({ modifiers: ['Control'] });
    await menu(page, row(page, 'Models', /^Version 5,/), /^Compare/);
    await shows(page, 'rs-compare', 'h2:has-text("Environment"), button:has-text("Environment")');
  },
};

/** @param {Page} page @param {string} view @param {RegExp} name */
const row = (page, view, name) =>
  page.getByRole('tree', { name: view, exact: true }).getByRole('treeitem', { name }).first();

/** @param {Page} page @param {string} view @param {RegExp} name */
async function expand(page, view, name) {
  const found = row(page, view, name);
  await found.waitFor();
  if ((await found.getAttribute('aria-expanded')) === 'false') await found.click();
  await found.and(page.locator('[aria-expanded=true]')).waitFor();
}

/** @param {Page} page @param {import('playwright-core').Locator} on @param {RegExp} command */
async function menu(page, on, command) {
  await on.click({ button: 'right' });
  const item = page.getByRole('menuitem', { name: command });
  await item.hover();
  await page.keyboard.press('Enter');
  await item.waitFor({ state: 'detached' });
}

/** @param {Page} page @param {string} element @param {string} last what comes last of what is read on demand */
async function shows(page, element, last) {
  const frame = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  await frame.locator(element).locator(last).first().waitFor({ state: 'attached' });
}

/** Frames that are alike in a row, after which nothing moves any more. */
const steady = 5;

/** @param {Page} page @returns {Promise<Buffer>} the picture once it stays as it is */
async function steadyPicture(page) {
  let picture = await page.screenshot();
  for (let alike = 1; alike < steady;) {
    const next = await page.screenshot();
    alike = next.equals(picture) ? alike + 1 : 1;
    picture = next;
  }
  return picture;
}

/** @param {Page} page */
const closeAll = async (page) => {
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Control+w');
  await page.locator('.editor-group-container .tab').first().waitFor({ state: 'detached' });
};

/**
 * @param {string} theme
 * @param {string} label
 * @param {string} target
 * @param {import('playwright-core').Browser} browser
 */
async function pictures(theme, label, target, browser) {
  const base = path.join(scratchDir('pictures'), theme);
  // Its path is in the pictures.
  const folder = path.join(tmpdir(), 'ringside', 'sample');
  await makeSampleWorkspace(folder);
  const server = await startWindowServer({ base, settings: { 'workbench.colorTheme': label } });
  try {
    const page = await openWorkbench(browser, {
      url: workbenchUrl({ base: server.url, folder }),
      onLog: () => undefined,
    });
    page.setDefaultTimeout(60_000);
    await page.setViewportSize({ width: 1400, height: 900 });
    await page
      .getByRole('tab', { name: /^Ringside/ })
      .first()
      .click();
    for (const [name, open] of Object.entries(panels)) {
      await open(page);
      for (const width of widths) {
        const isNarrow = width < 1000;
        await page.setViewportSize({ width, height: 900 });
        if (isNarrow) await page.keyboard.press('Control+b');
        await page.mouse.move(0, 0);
        writeFileSync(path.join(target, `${name}-${theme}-${width}.png`), await steadyPicture(page));
        if (isNarrow) await page.keyboard.press('Control+b');
      }
      await page.setViewportSize({ width: 1400, height: 900 });
      await closeAll(page);
    }
  } finally {
    await server.stop();
    for (const left of [base, path.dirname(folder)]) rmSync(left, { recursive: true, force: true });
  }
}

/** A palette of 64 colours: a fifth of the bytes, and no eye sees it in a window. */
const shrink =
  "import sys; from PIL import Image\nfor f in sys.argv[1:]: Image.open(f).convert('RGB').quantize(64, dither=Image.Dither.NONE).save(f, optimize=True)";

const target = path.resolve(process.argv[2] ?? inRepo('docs', 'pictures'));
mkdirSync(target, { recursive: true });
const browser = await launchBrowser();
try {
  for (const [theme, label] of Object.entries(themes)) await pictures(theme, label, target, browser);
} finally {
  await browser.close();
}
const files = readdirSync(target).filter((file) => file.endsWith('.png'));
execFileSync(venvPython(), ['-c', shrink, ...files.map((file) => path.join(target, file))], { stdio: 'inherit' });
