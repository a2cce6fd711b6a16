// @ts-check
import { atMost, median } from '../figures.mjs';
import { times } from './charts.mjs';
import { inTurns, openPage } from './pages.mjs';

/** @typedef {import('../figures.mjs').Figure} Figure */
/** @typedef {import('./pages.mjs').Sample} Sample */
/** @typedef {import('./charts.mjs').Bench} Bench */

const size = { runs: 100_000, metrics: 200 };
const what = '100,000 runs x 200 metrics';

/** @param {Bench} bench @returns {Promise<Figure[]>} */
export async function measureTable({ browser }) {
  const opened = await openedInTurns(browser, 3);
  const { ours, grid } = await shownInTurns(browser, 9);
  const page = await openPage(browser, 'table', size);
  const empty = await page.heldBytes();
  await page.draw('ours');
  const sorted = await sortsInTurns(page, 4);
  await page.draw('readAll');
  const held = (await page.heldBytes()) - empty;
  const { told: bytes } = await page.draw('bytes');
  const { scroll, scrollAcross } = await inTurns(page, ['scroll', 'scrollAcross'], 2);
  const steps = Number(await page.page.evaluate("import('/page/table.mjs').then(({ stepCount }) => stepCount)"));
  await page.close();
  const step = (/** @type {Sample[]} */ samples) => median(samples.map(({ work }) => work)) / steps;
  const mb = (/** @type {number} */ n) => `${Math.round(n / 1e6)} MB`;
  return [
    times(
      'table-shown',
      `${what} shown, by a bare canvas grid with the same messages and cells (in a new page, whose code runs for the first time, ${opened})`,
      'ms',
      ours,
      grid,
      1.3,
    ),
    atMost('table-scroll', `A step of five rows in ${what}, main thread`, step(scroll), 'ms', 16),
    atMost('table-across', `A step of a column in ${what}, main thread`, step(scrollAcross), 'ms', 16),
    times(
      'table-sort',
      `${what} sorted, from click to presented, by the bare sort of an index`,
      'ms',
      sorted.sort,
      sorted.bareSort,
      2,
    ),
    atMost(
      'table-heap',
      `${what} all read, heap by the bytes of the columns: ${mb(held)} by ${mb(bytes)}`,
      held / bytes,
      'x',
      1.3,
    ),
  ];
}

/** Each as a new table on a page where both were shown before, as all that is drawn here. @param {import('playwright-core').Browser} browser @param {number} rounds */
async function shownInTurns(browser, rounds) {
  const page = await openPage(browser, 'table', size);
  const samples = await inTurns(page, ['ours', 'grid'], rounds);
  await page.close();
  return samples;
}

/** A page for each time: how long its opening takes. @param {import('playwright-core').Browser} browser @param {number} rounds */
async function openedInTurns(browser, rounds) {
  const samples = { ours: /** @type {number[]} */ ([]), grid: /** @type {number[]} */ ([]) };
  for (let round = 0; round <= rounds; round++) {
    for (const name of /** @type {const} */ (['ours', 'grid'])) {
      const page = await openPage(browser, 'table', size);
      const { ms } = await page.draw(name);
      if (round > 0) samples[name].push(ms);
      await page.close();
    }
  }
  return `${Math.round(median(samples.ours))} ms by ${Math.round(median(samples.grid))} ms`;
}

/** Their own clocks: what is sorted by is found before. @param {import('./pages.mjs').BenchPage} page @param {number} rounds */
async function sortsInTurns(page, rounds) {
  const told = (/** @type {Sample[]} */ samples) => samples.map((sample) => ({ ...sample, ms: sample.told.ms }));
  const { sort, bareSort } = await inTurns(page, ['sort', 'bareSort'], rounds);
  return { sort: told(sort), bareSort: told(bareSort) };
}
