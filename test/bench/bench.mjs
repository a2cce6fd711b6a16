// @ts-check
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { launchBrowser } from '../harness/browser.mjs';
import { startCodeServer } from '../harness/codeServer.mjs';
import { stopEndpoints } from '../harness/endpoints.mjs';
import { inRepo, scratchDir } from '../harness/paths.mjs';
import { atMost, besideControl, blockFigure, median, ratio, table } from './figures.mjs';
import { measureFiles } from './files.mjs';
import { measureActivation, measureExpand, measureSample, measureTable } from './measures.mjs';
import { measureRest } from './rest.mjs';
import { measureSqlite } from './sqlite.mjs';
import { bundleSize, installEmptyExtension, stageAsleep, stageExtension, stageFolders, stageTables } from './stage.mjs';
import { measureWebview } from './webview.mjs';
import { windowOpener } from './windows.mjs';

/** @typedef {import('./figures.mjs').Figure} Figure */
/** @typedef {import('./measures.mjs').Open} Open */
/** @typedef {Awaited<ReturnType<typeof stageFolders>>} Folders */

/** What needs a window must end within this, in ms; one window within `windowLimit`. */
const windowsLimit = 600_000;
const windowLimit = 180_000;

/** What needs no window; every part can be run alone: `npm run bench -- files expand`. @type {Record<string, () => Promise<Figure[]>>} */
const storeParts = {
  files: measureFiles,
  sqlite: measureSqlite,
  rest: measureRest,
  webview: measureWebview,
};

/** @type {Record<string, (bench: {open: Open, openAsleep: Open, folders: Folders, extension: string, base: string, userDataDir: string}) => Promise<Figure[]>>} */
const windowParts = {
  activation: async ({ openAsleep, folders, extension }) => {
    const { ms, control, before, seenLater } = await measureActivation(openAsleep, folders.sample, 5);
    if (seenLater.length === 0) throw new Error('The watch on files and network sees nothing.');
    const what = `Files, network, processes and threads that Ringside touches before a view is shown${listed(before)}`;
    return [
      besideControl(atMost('activate', activated(median(control)), median(ms), 'ms', 50), median(control)),
      atMost('bundle', 'dist/extension.js, minified', bundleSize(extension), 'KB', 300),
      atMost('quiet-start', what, before.length, 'calls', 0),
    ];
  },
  sample: async ({ open, folders }) => {
    const { paint, panel } = await measureSample(open, folders.sample, 6);
    return [
      ratio('first-paint', "Sample's tree, from click to first row, by an empty tree", paint),
      ratio('run-panel', 'A run, from click to its metrics, by an empty webview panel', panel),
    ];
  },
  expand: async ({ open, folders }) => [
    ratio(
      'expand-sqlite',
      'First 50 of 1,000 runs in SQLite, by an empty tree',
      await measureExpand(open, folders.sqlite, 7),
    ),
    ratio(
      'expand-files',
      'First 50 of 1,000 runs in mlruns, by an empty tree',
      await measureExpand(open, folders.files, 7),
    ),
  ],
  table: async ({ open, base, userDataDir }) => {
    const { sqlite, files } = stageTables(base);
    const cache = path.join(userDataDir, 'User', 'globalStorage', 'ringside.ringside', 'cache');
    const first = await measureTable(open, files, 5, () => rmSync(cache, { recursive: true, force: true }));
    const cached = await measureTable(open, files, 5);
    if (!existsSync(cache)) throw new Error(`${cache} was to hold what was read of ${files}.`);
    const of = (/** @type {string} */ store) =>
      `Runs table of 2,000 runs ${store}, from click to rows, by an empty webview`;
    return [
      ratio('table-first', of('in mlruns without a cache'), first, 2.5),
      ratio('table-cached', of('in mlruns with the cache'), cached),
      ratio('table-sqlite', of('in SQLite'), await measureTable(open, sqlite, 5), 2.5),
    ];
  },
  blocks: async ({ open, folders }) => {
    const blocks = await open(folders.none, 'blocks', async (window) => {
      await window.reported('blocks');
      return window.all.filter(({ kind }) => kind === 'block').map(({ data }) => data);
    });
    return ['sqlite', 'mlruns'].map((store) => blockFigure(blocks, store, 50));
  },
};

/** @param {number} control */
function activated(control) {
  return `activate() with the load of its bundle in a host at rest, median of 5 windows; an empty extension ${Math.round(control)} ms`;
}

/** @param {string[]} calls */
function listed(calls) {
  return calls.length === 0 ? '' : `: ${[...new Set(calls)].join(', ')}`;
}

/**
 * @param {string[]} wanted
 * @param {string} base
 * @param {AbortSignal} signal
 */
async function measureWindows(wanted, base, signal) {
  const userDataDir = path.join(base, 'user-data');
  mkdirSync(userDataDir, { recursive: true });
  installEmptyExtension(path.join(userDataDir, 'extensions'));
  const extension = stageExtension(base);
  const folders = await stageFolders(base);
  const stores = {
    sqlite: `sqlite:///${path.join(folders.sqlite, 'mlflow.db')}`,
    mlruns: path.join(folders.files, 'mlruns'),
  };
  const env = { RINGSIDE_BENCH_STORES: JSON.stringify(stores) };
  const logFile = inRepo('out', 'log', 'bench-server.log');
  const server = await startCodeServer({ userDataDir, logFile, trust: true, smokeDriver: true, env });
  const browser = await launchBrowser();
  signal.addEventListener('abort', () => void browser.close(), { once: true });
  try {
    const opener = { browser, base: server.url, limit: windowLimit };
    const bench = {
      open: windowOpener({ ...opener, extension }),
      openAsleep: windowOpener({ ...opener, extension: stageAsleep(extension) }),
      folders,
      extension,
      base,
      userDataDir,
    };
    return await inTurn(wanted, async (name) => (await windowParts[name]?.(bench)) ?? []);
  } finally {
    await browser.close();
    await server.stop();
    await stopEndpoints(userDataDir);
  }
}

/**
 * @param {string[]} names
 * @param {(name: string) => Promise<Figure[]>} part
 */
async function inTurn(names, part) {
  /** @type {Figure[]} */
  const figures = [];
  for (const name of names) {
    figures.push(...(await part(name)));
    console.log(`${name}: done after ${Math.round(performance.now() / 1000)} s`);
  }
  return figures;
}

/** Those of parts that were not measured now stay as they were. @param {Figure[]} figures */
function keepFigures(figures) {
  const file = inRepo('out', 'bench.json');
  const before = existsSync(file) ? /** @type {Figure[]} */ (JSON.parse(readFileSync(file, 'utf8'))) : [];
  const others = before.filter(({ id }) => !figures.some((figure) => figure.id === id));
  writeFileSync(file, `${JSON.stringify([...others, ...figures], null, 2)}\n`);
}

async function main() {
  const known = [...Object.keys(storeParts), ...Object.keys(windowParts)];
  const wanted = process.argv.length > 2 ? process.argv.slice(2) : known;
  const unknown = wanted.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    console.error(`There is no part called ${unknown.join(', ')}. Give one or more of: ${known.join(', ')}.`);
    process.exitCode = 2;
    return;
  }
  const base = scratchDir('bench');
  try {
    const ofStores = wanted.filter((name) => name in storeParts);
    const figures = await inTurn(ofStores, async (name) => (await storeParts[name]?.()) ?? []);
    const ofWindows = wanted.filter((name) => name in windowParts);
    const late = AbortSignal.timeout(windowsLimit);
    if (ofWindows.length > 0) figures.push(...(await measureWindows(ofWindows, base, late)));
    keepFigures(figures);
    console.log(table(figures));
    process.exitCode = figures.every(({ met }) => met === true) ? 0 : 1;
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}

await main();
