// @ts-check
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { BroadcastChannel } from 'node:worker_threads';
import { inRepo } from '../../harness/paths.mjs';
import { openStore } from '../stores.mjs';

/*
 * Answers questions about one database as the extension would: by the store's worker. Each answer tells how long it took,
 * the longest block of this thread and of the database, and how far memory grew meanwhile.
 * Usage: reader.mjs FILE [timed]
 */

const [, , file = '', timed] = process.argv;
const options = timed ? { workerUrl: inRepo('test', 'bench', 'sqlite', 'timedWorker.cjs') } : {};
const store = openStore(`sqlite:///${file}`, options);
/** @type {{query: object, token?: string}} */
const paging = { query: {} };
/** The one that is open. */
const frame = { id: '' };
/** What timedWorker.cjs told of the statements of a question. @type {{ms: number, used: number}[]} */
let told = [];
const statements = new BroadcastChannel('statements');
statements.onmessage = (/** @type {any} */ message) => told.push(message.data);
statements.unref();

/** @type {Record<string, (question: any) => Promise<object>>} */
const answers = {
  first: async ({ maxResults, orderBy }) => {
    paging.query = { experimentIds: ['1'], view: 'active', maxResults, orderBy };
    delete paging.token;
    return page();
  },
  next: page,
  frame: async () => {
    const { id, attributes } = await store.frames.open({ experimentIds: ['1'], view: 'active' });
    frame.id = id;
    return { rows: attributes.length };
  },
  column: async ({ group, key }) => {
    const column = await store.frames.column({ id: frame.id, group, key });
    return { rows: 'values' in column ? column.values.length : column.codes.length };
  },
  closed: async () => {
    await store.frames.close(frame);
    return {};
  },
  histories: async ({ count, key }) => {
    const { table } = await store.runs.search({ experimentIds: ['1'], view: 'active', maxResults: count });
    const start = performance.now();
    const histories = await store.runs.histories({ runIds: table.runIds, key });
    const ms = performance.now() - start;
    const arrays = histories.flatMap(({ steps, timestamps, values }) => [steps, timestamps, values]);
    const bytes = arrays.reduce((sum, array) => sum + array.byteLength, 0);
    return { ms, points: bytes / 24, bytes };
  },
  /** What a window does that shows a store which somebody writes: looks each second, opens a chart. */
  watch: async ({ seconds, chart = true }) => {
    const end = performance.now() + seconds * 1000;
    const shown = { experimentIds: ['1'], runs: [], models: [], expandedModels: [], folders: [] };
    for (let look = 0; performance.now() < end; look += 1) {
      await store.changes.stamp(shown);
      await answers['first']?.({ maxResults: 50 });
      if (chart && look === 1) await answers['histories']?.({ count: 50, key: 'metric_00' });
      await pause(Math.min(1000, Math.max(0, end - performance.now())));
    }
    return {};
  },
  control: async ({ ms }) => pause(ms, {}),
};

async function page() {
  const { table, nextPageToken } = await store.runs.search({ ...paging.query, pageToken: paging.token });
  paging.token = nextPageToken;
  return { rows: table.length, columns: [table.metrics, table.params, table.tags].flat().length };
}

/** The longest gap between two turns of this thread, and the most processor time that it used itself in one. */
function watchedGaps() {
  const held = { block: 0, blockUsed: 0 };
  let last = { at: performance.now(), used: usedHere() };
  const tick = () => {
    const now = { at: performance.now(), used: usedHere() };
    held.block = Math.max(held.block, now.at - last.at);
    held.blockUsed = Math.max(held.blockUsed, now.used - last.used);
    last = now;
  };
  const timer = setInterval(tick, 1);
  return {
    stop: () => {
      tick();
      clearInterval(timer);
      return held;
    },
  };
}

/** ms of the processor that this thread has used. */
function usedHere() {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** @param {() => Promise<object>} work */
async function measured(work) {
  const before = process.memoryUsage().rss;
  let rss = before;
  const sampler = setInterval(() => (rss = Math.max(rss, process.memoryUsage().rss)), 10);
  const gaps = watchedGaps();
  told = [];
  const start = performance.now();
  const answer = await work();
  const ms = performance.now() - start;
  const held = gaps.stop();
  clearInterval(sampler);
  rss = Math.max(rss, process.memoryUsage().rss);
  const longest = told.reduce((longest, each) => (each.ms > longest.ms ? each : longest), { ms: 0, used: 0 });
  return { ms, ...held, statement: longest.ms, used: longest.used, grown: rss - before, ...answer };
}

for await (const line of createInterface(process.stdin)) {
  const { what, ...question } = JSON.parse(line);
  const answer = answers[what];
  if (!answer) throw new Error(`No answer to '${what}'`);
  console.log(JSON.stringify(await measured(() => answer(question))));
}
store.dispose();
