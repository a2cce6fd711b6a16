// @ts-nocheck
import { finiteRange, shareOf } from '/domain/columnStats.js';
import { formatNumber, formatTime } from '/domain/format.js';
import { allRows } from '/domain/rowOrder.js';
import { textOfRow } from '/domain/runAttributes.js';
import { height, place, presented, width } from './drawing.mjs';

const rowHeight = 22;
const runWidths = [200, 60, 130];
const metricWidth = 96;

/**
 * The floor of a table, written by hand: asks as the page does, keeps what comes as it is, draws the cells that the page
 * shows at first, with their bars; no head that can be clicked, no filter, no menus.
 */
export async function showGrid() {
  const ask = asker(globalThis.acquireVsCodeApi());
  const { attributes, keys } = await ask('content', {});
  const room = width - runWidths.reduce((sum, each) => sum + each, 0);
  const seen = keys.metrics.slice(0, Math.floor(room / metricWidth));
  const metrics = await Promise.all(seen.map((key) => ask('column', { group: 'metrics', key })));
  const rows = allRows(attributes.length);
  const ends = metrics.map(({ values }) => finiteRange(values, rows));
  const canvas = place(document.createElement('canvas'));
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext('2d');
  pen.font = '13px sans-serif';
  const now = Date.now();
  drawLine(pen, 0, ['Run', 'Status', 'Started', ...seen]);
  for (let row = 0; row < height / rowHeight - 1; row++) {
    pen.fillStyle = '#3794ff38';
    metrics.forEach(({ values }, i) => drawBar(pen, row + 1, i, shareOf(values[row], ends[i])));
    pen.fillStyle = '#cccccc';
    const own = [textOfRow(attributes.runNames, row), '\u2713', formatTime(attributes.startTimes[row], now)];
    drawLine(pen, row + 1, [...own, ...metrics.map(({ values }) => formatNumber(values[row]))]);
  }
  await presented(canvas);
}

function leftOf(column) {
  const own = runWidths.slice(0, column).reduce((sum, each) => sum + each, 0);
  return own + Math.max(0, column - runWidths.length) * metricWidth;
}

function drawLine(pen, line, texts) {
  texts.forEach((text, column) => pen.fillText(text, leftOf(column) + 6, line * rowHeight + 16));
}

function drawBar(pen, line, metric, share) {
  pen.fillRect(leftOf(runWidths.length + metric), line * rowHeight + 3, share * metricWidth, 16);
}

function asker(api) {
  const waiting = new Map();
  globalThis.addEventListener('message', ({ data }) => waiting.get(data.re)?.(data.ok));
  return (k, args) =>
    new Promise((resolve) => {
      const id = waiting.size;
      waiting.set(id, resolve);
      api.postMessage({ id, k, args });
    });
}
