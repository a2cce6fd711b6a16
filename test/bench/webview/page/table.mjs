// @ts-nocheck
import { showGrid } from './canvasGrid.mjs';
import { presented } from './drawing.mjs';
import { startHost, valuesOf } from './tableHost.mjs';

/** px of a row; a step of the wheel is about five of them. */
const rowHeight = 22;
export const stepCount = 60;

/** A table of so many runs and metrics: ours in the panel's own page, and the least that shows one. */
export async function setUp({ runs, metrics }) {
  const attributeBytes = await startHost({ runs, metrics });
  let sorts = 0;
  return {
    bytes: { run: () => attributeBytes + columnsRead() * (runs * 8 + Math.ceil(runs / 8)) },
    ours: { before: preload, run: showOurs },
    grid: { before: clear, run: showGrid },
    scroll: { run: () => scrollBy(0, 5 * rowHeight) },
    scrollAcross: { run: () => scrollBy(100, 0) },
    readAll: { run: readAll },
    // Another column each time: a second click on the same one would turn the order round.
    sort: { run: () => sortBy(`metric ${sorts++}`, runs) },
    bareSort: { run: () => bareSort(`metric ${sorts}`, runs) },
  };
}

/** To take a table away is no part of showing the next one. */
function clear() {
  document.body.replaceChildren();
}

async function until(holds) {
  for (let frames = 0; !holds(); frames++) {
    if (frames > 3000) throw new Error(`Waited for ${holds} in vain`);
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

function grid() {
  return document.querySelector('rs-runs')?.shadowRoot.querySelector('rs-run-grid')?.shadowRoot;
}

/** Every cell that is seen says something, once its column is read. */
function isWhole() {
  const rows = [...(grid()?.querySelectorAll('.body > .row') ?? [])];
  return rows.length > 0 && [...rows.at(-1).querySelectorAll('.cell')].every((cell) => cell.textContent.trim() !== '');
}

const page = '/webview/runs.main.js';

/** Scripts are there before they run, as the other side's are: the host's HTML names them, and what they weigh is measured apart. */
async function preload() {
  clear();
  const script = await (await fetch(page)).text();
  const files = [page, ...[...script.matchAll(/from"\.\/(chunk-[^"]+)"/g)].map(([, file]) => `/webview/${file}`)];
  await Promise.all(files.map(preloaded));
}

function preloaded(href) {
  const link = Object.assign(document.createElement('link'), { rel: 'modulepreload', href });
  document.head.append(link);
  return new Promise((resolve) => link.addEventListener('load', resolve, { once: true }));
}

async function showOurs() {
  document.body.replaceChildren(document.createElement('rs-runs'));
  await import(page);
  // The page draws what it has read within a frame: the first frame that ends with all cells has shown them.
  do await presented();
  while (!isWhole());
}

async function scrollBy(left, top) {
  const host = grid().host;
  for (let i = 0; i < stepCount; i++) {
    host.scrollBy(left, top);
    await presented();
  }
}

/** Scrolls over every column, so that each is read and held. */
async function readAll() {
  const host = grid().host;
  while (host.scrollLeft < host.scrollWidth - host.clientWidth - 1) {
    host.scrollBy(host.clientWidth / 2, 0);
    await presented();
    await until(isWhole);
  }
  host.scrollTo(0, 0);
  await presented();
  await until(isWhole);
}

function columnsRead() {
  return document.querySelector('rs-runs').columns.data.size;
}

async function sortBy(key, runs) {
  const values = valuesOf(key, runs);
  const best = values.indexOf(values.reduce((a, b) => Math.max(a, b)));
  await until(isWhole);
  const start = performance.now();
  const head = [...grid().querySelectorAll('[role=columnheader]')].find(({ title }) => title === key);
  head.click();
  await until(() => grid().querySelector('.body .name')?.textContent === `brisk-fox-${best}`);
  await presented();
  return { ms: performance.now() - start };
}

/** Descending, as the first click sorts. */
function bareSort(key, runs) {
  const values = valuesOf(key, runs);
  const rows = Uint32Array.from(values.keys());
  const start = performance.now();
  rows.sort((a, b) => values[b] - values[a]);
  return { ms: performance.now() - start };
}
