/* eslint-disable @typescript-eslint/ban-ts-comment, @typescript-eslint/restrict-plus-operands, @typescript-eslint/prefer-for-of */
// @ts-nocheck: runs in a page, whose types the tests do not have.

/**
 * Runs in the page, so it holds all that it needs. The floor is a hand-written canvas: per px of width the first, least,
 * greatest and last value, and nothing else, no axes (performance.md §1.2).
 * @param {string} charts the charts' own script
 */
export async function measureCharts(charts) {
  await import(charts);
  const { reducePoints } = await import('/reduce.js');
  const rounds = 5;
  const width = 1000;
  const height = 600;

  const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const history = (length, seed) => {
    const steps = Float64Array.from({ length }, (_, i) => i);
    let state = seed + 1;
    const values = steps.map((step) => {
      state = (state * 16807) % 2147483647;
      return Math.exp((-3 * step) / length) + (state / 2147483647) * 0.1 + seed / 100;
    });
    return { steps, timestamps: steps.map((step) => 1.7e12 + step * 1000), values };
  };
  const place = (element) => {
    document.body.replaceChildren(element);
    element.setAttribute('style', `display:block;width:${width}px;height:${height}px`);
    return element;
  };

  const drawFloor = async (histories) => {
    const start = performance.now();
    const canvas = place(document.createElement('canvas'));
    canvas.width = width;
    canvas.height = height;
    const pen = canvas.getContext('2d');
    let [low, high] = [Infinity, -Infinity];
    for (const { values } of histories) {
      for (const value of values) {
        if (value < low) low = value;
        if (value > high) high = value;
      }
    }
    const y = (value) => height - ((value - low) / (high - low)) * height;
    histories.forEach(({ values }, line) => {
      pen.strokeStyle = `hsl(${line * 7} 60% 50%)`;
      pen.lineWidth = histories.length > 100 ? 1 : 1.5;
      pen.beginPath();
      const each = values.length / width;
      // So few points are drawn as they are.
      if (each <= 4) values.forEach((value, i) => pen.lineTo(i / each, y(value)));
      for (let px = 0; px < width && each > 4; px++) {
        const [from, to] = [Math.floor(px * each), Math.max(Math.floor(px * each) + 1, Math.floor((px + 1) * each))];
        let [least, greatest] = [values[from], values[from]];
        for (let i = from; i < to; i++) {
          if (values[i] < least) least = values[i];
          if (values[i] > greatest) greatest = values[i];
        }
        for (const value of [values[from], least, greatest, values[to - 1]]) pen.lineTo(px, y(value));
      }
      pen.stroke();
    });
    await frame();
    pen.getImageData(0, 0, 1, 1);
    return performance.now() - start;
  };

  const drawLines = async (histories) => {
    const start = performance.now();
    const lines = histories.map((points, row) => ({
      ...{ row, label: `run ${row}`, series: row },
      points: reducePoints(points, { axis: 'step', buckets: width }),
    }));
    const chart = document.createElement('rs-line-chart');
    Object.assign(chart, { metric: 'loss', lines, axis: 'step', logX: false, logY: false });
    place(chart);
    await chart.updateComplete;
    await frame();
    chart.shadowRoot.querySelector('canvas').getContext('2d').getImageData(0, 0, 1, 1);
    return { ms: performance.now() - start, chart };
  };

  const pairOf = async (histories) => {
    const pair = { ours: [], floor: [] };
    for (let round = 0; round <= rounds; round++) {
      const floor = await drawFloor(histories);
      const { ms } = await drawLines(histories);
      // The first round warms up.
      if (round === 0) continue;
      pair.floor.push(floor);
      pair.ours.push(ms);
    }
    return pair;
  };

  const few = await pairOf(Array.from({ length: 50 }, (_, i) => history(10_000, i)));
  const manyHistories = Array.from({ length: 500 }, (_, i) => history(1000, i));
  const many = await pairOf(manyHistories);

  const { chart } = await drawLines(manyHistories);
  const target = chart.shadowRoot.querySelector('.frame');
  const moves = [];
  for (let x = 100; x < 900; x += 20) {
    const start = performance.now();
    target.dispatchEvent(new PointerEvent('pointermove', { clientX: x, clientY: 100 + x / 3 }));
    await chart.updateComplete;
    moves.push(performance.now() - start);
    await frame();
  }

  const reduce = { ours: [], floor: [] };
  const large = Array.from({ length: 50 }, (_, i) => history(100_000, i));
  for (let round = 0; round <= rounds; round++) {
    let start = performance.now();
    let sum = 0;
    for (const { values } of large) for (let i = 0; i < values.length; i++) sum += values[i];
    const floor = performance.now() - start;
    start = performance.now();
    for (const points of large) sum += reducePoints(points, { axis: 'step', buckets: width }).total;
    const ours = performance.now() - start;
    if (round === 0 || !(sum > 0)) continue;
    reduce.floor.push(floor);
    reduce.ours.push(ours);
  }

  const column = (title, length, seed) => ({ id: title, title, values: history(length, seed).values });
  const rowsOf = (length) => Uint32Array.from({ length }, (_, i) => i);
  const parallel = document.createElement('rs-parallel-chart');
  const columns = Array.from({ length: 8 }, (_, i) => column(`axis ${i}`, 10_000, i));
  Object.assign(parallel, { columns, rows: rowsOf(10_000), runs: [], nameOf: String, ranges: {} });
  place(parallel);
  await parallel.updateComplete;
  const brush = [];
  for (let round = 0; round <= rounds; round++) {
    const start = performance.now();
    parallel.ranges = { 'axis 0': [0.2, 0.3 + round / 50] };
    await parallel.updateComplete;
    if (round > 0) brush.push(performance.now() - start);
    await frame();
  }

  const scatter = [];
  for (let round = 0; round <= rounds; round++) {
    const plot = document.createElement('rs-scatter-chart');
    const both = [column('x', 100_000, round), column('y', 100_000, round + 9)];
    Object.assign(plot, { columns: both, rows: rowsOf(100_000), runs: [], nameOf: String });
    const start = performance.now();
    place(plot);
    await plot.updateComplete;
    if (round > 0) scatter.push(performance.now() - start);
    await frame();
  }
  return { few, many, moves, reduce, brush, scatter };
}
