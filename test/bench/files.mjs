// @ts-check
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { inRepo, venvPython } from '../harness/paths.mjs';
import { atLeast, atMost, median } from './figures.mjs';
import { openStore } from './stores.mjs';

/** @typedef {import('./figures.mjs').Figure} Figure */
/** @typedef {ReturnType<typeof openStore>} Store */

const runs = 2000;
const times = 7;
const everything = { experimentIds: ['1'], view: 'active', maxResults: 2 * runs };
const firstPage = { ...everything, maxResults: 50 };

/**
 * Speed on a file store of 2,000 runs (102,001 files) in a warm file cache, by what `tar | cat` of the same tree takes:
 * each round measures both, so that a busy machine slows both.
 * @returns {Promise<Figure[]>}
 */
export async function measureFiles() {
  const root = tree();
  const measured = /** @type {Record<string, number[]>} */ ({});
  const note = (/** @type {string} */ what, /** @type {number} */ ms) => (measured[what] ??= []).push(ms);
  await round(root, () => undefined);
  for (let i = 0; i < times; i += 1) await round(root, note);
  const by = (/** @type {string} */ what) =>
    median((measured[what] ?? []).map((ms, i) => ms / (measured['tar']?.[i] ?? NaN)));
  const row = (/** @type {string} */ id, /** @type {string} */ what, /** @type {number} */ target) => {
    const [ours, tar] = [median(measured[id] ?? []), median(measured['tar'] ?? [])].map(Math.round);
    return atMost(
      `files-${id}`,
      `${what}, by tar | cat: ${ours} ms by ${tar} ms, medians of ${times}`,
      by(id),
      'x',
      target,
    );
  };
  const theirs = mlflowTimes(root);
  const ours = median(measured['all'] ?? []);
  return [
    row('all', 'All 2,000 runs of mlruns with their latest values, worker started', 1.5),
    atLeast(
      'files-mlflow',
      `MLflow's FileStore.search_runs of the same: ${Math.round(median(theirs))} ms by ${Math.round(ours)} ms, medians of ${theirs.length}`,
      median(theirs) / ours,
      'x',
      10,
    ),
    row('first', 'First 50 of 2,000 runs of mlruns, worker started', 0.08),
    row('refresh', 'All 2,000 runs of mlruns again, nothing changed', 0.06),
  ];
}

/**
 * @param {string} root
 * @param {(what: string, ms: number) => void} note
 */
async function round(root, note) {
  note('tar', await timed(() => tar(root)));
  await withStore(root, async (store) => note('first', await timed(() => search(store, firstPage, 50))));
  await withStore(root, async (store) => {
    note('all', await timed(() => search(store, everything, runs)));
    note('refresh', await timed(() => search(store, everything, runs)));
  });
}

/**
 * @param {string} root
 * @param {(store: Store) => Promise<void>} use
 */
async function withStore(root, use) {
  const store = openStore(root);
  // A store's worker does not keep a process alive.
  const awake = setInterval(() => undefined, 1000);
  try {
    await use(store);
  } finally {
    clearInterval(awake);
    store.dispose();
  }
}

/**
 * @param {Store} store
 * @param {object} query
 * @param {number} expected
 */
async function search(store, query, expected) {
  const { table } = await store.runs.search(query);
  if (table.length !== expected) throw new Error(`${table.length} runs instead of ${expected}`);
}

/** GNU tar reads no file when it writes to /dev/null itself. @param {string} root */
function tar(root) {
  const { status } = spawnSync('sh', ['-c', 'tar cf - -C "$0" . | cat > /dev/null', root]);
  if (status !== 0) throw new Error('tar failed');
}

/** @param {() => unknown} work @returns {Promise<number>} ms */
async function timed(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** @param {string} root @returns {number[]} ms of five searches in one process, after one that is not counted */
function mlflowTimes(root) {
  const env = { ...process.env, MLFLOW_ALLOW_FILE_STORE: 'true' };
  const script = inRepo('test', 'bench', 'search_tree.py');
  return JSON.parse(execFileSync(venvPython(), [script, root, String(runs)], { env, encoding: 'utf8' }));
}

/** The tree, made once and kept between runs of the bench. */
function tree() {
  const root = inRepo('out', 'bench', `mlruns-${runs}`);
  if (existsSync(root)) return root;
  const unfinished = `${root}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(path.dirname(root), { recursive: true });
  execFileSync(venvPython(), [inRepo('test', 'bench', 'make_tree.py'), unfinished, String(runs)], { stdio: 'pipe' });
  renameSync(unfinished, root);
  return root;
}
