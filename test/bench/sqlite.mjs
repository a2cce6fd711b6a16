// @ts-check
import path from 'node:path';
import { atLeast, atMost, median } from './figures.mjs';
import { python, reader } from './sqlite/children.mjs';
import { databases } from './sqlite/databases.mjs';

/** @typedef {import('./figures.mjs').Figure} Figure */
/** @typedef {import('./sqlite/children.mjs').Child} Child */

const times = 7;
/** MLflow's own store takes seconds: of the histories it reads a fifth, which counts five times. */
const slowTimes = 5;

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
    ...(await histories(file('history.db'), file('old.db'))),
  ];
}

/** @param {string} file */
async function tables(file) {
  const sides = { ours: reader(file), plain: python('plain.py', file) };
  const measured = await rounds(sides, times, async ({ ours, plain }) => ({
    ours: ms(await ours.ask({ what: 'first', maxResults: 1000 }), { rows: 1000, columns: 41 }),
    theirs: ms(await plain.ask({ what: 'tables' }), { rows: 42_000 }),
  }));
  const mlflow = await rounds(
    { mlflow: python('mlflow_store.py', file), ours: reader(file) },
    slowTimes,
    async (sides) => ({
      theirs: ms(await sides.mlflow.ask({ what: 'search', count: 1000 }), { found: 1000 }),
      ours: ms(await sides.ours.ask({ what: 'first', maxResults: 1000 }), { rows: 1000 }),
    }),
  );
  return [
    ratio('table', "1,000 runs x 41 cells as RunTable, by Python's sqlite3 fetching the same tables", measured, 1.5),
    faster('table-mlflow', 'SqlAlchemyStore.search_runs of the same, by ours', mlflow, 20),
  ];
}

/** @param {string} big @param {string} small */
async function pages(big, small) {
  const sides = { ours: reader(big), plain: python('plain.py', big), ofFew: reader(small) };
  const query = { maxResults: 50 };
  const byMetric = { ...query, orderBy: ['metrics.metric_07 DESC'] };
  const measured = await rounds(sides, times, async ({ ours, plain, ofFew }) => {
    await plain.ask({ what: 'write' });
    const newest = ms(await plain.ask({ what: 'newest' }), { rows: 50 });
    const first = ms(await ours.ask({ what: 'first', ...query }), { rows: 50 });
    await ofFew.ask({ what: 'first', ...query });
    const next = ms(await ours.ask({ what: 'next' }), { rows: 50 });
    const nextOfFew = ms(await ofFew.ask({ what: 'next' }), { rows: 50 });
    const scan = ms(await plain.ask({ what: 'key' }), { rows: 100_000 });
    const ordered = ms(await ours.ask({ what: 'first', ...byMetric }), { rows: 50 });
    return { newest, first, next, nextOfFew, scan, ordered };
  });
  const pair = (/** @type {string} */ ours, /** @type {string} */ theirs) => ({
    ours: measured[ours] ?? [],
    theirs: measured[theirs] ?? [],
  });
  return [
    ratio('newest', 'First page of 50 newest of 100,000 runs, by the bare SELECT', pair('first', 'newest'), 1.5),
    ratio('next', 'Its next page, by that of 1,000 runs', pair('next', 'nextOfFew'), 3),
    ratio('by-metric', 'First page by a metric, by one scan of its values', pair('ordered', 'scan'), 2),
  ];
}

/** @param {string} file @param {string} old */
async function histories(file, old) {
  const question = { what: 'histories', count: 50, key: 'metric_00' };
  const all = { points: 500_000 };
  const schemas = await rounds({ ofOld: reader(old), ofNew: reader(file) }, times, async ({ ofOld, ofNew }) => ({
    ours: ms(await ofOld.ask(question), all),
    theirs: ms(await ofNew.ask(question), all),
  }));
  const mlflow = await rounds(
    { mlflow: python('mlflow_store.py', file), ours: reader(file) },
    slowTimes,
    async (sides) => ({
      theirs: 5 * ms(await sides.mlflow.ask({ ...question, count: 10 }), { found: 100_000 }),
      ours: ms(await sides.ours.ask(question), all),
    }),
  );
  return [
    faster('histories', "MLflow's get_metric_history of 50 runs x 10,000 points, by ours", mlflow, 25),
    ratio('histories-old', 'Ours on a schema before 3.13, by ours on the newest', schemas, 1.2),
  ];
}

/**
 * Rounds of `ask`, after one that is not counted; ends the children.
 * @template {Record<string, Child>} Sides
 * @param {Sides} sides
 * @param {number} count
 * @param {(sides: Sides) => Promise<Record<string, number>>} ask
 */
async function rounds(sides, count, ask) {
  const measured = /** @type {Record<string, number[]>} */ ({});
  await ask(sides);
  for (let i = 0; i < count; i += 1) {
    for (const [what, value] of Object.entries(await ask(sides))) (measured[what] ??= []).push(value);
  }
  for (const side of Object.values(sides)) await side.end();
  return measured;
}

/**
 * The time of an answer that is what was asked for.
 * @param {any} answer @param {Record<string, number>} expected @returns {number}
 */
function ms(answer, expected) {
  for (const [name, value] of Object.entries(expected)) {
    if (answer[name] !== value) throw new Error(`${name} is ${answer[name]} instead of ${value}`);
  }
  return answer.ms;
}

/** @typedef {Record<string, number[]>} Measured with `ours` and `theirs` */

/** @param {string} id @param {string} what @param {Measured} measured @param {number} target */
function ratio(id, what, measured, target) {
  return atMost(
    `sqlite-${id}`,
    detail(what, measured, 'ours', 'theirs'),
    quotient(measured, 'ours', 'theirs'),
    'x',
    target,
  );
}

/** @param {string} id @param {string} what @param {Measured} measured @param {number} target */
function faster(id, what, measured, target) {
  return atLeast(
    `sqlite-${id}`,
    detail(what, measured, 'theirs', 'ours'),
    quotient(measured, 'theirs', 'ours'),
    'x',
    target,
  );
}

/** @param {Measured} measured @param {string} above @param {string} below */
function quotient(measured, above, below) {
  return median((measured[above] ?? []).map((value, i) => value / (measured[below]?.[i] ?? NaN)));
}

/** @param {string} what @param {Measured} measured @param {string} above @param {string} below */
function detail(what, measured, above, below) {
  const [a, b] = [above, below].map((side) => median(measured[side] ?? []).toFixed(1));
  return `${what}: ${a} ms by ${b} ms, medians of ${measured[above]?.length}`;
}
