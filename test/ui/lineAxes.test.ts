import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { reducePoints } from '../../src/domain/reduce';
import { smooth } from '../../src/domain/smooth';
import { chartsAnswers } from './chartsSample';
import { exported } from './exportedChart';
import { callsOf, type FakeLine, usePanels } from './panelsPage';
import { runsContent } from './runsSample';

const hour = 3_600_000;
const keys = { metrics: ['loss'], params: [], tags: [], datasets: false };
const content = runsContent(1, () => 'run 0', { keys });
const decades: FakeLine = {
  steps: [1, 10, 100, 1000],
  values: [0.001, 0.01, 0.1, 1],
  times: [0, hour, 2 * hour, 4 * hour],
};

interface Tick {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

/** What stands on its axes and where its line goes, px, as the file of a chart says. */
function readChart(svg: string): { readonly across: Tick[]; readonly up: Tick[]; readonly lines: number[][][] } {
  const ticks = Array.from(
    svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)" text-anchor="(\w+)"[^>]*>([^<]*)/g),
    ([, x, y, anchor, text = '']) => ({ x: Number(x), y: Number(y), anchor, text }),
  );
  const drawn = svg.slice(svg.indexOf('</clipPath>'));
  const lines = Array.from(drawn.matchAll(/<path fill="none"[^>]* d="M([^"]+)"/g), ([, path = '']) =>
    path.split('L').map((point) => point.split(' ').map(Number)),
  );
  const of = (anchor: string): Tick[] => ticks.filter((tick) => tick.anchor === anchor);
  return { across: of('middle'), up: of('end'), lines };
}

describe('Axes of a chart of lines (ui)', function () {
  this.timeout(60_000);
  const openAny = usePanels();
  const card = (page: Page) => page.locator('rs-chart-card').first();
  const open = async (line: FakeLine, layout: object = {}) => {
    const charts = { charts: [{ kind: 'line', columns: [{ group: 'metrics', key: 'loss' }] }], share: 0.3, ...layout };
    const answers = { ...chartsAnswers, content };
    const size = { width: 1400, height: 900 };
    const { page } = await openAny({ entry: 'runs', answers, lines: { loss: [line] }, size, state: { charts } });
    await card(page).locator('rs-line-chart').waitFor();
    return page;
  };
  const chart = async (page: Page) => readChart(await exported(card(page), 'loss', 'SVG'));
  const near = (a: number | undefined, b: number | undefined): void =>
    assert.ok(Math.abs((a ?? NaN) - (b ?? NaN)) < 0.5, `${a} is not ${b}`);
  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).press('Enter');

  it('say the time since the first point, and have each point at its own', async () => {
    const page = await open(decades);
    await press(page, 'Relative');
    await page.getByRole('img', { name: / to 4 h/ }).waitFor();
    const { across, lines } = await chart(page);
    assert.deepEqual(
      across.map(({ text }) => text),
      ['0', '2 h', '4 h'],
    );
    const [first, second, third, last] = (lines[0] ?? []).map(([x]) => x);
    near(across[0]?.x, first);
    near(across[1]?.x, third);
    near(across[2]?.x, last);
    near(second, ((first ?? 0) + (third ?? 0)) / 2);
  });

  it('say the time of day where it is, with the date where one begins', async () => {
    const page = await open(decades);
    await press(page, 'Time');
    await page.getByRole('img', { name: /2023/ }).waitFor();
    const { across, lines } = await chart(page);
    const [first = NaN, last = NaN] = [lines[0]?.[0]?.[0], lines[0]?.at(-1)?.[0]];
    assert.ok(across.length >= 2, `${across.length} ticks`);
    const start = 1_700_000_000_000;
    const day = (time: number): string => new Date(time).toLocaleDateString('en', { day: 'numeric', month: 'short' });
    const clock = (time: number): string =>
      new Date(time).toLocaleTimeString('en', { hour: '2-digit', minute: '2-digit' });
    across.forEach(({ x, text }, i) => {
      const exact = start + ((x - first) / (last - first)) * 4 * hour;
      const time = Math.round(exact / 60_000) * 60_000;
      assert.ok(Math.abs(exact - time) < 40_000, `${text} at ${new Date(exact).toISOString()}`);
      const isNew = i === 0 || day(time) !== day(time - 2 * hour);
      assert.equal(text, isNew ? day(time) : clock(time));
    });
  });

  it('have decades as far apart as they are in powers, across and up', async () => {
    const page = await open(decades);
    await press(page, 'Log x');
    await press(page, 'Log y');
    const { across, up, lines } = await chart(page);
    const decadesAcross = across.filter(({ text }) => /^10*$/.test(text));
    const [line = []] = lines;
    assert.deepEqual(
      decadesAcross.map(({ text }) => text),
      ['1', '10', '100', '1000'].slice(0, decadesAcross.length),
    );
    decadesAcross.slice(1, 3).forEach(({ x }, i) => near(x, line[i + 1]?.[0]));
    for (const [i, text] of ['0.001', '0.01', '0.1', '1'].entries())
      near(up.find((tick) => tick.text === text)?.y, line[i]?.[1]);
    const asked = (await callsOf(page, 'linesOf')) as { positive?: boolean; byFactor?: boolean }[];
    assert.deepEqual([asked.at(-1)?.positive, asked.at(-1)?.byFactor], [true, true]);
  });

  it('are zoomed to what was dragged over, in powers too', async () => {
    const page = await open(decades, { logX: true });
    const [line = []] = (await chart(page)).lines;
    const { x, y, height } = (await card(page).locator('rs-line-chart').boundingBox())!;
    const place = (i: number): [number, number] => [x + (line[i]?.[0] ?? NaN), y + height / 2];
    await page.mouse.move(...place(1));
    await page.mouse.down();
    await page.mouse.move(...place(2));
    await page.mouse.up();
    await card(page).getByRole('button', { name: 'Show all' }).waitFor();
    const [low = NaN, high = NaN] = ((await callsOf(page, 'linesOf')) as { range?: number[] }[]).at(-1)?.range ?? [];
    assert.ok(Math.abs(low / 10 - 1) < 0.05 && Math.abs(high / 100 - 1) < 0.05, `${low} to ${high}`);
  });

  it('have a line smoothed over all points, also those that are not drawn, before the points themselves', async () => {
    const all = Array.from({ length: 20_000 }, (_, step) => Math.sin(step / 3000) + Math.sin(step * 12.9898) / 2);
    const [steps, values] = [Float64Array.from(all.keys()), Float64Array.from(all)];
    const reduced = reducePoints({ steps, values, timestamps: steps }, { axis: 'step', buckets: 40, smoothing: 0.9 });
    assert.ok(reduced.values.length < 1000);
    const page = await open({
      ...{ steps: [...reduced.steps], values: [...reduced.values], total: reduced.total },
      smoothed: [...(reduced.smoothed ?? [])],
    });
    await page.getByRole('slider').fill('0.9');
    await page.waitForFunction(() =>
      (Reflect.get(globalThis, 'calls') as { k?: string; args?: { smoothing?: number } }[]).some(
        ({ k, args }) => k === 'linesOf' && args?.smoothing === 0.9,
      ),
    );
    const { up, lines } = await chart(page);
    const [own = [], smoothed = []] = lines;
    const number = (text: string | undefined): number => Number(text?.replace('\u2212', '-'));
    const [a, b] = [up[0], up.at(-1)];
    const pxOf = (value: number): number =>
      (a?.y ?? NaN) +
      ((value - number(a?.text)) / (number(b?.text) - number(a?.text))) * ((b?.y ?? NaN) - (a?.y ?? NaN));
    const whole = smooth(values, 0.9);
    assert.equal(smoothed.length, reduced.steps.length);
    reduced.steps.forEach((step, i) => {
      near(smoothed[i]?.[1], pxOf(whole[step] ?? NaN));
      near(own[i]?.[1], pxOf(all[step] ?? NaN));
    });
  });
});
