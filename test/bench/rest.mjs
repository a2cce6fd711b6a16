// @ts-check
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { startMlflowServer } from '../harness/mlflowServer.mjs';
import { scratchDir } from '../harness/paths.mjs';
import { atMost, blockFigure, median } from './figures.mjs';
import { databases } from './sqlite/databases.mjs';
import { openStore } from './stores.mjs';

/** @typedef {import('./figures.mjs').Figure} Figure */

const runs = 1000;
const times = 7;
const query = { experimentIds: ['1'], view: 'active', maxResults: runs };
const body = JSON.stringify({ experiment_ids: ['1'], run_view_type: 'ACTIVE_ONLY', max_results: runs });

/**
 * Speed on a real server with 1,000 runs of 41 cells: each round asks it once by curl and once as the extension does.
 * @returns {Promise<Figure[]>}
 */
export async function measureRest() {
  const folder = path.join(scratchDir('bench-rest'), 'store');
  mkdirSync(folder, { recursive: true });
  copyFileSync(path.join(databases(), 'table.db'), path.join(folder, 'mlflow.db'));
  const server = await startMlflowServer({ folder });
  const store = openStore(server.url);
  try {
    await search(store);
    const rounds = [];
    for (let i = 0; i < times; i += 1) {
      const control = await blocked(() => pause(1000));
      rounds.push({ curl: timed(() => curl(server.url)), ours: await blocked(() => search(store)), control });
    }
    return figures(rounds);
  } finally {
    store.dispose();
    await server.stop();
    rmSync(path.dirname(folder), { recursive: true, force: true });
  }
}

/** @typedef {{ms: number, max: number}} Timed `max`: the longest block of this thread meanwhile, in ms */

/** @param {{curl: number, ours: Timed, control: Timed}[]} rounds @returns {Figure[]} */
function figures(rounds) {
  const [we, they] = [median(rounds.map((r) => r.ours.ms)), median(rounds.map((r) => r.curl))].map(Math.round);
  const blocks = rounds.flatMap((r) => [
    { what: 'rest', max: r.ours.max },
    { what: 'control', max: r.control.max },
  ]);
  return [
    atMost(
      'rest-runs',
      `1,000 runs x 41 cells of a server, by curl of the same page: ${we} ms by ${they} ms, medians of ${times}`,
      median(rounds.map((r) => r.ours.ms / r.curl)),
      'x',
      1.2,
    ),
    blockFigure(blocks, 'rest', 50),
  ];
}

/** @param {() => Promise<void>} work @returns {Promise<Timed>} */
async function blocked(work) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const start = performance.now();
  await work();
  const ms = performance.now() - start;
  delay.disable();
  return { ms, max: delay.max / 1e6 };
}

/** @param {ReturnType<typeof openStore>} store */
async function search(store) {
  const { table } = await store.runs.search(query);
  if (table.length !== runs) throw new Error(`${table.length} runs instead of ${runs}`);
}

/** @param {string} url */
function curl(url) {
  const address = `${url}/api/2.0/mlflow/runs/search`;
  const args = ['-sSf', '-o', '/dev/null', '-H', 'Content-Type: application/json', '-d', body, address];
  const { status, stderr } = spawnSync('curl', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`curl failed: ${stderr}`);
}

/** @param {() => void} work @returns {number} ms */
function timed(work) {
  const start = performance.now();
  work();
  return performance.now() - start;
}
