// @ts-check
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { launchBrowser } from '../harness/browser.mjs';
import { inRepo } from '../harness/paths.mjs';
import { atMost, median } from './figures.mjs';
import { measureCharts } from './webview/page.mjs';

/** @typedef {import('./figures.mjs').Figure} Figure */

/** The charts' real script in Chromium beside a hand-written canvas with the same data. @returns {Promise<Figure[]>} */
export async function measureWebview() {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1000, height: 600 } });
    await page.route('http://bench/**', async (route) => {
      const name = new URL(route.request().url()).pathname.slice(1);
      const isPage = name === '';
      const body = isPage ? '<!DOCTYPE html><body></body>' : await scriptOf(name);
      await route.fulfill({ contentType: isPage ? 'text/html' : 'text/javascript', body });
    });
    await page.goto('http://bench/');
    const charts = readdirSync(inRepo('dist/webview')).find((file) => file.startsWith('chartsPane-')) ?? '';
    const found = await page.evaluate(measureCharts, `/${charts}`);
    const first = firstLoad('runs.main.js');
    const times = (/** @type {{ours: number[], floor: number[]}} */ pair) => median(pair.ours) / median(pair.floor);
    const ms = (/** @type {{ours: number[], floor: number[]}} */ { ours, floor }) =>
      `: ${median(ours).toFixed(1)} ms by ${median(floor).toFixed(1)} ms, medians of ${ours.length}`;
    return [
      atMost(
        'line-50x10k',
        `50 runs x 10,000 points presented, by a canvas${ms(found.few)}`,
        times(found.few),
        'x',
        2.5,
      ),
      atMost(
        'line-500x1k',
        `500 runs x 1,000 points presented, by a canvas${ms(found.many)}`,
        times(found.many),
        'x',
        2,
      ),
      atMost('line-move', 'A move of the mouse over 500 lines, main thread, median', median(found.moves), 'ms', 16),
      atMost('reduce-5m', `5 M points reduced, by their plain sum${ms(found.reduce)}`, times(found.reduce), 'x', 5),
      atMost(
        'parallel-brush',
        '10,000 runs x 8 axes, a brush drawn, median (for itself)',
        median(found.brush),
        'ms',
        50,
      ),
      atMost('scatter-100k', '100,000 points, main thread, median (for itself)', median(found.scatter), 'ms', 100),
      atMost('first-load', 'First load of the Runs panel, minified', first.size, 'KB', 250),
      atMost('first-load-gzip', 'First load of the Runs panel, gzip', first.gzip, 'KB', 80),
    ];
  } finally {
    await browser.close();
  }
}

/** @param {string} name */
async function scriptOf(name) {
  if (name !== 'reduce.js') return readFileSync(inRepo('dist/webview', name), 'utf8');
  const entryPoints = [inRepo('src/domain/reduce.ts')];
  const { outputFiles } = await build({ entryPoints, bundle: true, format: 'esm', minify: true, write: false });
  return outputFiles[0]?.text ?? '';
}

/** A script with all that it imports before it runs, in KB. @param {string} entry */
function firstLoad(entry) {
  const files = new Set([entry]);
  for (const file of files) {
    const text = readFileSync(inRepo('dist/webview', file), 'utf8');
    for (const [, name] of text.matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g)) if (name) files.add(name);
  }
  const all = [...files].map((file) => readFileSync(inRepo('dist/webview', file)));
  const sum = (/** @type {number[]} */ sizes) => sizes.reduce((a, b) => a + b, 0) / 1024;
  return { size: sum(all.map(({ length }) => length)), gzip: sum(all.map((text) => gzipSync(text).length)) };
}
