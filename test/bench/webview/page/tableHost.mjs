// @ts-nocheck
import { packTexts } from '/domain/runAttributes.js';
import { randomValues } from './data.mjs';

/** Columns that a first screen may show: a store has read them when they are asked for, and keeps them. */
const firstColumns = 12;

/** Stands in for VS Code and the host, which is another process: a thread of its own answers by messages that are copied. */
export async function startHost({ runs, metrics }) {
  const thread = new Worker(import.meta.url, { type: 'module' });
  const bytes = new Promise((resolve) =>
    thread.addEventListener('message', ({ data }) => resolve(data), { once: true }),
  );
  thread.postMessage({ runs, metrics });
  await bytes;
  thread.addEventListener('message', ({ data }) => globalThis.dispatchEvent(new MessageEvent('message', { data })));
  let state = { charts: { folded: 'charts' } };
  globalThis.acquireVsCodeApi = () => ({
    getState: () => state,
    setState: (next) => (state = next),
    postMessage: (message) => thread.postMessage(message),
  });
  return bytes;
}

/** The thread's first message says how large the table is. */
function answerAll({ runs, metrics }) {
  const content = contentOf(runs, metrics);
  const made = new Map(content.keys.metrics.slice(0, firstColumns).map((key) => [key, columnOf(key, runs)]));
  const answer = (method, { key }) => {
    if (method === 'content') return [content, []];
    if (method !== 'column') return [null, []];
    const kept = made.get(key);
    if (kept) return [kept, []];
    const column = columnOf(key, runs);
    // What is moved is held by the page alone.
    return [column, [column.values.buffer, column.loggedNaN.buffer]];
  };
  globalThis.addEventListener('message', ({ data: { id, k, args } }) => {
    if (k === undefined) return;
    const [ok, moved] = answer(k, args);
    globalThis.postMessage({ re: id, ok }, moved);
  });
  globalThis.postMessage(heldBytes(content.attributes));
}

if (globalThis.document === undefined)
  globalThis.addEventListener('message', ({ data }) => answerAll(data), { once: true });

function contentOf(length, metrics) {
  const each = (value) => packTexts(Array.from({ length }, (_, row) => value(row)));
  const id = (row) => (row * 2654435761).toString(16).padStart(32, '0');
  const attributes = {
    length,
    runIds: each(id),
    runNames: each((row) => `brisk-fox-${row}`),
    experimentIds: each(() => '1'),
    userIds: each(() => 'ada'),
    statuses: new Uint8Array(length).fill(2),
    deleted: new Uint8Array(length),
    startTimes: Float64Array.from({ length }, (_, row) => 1.7e12 + row * 60_000),
    endTimes: Float64Array.from({ length }, (_, row) => 1.7e12 + row * 60_000 + 5000),
  };
  return {
    attributes,
    lengths: [length],
    keys: { metrics: Array.from({ length: metrics }, (_, i) => `metric ${i}`), params: [], tags: [], datasets: false },
    ...{
      more: false,
      historiesByRun: [false],
      favourites: [],
      notes: [],
      filter: '',
      orderBy: [],
      deleted: false,
      layout: {},
      bundle: {},
    },
    experimentNames: { '["local","1"]': 'many runs' },
    sources: [{ registry: 'local', experimentIds: ['1'] }],
    contract: { metrics: [], segments: [], seeds: [] },
  };
}

export function valuesOf(key, runs) {
  return randomValues(runs, Number(key.replace('metric ', '')) * 7919);
}

function columnOf(key, runs) {
  return { key, values: valuesOf(key, runs), loggedNaN: new Uint8Array(Math.ceil(runs / 8)) };
}

/** Of the attributes: a text has a byte for each character. */
function heldBytes(attributes) {
  return Object.values(attributes).reduce((sum, each) => {
    const { byteLength = 0, text = '', ends } = Object(each);
    return sum + byteLength + text.length + (ends?.byteLength ?? 0);
  }, 0);
}
