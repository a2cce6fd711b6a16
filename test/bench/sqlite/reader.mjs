// @ts-check
import { createInterface } from 'node:readline';
import { openStore } from '../stores.mjs';

/*
 * Answers questions about one database as the extension would: by the store's worker. Each answer tells how long it took.
 * Usage: reader.mjs FILE
 */

const store = openStore(`sqlite:///${process.argv[2]}`);
/** What the questions leave for the next ones. @type {{query: object, token?: string, held: unknown[]}} */
const state = { query: {}, held: [] };

/** @type {Record<string, (question: any) => Promise<object>>} */
const answers = {
  open: async () => store.describe({}),
  first: async ({ maxResults, orderBy }) => {
    state.query = { experimentIds: ['1'], view: 'active', maxResults, orderBy };
    delete state.token;
    return page();
  },
  next: page,
  histories: async ({ count, key }) => {
    const { table } = await store.runs.search({ experimentIds: ['1'], view: 'active', maxResults: count });
    const start = performance.now();
    const histories = await store.runs.histories({ runIds: table.runIds, key });
    const ms = performance.now() - start;
    state.held.push(histories);
    return { ms, points: histories.reduce((sum, { values }) => sum + values.length, 0) };
  },
};

async function page() {
  const { table, nextPageToken } = await store.runs.search({ ...state.query, pageToken: state.token });
  state.token = nextPageToken;
  state.held.push(table);
  return { rows: table.length, columns: [table.metrics, table.params, table.tags].flat().length };
}

for await (const line of createInterface(process.stdin)) {
  const { what, ...question } = JSON.parse(line);
  const start = performance.now();
  const answer = await answers[what]?.(question);
  console.log(JSON.stringify({ ms: performance.now() - start, ...answer }));
}
store.dispose();
