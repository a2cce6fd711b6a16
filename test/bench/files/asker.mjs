// @ts-check
import { existsSync, readdirSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openStore } from '../stores.mjs';
import { answerLines } from './lines.mjs';

/*
 * The process that asks, as the extension's host does: opens a file store and times what it asks of it.
 * Usage: asker.mjs FOLDER
 */

const root = process.argv[2] ?? '';
/** @type {ReturnType<typeof openStore> | undefined} */
let store;
/** @type {Float64Array[]} */
const held = [];

await answerLines({
  /** Opens the store as the tree does: what it is, and its experiments. @param {{storageDir?: string}} question */
  open: async ({ storageDir }) => {
    store?.dispose();
    store = openStore(root, { storageDir });
    await store.describe({});
    await store.experiments.search({ view: 'active', maxResults: 200 });
    return {};
  },
  /** @param {{count: number}} question */
  search: async ({ count }) => {
    const query = { experimentIds: ['1'], view: 'active', maxResults: count };
    const start = performance.now();
    const table = (await store?.runs.search(query))?.table;
    return { ms: performance.now() - start, rows: table?.length };
  },
  /** The runs table with every column that there is. */
  frame: async () => {
    const start = performance.now();
    const rows = await readFrame();
    return { ms: performance.now() - start, rows };
  },
  /** Resolves when something is saved. @param {{storageDir: string}} question */
  saved: async ({ storageDir }) => {
    const isSaved = () =>
      existsSync(storageDir) &&
      readdirSync(storageDir, { recursive: true, withFileTypes: true }).some(
        (entry) => entry.isFile() && !entry.name.endsWith('.tmp'),
      );
    while (!isSaved()) await new Promise((resolve) => setTimeout(resolve, 50));
    return {};
  },
  /** Longest block of this thread's event loop while all runs are read and shown again, and while nothing is done. */
  blocks: async (/** @type {{count: number}} */ { count }) => {
    const query = { experimentIds: ['1'], view: 'active', maxResults: count };
    const ours = await longestBlock(async () => {
      await store?.runs.search(query);
      await readFrame();
    });
    const control = await longestBlock(() => new Promise((resolve) => setTimeout(resolve, ours.ms)));
    return { ours: ours.max, control: control.max };
  },
  /** Reads and holds every history; how much memory came with so many bytes of arrays. */
  histories: async (/** @type {{count: number, keys: string[]}} */ { count, keys }) => {
    const { table } = (await store?.runs.search({ experimentIds: ['1'], view: 'active', maxResults: count })) ?? {};
    const before = process.memoryUsage.rss();
    for (const key of keys) {
      for (let at = 0; at < count; at += 50) {
        const runIds = table?.runIds.slice(at, at + 50) ?? [];
        for (const { steps, timestamps, values } of (await store?.runs.histories({ runIds, key })) ?? [])
          held.push(steps, timestamps, values);
      }
    }
    const bytes = held.reduce((sum, { byteLength }) => sum + byteLength, 0);
    return { growth: process.memoryUsage.rss() - before, bytes };
  },
});
store?.dispose();

/** @returns {Promise<number | undefined>} rows */
async function readFrame() {
  const frame = await store?.frames.open({ experimentIds: ['1'], view: 'active' });
  const groups = /** @type {const} */ (['metrics', 'params', 'tags']);
  const names = groups.flatMap((group) => (frame?.keys[group] ?? []).map((key) => ({ group, key })));
  await Promise.all(names.map(async (name) => store?.frames.column({ id: frame?.id ?? '', ...name })));
  await store?.frames.close({ id: frame?.id ?? '' });
  return frame?.attributes.length;
}

/** @param {() => Promise<void>} work @returns {Promise<{ms: number, max: number}>} ms */
async function longestBlock(work) {
  const delays = monitorEventLoopDelay({ resolution: 5 });
  delays.enable();
  const start = performance.now();
  await work();
  const ms = performance.now() - start;
  delays.disable();
  return { ms, max: delays.max / 1e6 };
}
