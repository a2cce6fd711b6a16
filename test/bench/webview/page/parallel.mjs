// @ts-nocheck
import { allRows, column } from './data.mjs';
import { finished, placeEcharts, placeOurs, shown } from './drawing.mjs';

const brushed = [0.2, 0.5];

/** A range brushed on the first of so many axes with so many runs: ours and ECharts'. */
export function setUp({ runs, axes }) {
  const columns = Array.from({ length: axes }, (_, axis) => column(`axis ${axis}`, runs, axis));
  const ours = () =>
    placeOurs('rs-parallel-chart', { columns, rows: allRows(runs), runs: [], nameOf: String, ranges: {} });
  const brushOurs = (chart) => {
    chart.ranges = { 'axis 0': brushed };
    return shown(chart);
  };
  const brushEcharts = (chart) => {
    const action = { type: 'axisAreaSelect', parallelAxisId: 'axis 0', intervals: [brushed] };
    return finished(chart, () => chart.dispatchAction(action));
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
