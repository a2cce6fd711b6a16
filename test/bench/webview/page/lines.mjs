// @ts-nocheck
import { reducePoints } from '/domain/reduce.js';
import { drawCanvas, placeCanvas } from './canvasLines.mjs';
import { histories as make } from './data.mjs';
import { height, place, placeOurs, presented, presentedElements, shown, width } from './drawing.mjs';

/** What a zoom shows of the points. */
const zoomed = [0.25, 0.5];

/** The first drawing of so many lines, and a zoom into them: ours, by hand, and Plotly's. */
export function setUp({ runs, points }) {
  const histories = make(runs, points);
  const [from, to] = zoomed.map((part) => part * points);
  const linesOf = (range) =>
    histories.map((history, row) => ({
      ...{ row, label: `run ${row}`, series: row },
      points: reducePoints(history, { axis: 'step', buckets: width, ...(range && { range }) }),
    }));
  const ours = () =>
    placeOurs('rs-line-chart', { metric: 'loss', lines: linesOf(), axis: 'step', logX: false, logY: false });
  const zoomOurs = (chart) => {
    Object.assign(chart, { lines: linesOf([from, to]), range: [from, to] });
    return shown(chart);
  };
  const zoomPlotly = async (div) => {
    await globalThis.Plotly.relayout(div, { 'xaxis.range': [from, to] });
    await presentedElements();
  };
  return {
    ours: { run: ours },
    canvas: { run: () => placeCanvas(histories) },
    plotly: { run: () => placePlotly(histories), after: (div) => globalThis.Plotly.purge(div) },
    zoomOurs: { before: ours, run: zoomOurs },
    zoomCanvas: {
      before: () => placeCanvas(histories),
      run: (canvas) => drawCanvas(canvas, histories, from, to),
    },
    zoomPlotly: {
      before: () => placePlotly(histories),
      run: zoomPlotly,
      after: (_, div) => globalThis.Plotly.purge(div),
    },
    moves: { before: ours, run: movesOver },
  };
}

async function placePlotly(histories) {
  const div = place(document.createElement('div'));
  const traces = histories.map(({ steps, values }, run) => {
    return { type: 'scatter', mode: 'lines', name: `run ${run}`, x: steps, y: values, line: { width: 1.5 } };
  });
  const margin = { l: 50, r: 10, t: 10, b: 30 };
  await globalThis.Plotly.newPlot(div, traces, { width, height, margin, showlegend: false }, { displayModeBar: false });
  await presentedElements();
  return div;
}

/** How many moves of the mouse are measured as one drawing. */
export const moveCount = 40;

async function movesOver(chart) {
  const frame = chart.shadowRoot.querySelector('.frame');
  for (let i = 0; i < moveCount; i++) {
    const [clientX, clientY] = [100 + i * 20, 130 + i * 7];
    frame.dispatchEvent(new PointerEvent('pointermove', { clientX, clientY }));
    await chart.updateComplete;
    await presented(chart.shadowRoot.querySelector('.over'));
  }
}
