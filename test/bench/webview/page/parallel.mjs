// @ts-nocheck
import { allRows, column } from './data.mjs';
import { finished, placeEcharts, placeOurs, shown } from './drawing.mjs';

/** A drag over the first axis. */
const brushes = Array.from({ length: 3 }, (_, i) => [0.2, 0.3 + i * 0.1]);

/** Ranges brushed on the first of so many axes with so many runs: ours and ECharts'. */
export function setUp({ runs, axes }) {
  const columns = Array.from({ length: axes }, (_, axis) => column(`axis ${axis}`, runs, axis));
  const ours = () =>
    placeOurs('rs-parallel-chart', { columns, rows: allRows(runs), runs: [], nameOf: String, ranges: {} });
  const brushOurs = async (chart) => {
    for (const range of brushes) {
      chart.ranges = { 'axis 0': range };
      await shown(chart);
    }
  };
  const brushEcharts = async (chart) => {
    for (const range of brushes) {
      const action = { type: 'axisAreaSelect', parallelAxisId: 'axis 0', intervals: [range] };
      await finished(chart, () => chart.dispatchAction(action));
    }
  };
  return {
    ours: { before: ours, run: brushOurs },
    echarts: { before: () => drawEcharts(columns), run: brushEcharts, after: (_, chart) => chart.dispose() },
  };
}

async function drawEcharts(columns) {
  const chart = placeEcharts();
  const data = Array.from(columns[0].values, (_, row) => columns.map(({ values }) => values[row]));
  await finished(chart, () =>
    chart.setOption({
      animation: false,
      parallel: {},
      parallelAxis: columns.map(({ title }, dim) => ({ dim, id: title, name: title })),
      series: { type: 'parallel', data, lineStyle: { width: 1, opacity: 0.1 } },
    }),
  );
  return chart;
}
