// @ts-check
import { atLeast, atMost, median } from '../figures.mjs';
import { inTurns, openPage } from './pages.mjs';

/** @typedef {import('../figures.mjs').Figure} Figure */
/** @typedef {import('./pages.mjs').Sample} Sample */
/** Where pages are opened, and the scripts that they need. @typedef {{browser: import('playwright-core').Browser, ours: string, plotly: string, echarts: string}} Bench */

/** @param {Bench} bench @returns {Promise<Figure[]>} */
export async function measureLines({ browser, ours, plotly }) {
  const page = await openPage(browser, 'lines', { runs: 50, points: 10_000 }, [ours, plotly]);
  const first = await inTurns(page, ['ours', 'canvas', 'plotly'], 5);
  const zoom = await inTurns(page, ['zoomOurs', 'zoomCanvas', 'zoomPlotly'], 5);
  await page.close();
  const what = '50 runs x 10,000 points presented';
  const zoomed = 'A zoom into 50 runs x 10,000 points presented';
  return [
    times('line-50x10k', `${what}, by a canvas`, 'ms', first.ours, first.canvas, 2.5),
    faster('line-plotly', `${what}, Plotly by ours`, first.plotly, first.ours, 4),
    times('zoom-50x10k', `${zoomed}, by a canvas`, 'ms', zoom.zoomOurs, zoom.zoomCanvas, 2.5),
    faster('zoom-plotly', `${zoomed}, Plotly by ours`, zoom.zoomPlotly, zoom.zoomOurs, 10),
  ];
}

/** @param {Bench} bench @returns {Promise<Figure[]>} */
export async function measureManyLines({ browser, ours }) {
  const page = await openPage(browser, 'lines', { runs: 500, points: 1000 }, [ours]);
  const { ours: drawn, canvas } = await inTurns(page, ['ours', 'canvas'], 7);
  const { moves } = await inTurns(page, ['moves'], 3);
  const count = await page.page.evaluate("import('/page/lines.mjs').then(({ moveCount }) => moveCount)");
  await page.close();
  const move = median(moves.map(({ work }) => work)) / Number(count);
  return [
    times('line-500x1k', '500 runs x 1,000 points presented, by a canvas', 'ms', drawn, canvas, 2),
    atMost('line-move', 'A move of the mouse over 500 lines, main thread until presented', move, 'ms', 16),
  ];
}

/** @param {Bench} bench @returns {Promise<Figure[]>} */
export async function measureParallel({ browser, ours, echarts }) {
  const page = await openPage(browser, 'parallel', { runs: 10_000, axes: 8 }, [ours, echarts]);
  const { ours: brushed, echarts: theirs } = await inTurns(page, ['ours', 'echarts'], 2);
  await page.close();
  const what = 'Three brushes in turn over 10,000 runs x 8 axes, main thread, by ECharts';
  return [times('parallel-brush', what, 'work', brushed, theirs, 0.1)];
}

/** @param {Bench} bench @returns {Promise<Figure[]>} */
export async function measureScatter({ browser, ours, echarts }) {
  const page = await openPage(browser, 'scatter', { points: 100_000 }, [ours, echarts]);
  const { ours: drawn, echarts: theirs } = await inTurns(page, ['ours', 'echarts'], 7);
  await page.close();
  return [times('scatter-100k', "100,000 points, main thread, by ECharts' large series", 'work', drawn, theirs, 0.5)];
}

/** @param {Bench} bench @returns {Promise<Figure[]>} */
export async function measureReduction({ browser }) {
  const page = await openPage(browser, 'reduction', { runs: 50, points: 100_000 });
  const { ours, sum } = await inTurns(page, ['ours', 'sum'], 9);
  await page.close();
  return [times('reduce-5m', '5 M points reduced, by the plain sum of their values', 'ms', ours, sum, 5)];
}

/**
 * One median by another.
 * @param {string} id
 * @param {string} what
 * @param {'ms' | 'work'} of
 * @param {readonly Sample[]} ours
 * @param {readonly Sample[]} floor
 * @param {number} target
 */
export function times(id, what, of, ours, floor, target) {
  const [a, b] = [ours, floor].map((samples) => median(samples.map((sample) => sample[of]))).map(Number);
  return atMost(id, `${what}: ${inMs(a)} by ${inMs(b)}, medians of ${ours.length}`, Number(a) / Number(b), 'x', target);
}

/**
 * @param {string} id
 * @param {string} what
 * @param {readonly Sample[]} theirs
 * @param {readonly Sample[]} ours
 * @param {number} target
 */
function faster(id, what, theirs, ours, target) {
  const { what: detail, value } = times(id, what, 'ms', theirs, ours, target);
  return atLeast(id, detail, value, 'x', target);
}

/** @param {number | undefined} ms */
function inMs(ms = NaN) {
  return `${ms.toFixed(ms < 100 ? 1 : 0)} ms`;
}
