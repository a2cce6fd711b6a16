// @ts-check
import { readFileSync } from 'node:fs';
import { build } from 'esbuild';
import { inRepo } from '../../harness/paths.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').Browser} Browser */
/** What a drawing took: ms until it was presented, ms of the main thread, and what it told. @typedef {{ms: number, work: number, told: any}} Sample */

const origin = 'http://bench/';
/** VS Code's own names of what our pages draw with. */
const style = `body { margin: 0; background: #1f1f1f; } :root { --vscode-font-family: sans-serif; --vscode-font-size: 13px;
--vscode-foreground: #cccccc; --vscode-editor-background: #1f1f1f; --vscode-charts-blue: #3794ff;
--vscode-charts-orange: #d18616; --vscode-charts-green: #388a34; --vscode-charts-purple: #b180d7;
--vscode-charts-red: #f14c4c; --vscode-charts-yellow: #cca700; }`;
const html = `<!DOCTYPE html><html><head><meta charset="UTF-8"><style>${style}</style></head><body></body></html>`;

/**
 * A page with a module of `page/` and the drawings that it sets up.
 * @param {Browser} browser
 * @param {string} module
 * @param {object} options of its `setUp`
 * @param {readonly string[]} scripts that it needs, as addresses of this page or as files
 */
export async function openPage(browser, module, options, scripts = []) {
  const page = await browser.newPage({ viewport: { width: 1000, height: 600 } });
  await page.route(`${origin}**`, async (route) => {
    const name = new URL(route.request().url()).pathname.slice(1);
    await route.fulfill({ contentType: name === '' ? 'text/html' : 'text/javascript', body: await bodyOf(name) });
  });
  await page.goto(origin);
  for (const script of scripts)
    await page.addScriptTag(script.startsWith('/webview') ? { url: script, type: 'module' } : { path: script });
  await page.evaluate(
    async ({ urls: [url, drawing], given }) => {
      const [{ setUp }, { presentedElements }] = [await import(String(url)), await import(String(drawing))];
      Object.assign(globalThis, { drawings: await setUp(given), settled: presentedElements });
    },
    { urls: [`/page/${module}.mjs`, '/page/drawing.mjs'], given: options },
  );
  const session = await page.context().newCDPSession(page);
  // Of its own processor time: what other processes take meanwhile is none of it.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return {
    page,
    /** @param {string} name @returns {Promise<Sample>} */
    draw: (name) => draw(page, session, name),
    /** Bytes that the page's scripts hold, those of typed arrays and of the document included. */
    heldBytes: () => heldBytes(session),
    close: () => page.close(),
  };
}

/** @typedef {Awaited<ReturnType<typeof openPage>>} BenchPage */

/** @param {string} name */
async function bodyOf(name) {
  if (name === '') return html;
  if (name.startsWith('page/')) return readFileSync(inRepo('test/bench/webview', name), 'utf8');
  if (!name.startsWith('domain/')) return readFileSync(inRepo('dist', name), 'utf8');
  const entryPoints = [inRepo('src', name.replace(/js$/, 'ts'))];
  const { outputFiles } = await build({ entryPoints, bundle: true, format: 'esm', minify: true, write: false });
  return outputFiles[0]?.text ?? '';
}

/**
 * @param {Page} page
 * @param {import('playwright-core').CDPSession} session
 * @param {string} name
 */
async function draw(page, session, name) {
  await page.evaluate(async (key) => {
    const drawing = Reflect.get(globalThis, 'drawings')[key];
    Reflect.set(globalThis, 'ready', await drawing.before?.());
    await Reflect.get(globalThis, 'settled')();
  }, name);
  // What was thrown away before, or is still drawn of it, is none of this drawing's work.
  await session.send('HeapProfiler.collectGarbage');
  const before = await taskTime(session);
  const sample = await page.evaluate(async (key) => {
    const drawing = Reflect.get(globalThis, 'drawings')[key];
    const start = performance.now();
    const told = await drawing.run(Reflect.get(globalThis, 'ready'));
    const ms = performance.now() - start;
    Reflect.set(globalThis, 'drawn', told);
    const isPlain = typeof told !== 'object' || told === null || Object.getPrototypeOf(told) === Object.prototype;
    return { ms, told: isPlain ? told : undefined };
  }, name);
  const work = (await taskTime(session)) - before;
  await page.evaluate((key) => {
    const [drawing, drawn, ready] = ['drawings', 'drawn', 'ready'].map((each) => Reflect.get(globalThis, each));
    drawing[key].after?.(drawn, ready);
  }, name);
  return { ...sample, work };
}

/** @param {import('playwright-core').CDPSession} session @returns {Promise<number>} ms of the main thread so far */
async function taskTime(session) {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN) * 1000;
}

/** @param {import('playwright-core').CDPSession} session */
async function heldBytes(session) {
  for (let i = 0; i < 3; i++) await session.send('HeapProfiler.collectGarbage');
  /** @type {Record<string, number>} */
  const usage = /** @type {any} */ (await session.send('Runtime.getHeapUsage'));
  return ['usedSize', 'embedderHeapUsedSize', 'backingStorageSize'].reduce((sum, key) => sum + (usage[key] ?? 0), 0);
}

/**
 * Draws in turn, so that what slows the machine slows all of them; the first round warms up.
 * @template {string} K
 * @param {BenchPage} page
 * @param {readonly K[]} names
 * @param {number} rounds
 * @returns {Promise<Record<K, Sample[]>>}
 */
export async function inTurns(page, names, rounds) {
  const samples = /** @type {Record<K, Sample[]>} */ ({});
  for (const name of names) samples[name] = [];
  for (let round = 0; round <= rounds; round++) {
    for (const name of names) {
      const sample = await page.draw(name);
      if (round > 0) samples[name].push(sample);
    }
  }
  return samples;
}
