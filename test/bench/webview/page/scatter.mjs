// @ts-nocheck
import { allRows, column } from './data.mjs';
import { finished, placeEcharts, placeOurs } from './drawing.mjs';

/** So many points drawn: ours, and ECharts' way for large series, with its data as it likes them best. */
export function setUp({ points }) {
  const columns = [column('x', points, 0), column('y', points, 9)];
  const pairs = new Float64Array(points * 2);
  for (let i = 0; i < points; i++) pairs.set([columns[0].values[i], columns[1].values[i]], i * 2);
  return {
    ours: { run: () => placeOurs('rs-scatter-chart', { columns, rows: allRows(points), runs: [], nameOf: String }) },
    echarts: { run: () => drawEcharts(pairs), after: (chart) => chart.dispose() },
  };
}

async function drawEcharts(data) {
  const chart = placeEcharts();
  await finished(chart, () =>
    chart.setOption({
      animation: false,
      xAxis: { scale: true },
      yAxis: { scale: true },
      series: { type: 'scatter', large: true, symbolSize: 2, dimensions: ['x', 'y'], data },
    }),
  );
  return chart;
}
