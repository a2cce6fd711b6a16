// @ts-nocheck
import { textOfRow } from '/domain/runAttributes.js';
import { height, place, presented, width } from './drawing.mjs';

const rowHeight = 22;
const columnWidth = 96;
const firstWidth = 200;

/** The floor of a table, written by hand: asks as the page does, keeps what comes as it is, draws the cells that are seen. */
export async function showGrid() {
  const ask = asker(globalThis.acquireVsCodeApi());
  const { attributes, keys } = await ask('content', {});
  const seen = keys.metrics.slice(0, Math.ceil((width - firstWidth) / columnWidth));
  const columns = await Promise.all(seen.map((key) => ask('column', { group: 'metrics', key })));
  const canvas = place(document.createElement('canvas'));
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext('2d');
  pen.font = '13px sans-serif';
  pen.fillText('Run', 6, 16);
  seen.forEach((key, i) => pen.fillText(key, firstWidth + i * columnWidth + 6, 16));
  for (let row = 0; row < height / rowHeight - 1; row++) {
    const y = (row + 1) * rowHeight + 16;
    pen.fillText(textOfRow(attributes.runNames, row), 6, y);
    columns.forEach(({ values }, i) => {
      pen.fillText(values[row].toPrecision(4), firstWidth + i * columnWidth + 6, y);
    });
  }
  await presented(canvas);
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
