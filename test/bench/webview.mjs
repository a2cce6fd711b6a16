// @ts-check
import { readdirSync } from 'node:fs';
import { launchBrowser } from '../harness/browser.mjs';
import { inRepo } from '../harness/paths.mjs';
import { anchorScripts } from './webview/anchors.mjs';
import {
  measureLines,
  measureManyLines,
  measureParallel,
  measureReduction,
  measureScatter,
} from './webview/charts.mjs';
import { firstLoads } from './webview/firstLoad.mjs';
import { measureTable } from './webview/table.mjs';

/** @typedef {import('./figures.mjs').Figure} Figure */

/** The pages' real scripts in Chromium, beside a hand-written canvas and beside Plotly and ECharts with the same data. @returns {Promise<Figure[]>} */
export async function measureWebview() {
  const anchors = await anchorScripts();
  const browser = await launchBrowser();
  try {
    const ours = `/webview/${readdirSync(inRepo('dist/webview')).find((file) => file.startsWith('chartsPane-'))}`;
    const bench = { browser, ours, ...anchors };
    /** @type {Figure[]} */
    const figures = [];
    const parts = [measureLines, measureManyLines, measureParallel, measureScatter, measureReduction, measureTable];
    for (const part of parts) figures.push(...(await part(bench)));
    return [...figures, ...firstLoads()];
  } finally {
    await browser.close();
  }
}
