// @ts-check
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { inRepo, scratchDir, venvPython } from '../harness/paths.mjs';
import { atLeast, atMost, median } from './figures.mjs';
import { start } from './sqlite/children.mjs';

/** @typedef {import('./figures.mjs').Figure} Figure */
/** @typedef {import('./sqlite/children.mjs').Child} Child */

const runs = 2000;
const metrics = Array.from({ length: 20 }, (_, i) => `metric_${String(i).padStart(2, '0')}`);
const times = 7;
/** MLflow takes ten times as long. */
const slowTimes = 5;

/**
 * Speed on a file store of 2,000 runs (102,001 files) in a warm file cache, by what `tar | cat` of the same tree takes:
 * each round measures both, so that a busy machine slows both.
 * @returns {Promise<Figure[]>}
 */
export async function measureFiles() {
  const root = tree();
  const rounds = await measured(root);
  const ratioOf = (/** @type {keyof Round} */ what) => median(rounds.map((round) => round[what] / round.tar));
  const row = (/** @type {keyof Round} */ id, /** @type {string} */ what, /** @type {number} */ target) => {
    const [ours, tar] = [median(rounds.map((round) => round[id])), median(rounds.map((round) => round.tar))];
    const detail = `${what}, by tar | cat: ${Math.round(ours)} ms by ${Math.round(tar)} ms, medians of ${times}`;
    return atMost(`files-${id}`, detail, ratioOf(id), 'x', target);
  };
  return [
    row('all', 'All 2,000 runs of mlruns with their latest values', 1.5),
    await besideMlflow(root),
    row('first', 'First 50 of 2,000 runs of mlruns', 0.08),
    row('refresh', 'Runs table of 2,000 runs of mlruns with all its columns again, nothing changed', 0.06),
    row('reopen', 'Runs table of 2,000 runs of mlruns with all its columns in the next window, from the cache', 0.1),
    row('verified', 'All 2,000 runs of mlruns in the next window, every file looked at', 0.45),
    ...(await inTheHost(root)),
  ];
}

/** ms of each. @typedef {{tar: number, first: number, all: number, refresh: number, reopen: number, verified: number}} Round */

/** @param {string} root @returns {Promise<Round[]>} after one that is not counted */
async function measured(root) {
  /** @type {Round[]} */
  const rounds = [];
  for (let i = 0; i <= times; i += 1) rounds.push(await round(root));
  return rounds.slice(1);
}

/** @param {string} root @returns {Promise<Round>} */
async function round(root) {
  const storageDir = scratchDir('bench-files');
  rmSync(storageDir, { recursive: true, force: true });
  const all = { what: 'search', count: 2 * runs };
  const again = { what: 'frame' };
  try {
    return {
      tar: tar(root),
      first: await asked(root, async (ask) => ms(await ask({ what: 'search', count: 50 }), 50)),
      ...(await asked(
        root,
        async (ask) => {
          const read = { all: ms(await ask(all), runs) };
          const refreshes = [ms(await ask(again), runs), ms(await ask(again), runs), ms(await ask(again), runs)];
          await ask({ what: 'saved', storageDir });
          return { ...read, refresh: median(refreshes) };
        },
        storageDir,
      )),
      reopen: await asked(root, async (ask) => ms(await ask(again), runs), storageDir),
      verified: await asked(root, async (ask) => ms(await ask(all), runs), storageDir),
    };
  } finally {
    rmSync(storageDir, { recursive: true, force: true });
  }
}

/**
 * Asks a fresh process in which the store was just opened.
 * @template T
 * @param {string} root
 * @param {(ask: Child['ask']) => Promise<T>} use
 * @param {string} [storageDir]
 */
async function asked(root, use, storageDir) {
  const child = asker(root);
  try {
    await child.ask({ what: 'open', storageDir });
    return await use(child.ask);
  } finally {
    await child.end();
  }
}

/** @param {string} root */
const asker = (root) => start(process.execPath, [inRepo('test', 'bench', 'files', 'asker.mjs'), root]);

/** @param {{ms: number, rows: number}} answer @param {number} expected */
function ms(answer, expected) {
  if (answer.rows !== expected) throw new Error(`${answer.rows} runs instead of ${expected}`);
  return answer.ms;
}

/** GNU tar reads no file when it writes to /dev/null itself. @param {string} root @returns {number} ms */
function tar(root) {
  const before = performance.now();
  const { status } = spawnSync('sh', ['-c', 'tar cf - -C "$0" . | cat > /dev/null', root]);
  if (status !== 0) throw new Error('tar failed');
  return performance.now() - before;
}

/** @param {string} root */
async function besideMlflow(root) {
  const theirs = start(venvPython(), [inRepo('test', 'bench', 'files', 'search_tree.py'), root]);
  /** @type {{ours: number, theirs: number}[]} */
  const rounds = [];
  for (let i = 0; i <= slowTimes; i += 1) {
    const answer = await theirs.ask({ count: runs });
    if (answer.found !== runs) throw new Error(`MLflow found ${answer.found} runs`);
    const ours = await asked(root, async (ask) => ms(await ask({ what: 'search', count: 2 * runs }), runs));
    rounds.push({ ours, theirs: answer.ms });
  }
  await theirs.end();
  const counted = rounds.slice(1);
  const [slow, fast] = [median(counted.map((each) => each.theirs)), median(counted.map((each) => each.ours))];
  const what = `MLflow's FileStore.search_runs of the same: ${Math.round(slow)} ms by ${Math.round(fast)} ms, medians of ${slowTimes}`;
  return atLeast('files-mlflow', what, median(counted.map((each) => each.theirs / each.ours)), 'x', 10);
}

/** What the process that asks feels. @param {string} root @returns {Promise<Figure[]>} */
async function inTheHost(root) {
  return asked(root, async (ask) => {
    /** @type {{ours: number, control: number}[]} */
    const blocks = [];
    for (let i = 0; i < slowTimes; i += 1) blocks.push(await ask({ what: 'blocks', count: 2 * runs }));
    const [ours, control] = [median(blocks.map((each) => each.ours)), median(blocks.map((each) => each.control))];
    const { growth, bytes } = await ask({ what: 'histories', count: runs, keys: metrics });
    const mb = (/** @type {number} */ size) => Math.round(size / 1e6);
    const held = `Memory that came with ${runs * metrics.length} histories held: ${mb(growth)} MB by ${mb(bytes)} MB of arrays`;
    return [
      atMost(
        'files-block',
        `Longest block while 2,000 runs are read (control ${Math.round(control)} ms)`,
        ours,
        'ms',
        50,
      ),
      atMost('files-memory', held, growth / bytes, 'x', 3),
    ];
  });
}

/** The tree, made once and kept between runs of the bench. */
function tree() {
  const root = inRepo('out', 'bench', `mlruns-${runs}`);
  if (existsSync(root)) return root;
  const unfinished = `${root}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(path.dirname(root), { recursive: true });
  const script = inRepo('test', 'bench', 'files', 'make_tree.py');
  execFileSync(venvPython(), [script, unfinished, String(runs)], { stdio: 'pipe' });
  renameSync(unfinished, root);
  return root;
}
