// @ts-nocheck
import { randomValues } from './data.mjs';

/** Stands in for VS Code and the host: answers as they do, by messages that are copied. */
export function startHost({ runs, metrics }) {
  const content = contentOf(runs, metrics);
  let state = { charts: { folded: 'charts' } };
  const answer = (method, args) => {
    if (method === 'content') return [content, []];
    if (method !== 'column') return [null, []];
    const column = columnOf(args.key, runs);
    // What is moved is held by the page alone.
    return [column, [column.values.buffer, column.loggedNaN.buffer]];
  };
  globalThis.acquireVsCodeApi = () => ({
    getState: () => state,
    setState: (next) => (state = next),
    postMessage: ({ id, k, args }) => {
      if (k === undefined) return;
      const [ok, moved] = answer(k, args);
      setTimeout(() => globalThis.postMessage({ re: id, ok }, '*', moved));
    },
  });
  return heldBytes(content.attributes);
}

function contentOf(length, metrics) {
  const each = (value) => Array.from({ length }, (_, row) => value(row));
  const id = (row) => (row * 2654435761).toString(16).padStart(32, '0');
  const attributes = {
    length,
    runIds: each(id),
    runNames: each((row) => `brisk-fox-${row}`),
    experimentIds: each(() => '1'),
    userIds: each(() => 'ada'),
    artifactUris: each((row) => `/home/ada/mlartifacts/1/${id(row)}/artifacts`),
    statuses: new Uint8Array(length).fill(2),
    deleted: new Uint8Array(length),
    startTimes: Float64Array.from({ length }, (_, row) => 1.7e12 + row * 60_000),
    endTimes: Float64Array.from({ length }, (_, row) => 1.7e12 + row * 60_000 + 5000),
    metrics: [],
    params: [],
    tags: [],
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

/** Of the attributes: a text is a pointer, a header of 12 bytes and a byte for each character, filled up to 4. */
function heldBytes(attributes) {
  let bytes = 0;
  for (const array of Object.values(attributes)) {
    if (ArrayBuffer.isView(array)) bytes += array.byteLength;
    else if (Array.isArray(array)) {
      const texts = new Set(array);
      bytes += array.length * 4;
      for (const text of texts) bytes += 12 + Math.ceil(text.length / 4) * 4;
    }
  }
  return bytes;
}
