// @ts-check
import { copyFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { atLeast, atMost, median } from './figures.mjs';
import { python, reader } from './sqlite/children.mjs';
import { databases } from './sqlite/databases.mjs';
import { checked, faster, ratio, rounds } from './sqlite/rounds.mjs';

/** @typedef {import('./figures.mjs').Figure} Figure */

const times = 7;
/** What takes seconds: MLflow's own store, and a writer whose slowest commits are wanted. */
const slowTimes = 5;

const page = { what: 'first', maxResults: 50 };
const pageByMetric = { ...page, orderBy: ['metrics.metric_07 DESC'] };
const wholeTable = { what: 'first', maxResults: 1000 };
const chart = { what: 'histories', count: 50, key: 'metric_00' };

/**
 * Speed on SQLite stores. Each round asks both sides, each in a process of its own, so that a busy machine slows both.
 * @returns {Promise<Figure[]>}
 */
export async function measureSqlite() {
  const folder = databases();
  const file = (/** @type {string} */ name) => path.join(folder, name);
  return [
    ...(await tables(file('table.db'))),
    ...(await pages(file('big.db'), file('small.db'))),
    ...(await frames(file('big.db'))),
    ...(await histories(file('history.db'), file('old.db'))),
    ...(await besideWriter(file('history.db'))),
    ...(await storm(file('history.db'))),
    ...(await inHost(file('table.db'), file('big.db'), file('history.db'))),
  ];
}

/** @param {string} file */
async function tables(file) {
  const ours = { rows: 1000, columns: 41 };
  const plain = await rounds({ reader: reader(file), python: python('plain.py', file) }, times, async (sides) => ({
    theirs: checked(await sides.python.ask({ what: 'tables' }), { rows: 42_000 }).ms,
    ours: checked(await sides.reader.ask(wholeTable), ours).ms,
  }));
  const mlflowSides = { reader: reader(file), mlflow: python('mlflow_store.py', file) };
  const mlflow = await rounds(mlflowSides, slowTimes, async (sides) => ({
    theirs: checked(await sides.mlflow.ask({ what: 'search', count: 1000 }), { found: 1000 }).ms,
    ours: checked(await sides.reader.ask(wholeTable), ours).ms,
  }));
  return [
    ratio('table', "1,000 runs x 41 cells as RunTable, by Python's sqlite3 fetching the same tables", plain, 1.5),
    faster('table-mlflow', 'SqlAlchemyStore.search_runs of the same, by ours', mlflow, 20),
  ];
}

/**
 * @param {string} big
 * @param {string} small
 */
async function pages(big, small) {
  const sides = { many: reader(big), few: reader(small), timed: reader(big, 'timed'), python: python('plain.py', big) };
  const full = { rows: 50 };
  const measured = await rounds(sides, times, async ({ many, few, timed, python }) => {
    // What was kept of the last round is not good any more.
    await python.ask({ what: 'write' });
    const newest = checked(await python.ask({ what: 'newest' }), full).ms;
    const first = checked(await many.ask(page), full).ms;
    const next = checked(await many.ask({ what: 'next' }), full).ms;
    await few.ask(page);
    const nextOfFew = checked(await few.ask({ what: 'next' }), full).ms;
    const scan = checked(await python.ask({ what: 'key' }), { rows: 100_000 }).ms;
    const byMetric = checked(await many.ask(pageByMetric), full).ms;
    const { statement, used } = checked(await timed.ask(pageByMetric), full);
    return { newest, first, next, nextOfFew, scan, byMetric, statement, used };
  });
  return [
    ratio('newest', 'First page of 50 newest of 100,000 runs, by the bare SELECT', measured, 1.5, ['first', 'newest']),
    ratio('next', 'Its next page, by that of 1,000 runs', measured, 3, ['next', 'nextOfFew']),
    ratio('by-metric', 'First page by a metric, by one scan of its values', measured, 2, ['byMetric', 'scan']),
    statementFigure(measured['statement'] ?? [], measured['used'] ?? []),
  ];
}

/**
 * A Runs panel on 100,000 runs x 20 metrics: its rows, and a column when it is shown.
 * @param {string} big
 */
async function frames(big) {
  const all = { rows: 100_000 };
  const sides = { reader: reader(big), timed: reader(big, 'timed'), python: python('plain.py', big) };
  const measured = await rounds(sides, times, async ({ reader, timed, python }) => {
    const { ms: open, block } = checked(await reader.ask({ what: 'frame' }), all);
    const scan = checked(await python.ask({ what: 'key' }), all).ms;
    const column = checked(await reader.ask({ what: 'column', group: 'metrics', key: 'metric_07' }), all).ms;
    const texts = checked(await reader.ask({ what: 'column', group: 'params', key: 'param_01' }), all).ms;
    await reader.ask({ what: 'closed' });
    const { statement } = checked(await timed.ask({ what: 'frame' }), all);
    await timed.ask({ what: 'closed' });
    return { open, block, scan, column, texts, statement };
  });
  const [open, texts] = [median(measured['open'] ?? []), median(measured['texts'] ?? [])];
  const what = `Rows of a frame of 100,000 runs, median of ${times}; a column of params takes ${texts.toFixed(0)} ms, the host's longest block is${each(measured['block'] ?? [])}, the longest statement${each(measured['statement'] ?? [])}`;
  return [
    atMost('sqlite-frame', what, open, 'ms', 1000),
    ratio('frame-column', 'Its column of a metric, by one scan of its values', measured, 1.5, ['column', 'scan']),
  ];
}

/**
 * @param {number[]} held
 * @param {number[]} used
 * @returns {Figure}
 */
function statementFigure(held, used) {
  const what = `Longest statement of that, median of${each(held)}, of which it used the processor${each(used)}`;
  const figure = atMost('sqlite-statement', what, median(held), 'ms', 50);
  return figure.met || median(used) > 50 ? figure : { ...figure, what: `${what}; invalid: others used it`, met: null };
}

/**
 * @param {string} file
 * @param {string} old
 */
async function histories(file, old) {
  const all = { points: 500_000 };
  const schemas = await rounds({ ofOld: reader(old), ofNew: reader(file) }, times, async ({ ofOld, ofNew }) => ({
    ours: checked(await ofOld.ask(chart), all).ms,
    theirs: checked(await ofNew.ask(chart), all).ms,
  }));
  const mlflowSides = { reader: reader(file), mlflow: python('mlflow_store.py', file) };
  const mlflow = await rounds(mlflowSides, slowTimes, async (sides) => ({
    // A fifth of the runs, which counts five times: all would take a minute.
    theirs: 5 * checked(await sides.mlflow.ask({ ...chart, count: 10 }), { found: 100_000 }).ms,
    ours: checked(await sides.reader.ask(chart), all).ms,
  }));
  return [
    faster('histories', "MLflow's get_metric_history of 50 runs x 10,000 points, by ours", mlflow, 25),
    ratio('histories-old', 'Ours on a schema before 3.13, by ours on the newest', schemas, 1.2),
  ];
}

/** @param {string} file */
async function besideWriter(file) {
  const copy = path.join(path.dirname(file), 'written.db');
  copyFileSync(file, copy);
  let errors = 0;
  const measured = await rounds(
    { reader: reader(copy), writer: python('writer.py', copy) },
    slowTimes,
    async (sides) => {
      const log = { what: 'write', seconds: 5 };
      const alone = await sides.writer.ask(log);
      const [beside] = await Promise.all([sides.writer.ask(log), sides.reader.ask({ what: 'watch', seconds: 5 })]);
      errors += Number(alone.errors) + Number(beside.errors);
      return { ours: beside.p99, theirs: alone.p99 };
    },
  );
  rmSync(copy);
  const what =
    "A writer's slowest commits (p99) while we look each second and open a chart of 50 runs, by the same alone";
  return [
    ratio('writer', what, measured, 2),
    atMost('sqlite-lock-errors', 'Lock errors of that writer', errors, 'errors', 0),
  ];
}

/**
 * A training run that logs a thousand rows a second for a minute, while its store is shown.
 * @param {string} file
 */
async function storm(file) {
  const copy = path.join(path.dirname(file), 'storm.db');
  copyFileSync(file, copy);
  // Which does nothing but wait, at the same time: a stall of the machine meets it as well.
  const sides = { reader: reader(copy), idle: reader(copy), writer: python('writer.py', copy) };
  const [windows, seconds, metrics] = [12, 5, 10];
  // Its worker starts before: that is no part of the storm.
  await sides.reader.ask(page);
  /** @type {Held[]} */
  const held = [];
  const look = async () => {
    for (let i = 0; i < windows; i += 1) {
      const [ours, control] = await Promise.all([
        sides.reader.ask({ what: 'watch', seconds, chart: i === 0 }),
        sides.idle.ask({ what: 'control', ms: seconds * 1000 }),
      ]);
      held.push({ block: ours.block, used: ours.blockUsed, control: control.block });
    }
  };
  const total = windows * seconds;
  const write = { what: 'write', seconds: total, metrics, storm: true };
  const [written] = await Promise.all([sides.writer.ask(write), look()]);
  await Promise.all(Object.values(sides).map((side) => side.end()));
  rmSync(copy);
  const rate = `Rows a second of a writer that logs 1,000 for ${total} s while we look each second; its slowest commits (p99) took ${written.p99.toFixed(1)} ms`;
  return [
    atLeast('sqlite-storm', rate, written.rows / total, 'rows/s', 950),
    atMost('sqlite-storm-errors', 'Lock errors of that writer', written.errors, 'errors', 0),
    hostFigure('sqlite-storm-block', `Longest block of the host in each ${seconds} s of that`, held),
  ];
}

/**
 * What the thread that asks feels: the longest block of its event loop, beside a control in which nothing is asked, and
 * how far its memory grows by the arrays that it is given.
 * @param {string} table
 * @param {string} big
 * @param {string} history
 */
async function inHost(table, big, history) {
  const sides = { table: reader(table), big: reader(big), history: reader(history) };
  const measured = await rounds(sides, times, async ({ table, big, history }) => {
    /** @type {{ms: number, block: number, blockUsed: number}[]} */
    const answers = [
      await table.ask(wholeTable),
      await big.ask(page),
      await big.ask({ what: 'next' }),
      await big.ask(pageByMetric),
      await history.ask(chart),
    ];
    const ms = answers.reduce((sum, answer) => sum + answer.ms, 0);
    return {
      block: Math.max(...answers.map(({ block }) => block)),
      used: Math.max(...answers.map(({ blockUsed }) => blockUsed)),
      control: (await big.ask({ what: 'control', ms })).block,
    };
  });
  const { block = [], used = [], control = [] } = measured;
  const held = block.map((ms, i) => ({ block: ms, used: used[i] ?? 0, control: control[i] ?? 0 }));
  const grown = [];
  for (let i = 0; i < slowTimes; i += 1) grown.push(await growth(history));
  return [
    hostFigure('sqlite-block', 'Longest block of the host while all of these run', held),
    atMost('sqlite-memory', 'Growth of memory by the bytes of the histories of 50 runs', median(grown), 'x', 3),
  ];
}

/**
 * What holds the thread is judged by the clock; where the machine stalls the control too, by the processor time that the
 * thread used meanwhile, which nobody else can take.
 * @typedef {{block: number, used: number, control: number}} Held ms
 * @param {string} id
 * @param {string} title
 * @param {Held[]} held
 * @returns {Figure}
 */
function hostFigure(id, title, held) {
  const [blocks, used, control] = [
    held.map((one) => one.block),
    held.map((one) => one.used),
    held.map((one) => one.control),
  ];
  const what = `${title}${each(blocks)}, of which it used the processor${each(used)}; control${each(control)}`;
  const byClock = atMost(id, what, Math.max(...blocks), 'ms', 50);
  if (byClock.met || Math.max(...control) <= 50) return byClock;
  return atMost(id, `${what}; the control is over it, so by the processor`, Math.max(...used), 'ms', 50);
}

/** In a process of its own, in which a page was read before. @param {string} file */
async function growth(file) {
  const side = reader(file);
  await side.ask(page);
  const { grown, bytes } = await side.ask(chart);
  await side.end();
  return Number(grown) / Number(bytes);
}

/** @param {number[]} values ms */
function each(values) {
  return ` (${values.map((value) => value.toFixed(1)).join(', ')} ms)`;
}
