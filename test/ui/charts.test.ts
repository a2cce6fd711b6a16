import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { allCharts, chartsAnswers, chartsLines, wideAnswers } from './chartsSample';
import { callsOf, change, usePanels } from './panelsPage';

/** What the test needs of one, without the types of a browser. */
interface Canvas {
  readonly width: number;
  readonly height: number;
  getContext(kind: '2d'): { getImageData(...box: number[]): { readonly data: ArrayLike<number> } };
}

describe('Charts beside the runs table (ui)', function () {
  this.timeout(60_000);
  const openAny = usePanels();
  const open = (size = { width: 1400, height: 900 }, state?: object) =>
    openAny({ entry: 'runs', answers: chartsAnswers, lines: chartsLines, size, ...(state && { state }) });
  const card = (page: Page, title: string) => page.locator('rs-chart-card').filter({ hasText: title });

  it('draws each metric of the first runs without being asked, and says what is not drawn', async () => {
    const { page, violations } = await open();
    const loss = card(page, 'loss').locator('rs-line-chart [role=img]');
    await loss.waitFor();
    assert.match((await loss.getAttribute('aria-label')) ?? '', /run 0: 20000 points from step 0 to step 199/);
    await page.getByText('1 200 of 120 000 points').waitFor();
    await card(page, 'auc').locator('rs-bar-chart').first().waitFor();
    assert.deepEqual(violations, []);
    assert.equal(await page.evaluate(() => 'hacked' in globalThis), false);
  });

  it('tells real logged points by arrow keys, in the other charts too', async () => {
    const { page } = await open();
    const loss = card(page, 'loss').locator('rs-line-chart');
    await loss.locator('[role=img]').focus();
    await page.keyboard.press('End');
    await loss
      .getByRole('status')
      .filter({ hasText: /step 199.*run 0/ })
      .waitFor();
    await page.keyboard.press('ArrowDown');
    await loss
      .getByRole('status')
      .filter({ hasText: /^step 199\. run 0 · step 199: [\d.]+$/ })
      .waitFor();
  });

  it('reads the lines anew for what is zoomed to by keys, by a drag, and whole again by key and double click', async () => {
    const { page } = await open(undefined, { charts: { charts: allCharts.charts.charts.slice(0, 1), share: 0.3 } });
    const chart = card(page, 'loss').getByRole('img');
    await chart.waitFor();
    const asked = async (count: number): Promise<readonly number[] | undefined> => {
      await askedFor(page, count);
      return ((await callsOf(page, 'linesOf')) as { range?: readonly number[] }[]).at(-1)?.range;
    };
    assert.equal(await asked(1), undefined);
    await chart.focus();
    await page.keyboard.press('+');
    const [low = NaN, high = NaN] = (await asked(2)) ?? [];
    assert.ok(low > 0 && high < 199 && Math.abs((low + high) / 2 - 99.5) < 2, `${low} ${high}`);
    await page.keyboard.press('0');
    await card(page, 'loss').getByRole('button', { name: 'Show all' }).waitFor({ state: 'detached' });
    const { x, y, width, height } = (await chart.boundingBox())!;
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + width * 0.75, y + height / 2);
    await page.mouse.up();
    await card(page, 'loss').getByRole('button', { name: 'Show all' }).waitFor();
    const calls = (await callsOf(page, 'linesOf')) as { range?: readonly number[] }[];
    const [from = NaN, to = NaN] = calls.at(-1)?.range ?? [];
    assert.ok(from > 80 && from < 110 && to > 140 && to < 170, `${from} ${to}`);
    await chart.dblclick();
    await card(page, 'loss').getByRole('button', { name: 'Show all' }).waitFor({ state: 'detached' });
  });

  it('zooms out by - as far as it zoomed in by +, and at last to all', async () => {
    const { page } = await open(undefined, { charts: { charts: allCharts.charts.charts.slice(0, 1), share: 0.3 } });
    const chart = card(page, 'loss').getByRole('img');
    await chart.focus();
    const showAll = card(page, 'loss').getByRole('button', { name: 'Show all' });
    const line = page.locator('rs-line-chart');
    const drawn = (): Promise<readonly number[]> =>
      line.evaluate((element) => (element as unknown as { range?: readonly number[] }).range ?? [0, 199]);
    const expectWidth = async (width: number): Promise<void> => {
      const isDrawn = ([low = NaN, high = NaN]: readonly number[]) => Math.abs(high - low - width) < 1;
      for (let tries = 0; tries < 100 && !isDrawn(await drawn()); tries++)
        await page.evaluate('new Promise(requestAnimationFrame)');
      assert.ok(isDrawn(await drawn()), `${(await drawn()).join(' to ')} is not ${width} wide`);
    };
    // All is drawn: there is nothing to zoom out to.
    await page.keyboard.press('-');
    for (const [key, width] of [
      ['+', 99.5],
      ['+', 49.75],
      ['-', 99.5],
      ['-', 199],
      ['+', 99.5],
    ] as const) {
      await page.keyboard.press(key);
      await expectWidth(width);
      assert.equal(await showAll.count(), width < 199 ? 1 : 0);
    }
    await showAll.press('Enter');
    await expectWidth(199);
  });

  it('speaks the bars from top to bottom and the points from left to right by cursor keys', async () => {
    const bars = { kind: 'bar', columns: [{ group: 'metrics', key: 'auc' }] };
    const { page } = await open(undefined, { charts: { charts: [bars, allCharts.charts.charts[1]], share: 0.3 } });
    const walk = async (chart: Locator, steps: readonly (readonly [key: string, said: RegExp])[]): Promise<void> => {
      await chart.getByRole('img').focus();
      for (const [key, words] of steps) {
        await page.keyboard.press(key);
        await chart.getByRole('status').filter({ hasText: words }).waitFor();
      }
      await page.keyboard.press('Escape');
      assert.equal(await chart.getByRole('status').textContent(), '');
    };
    await walk(card(page, 'auc').locator('rs-bar-chart'), [
      ['ArrowDown', /^auc\. run 0: 0\.9$/],
      ['End', /^auc\. run 5: 0\.9589\d*$/],
      ['ArrowUp', /^auc\. run 4: 0\.9086\d*$/],
      ['Home', /^auc\. run 0: 0\.9$/],
    ]);
    await walk(page.locator('rs-scatter-chart'), [
      ['ArrowRight', /^.+\. lr: 0\.0001\. auc: 0\.\d+$/],
      ['End', /^.+\. lr: 0\.1\. auc: 0\.\d+$/],
      ['ArrowLeft', /^.+\. lr: 0\.1\. auc: 0\.\d+$/],
      ['Home', /^.+\. lr: 0\.0001\. auc: 0\.\d+$/],
    ]);
  });

  it('folds the charts and the table by keyboard, and keeps that', async () => {
    const { page } = await open();
    const border = page.getByRole('separator', { name: /Width of the table/ });
    await border.focus();
    await page.keyboard.press('End');
    await page.getByRole('button', { name: 'Show the charts' }).click();
    await card(page, 'loss').waitFor();
    await border.focus();
    await page.keyboard.press('Home');
    assert.equal(await page.getByRole('grid').isVisible(), false);
    const state = await page.evaluate(() => (Reflect.get(globalThis, 'savedState') as () => object)());
    assert.equal((state as { charts: { folded: string } }).charts.folded, 'table');
  });

  it('exports what is drawn as SVG', async () => {
    const { page } = await open();
    const loss = card(page, 'loss');
    await loss.locator('rs-line-chart').waitFor();
    await loss.getByRole('button', { name: 'Export loss' }).click();
    await loss.getByRole('button', { name: 'SVG' }).click();
    await page.waitForFunction(() =>
      (Reflect.get(globalThis, 'calls') as { k?: string }[]).some(({ k }) => k === 'saveChart'),
    );
    const [saved] = (await callsOf(page, 'saveChart')) as { name: string; content: string }[];
    assert.equal(saved?.name, 'loss.svg');
    assert.match(saved.content, /^<svg [^]*<path fill="none"[^]*<\/svg>\n$/);
  });

  it('filters the table by a range of parallel coordinates, by keyboard alone, and frees it with the chart', async () => {
    const { page, violations } = await open(undefined, allCharts);
    const chart = card(page, 'Parallel coordinates').locator('rs-parallel-chart [role=img]');
    await page
      .locator('rs-charts-pane')
      .evaluate((pane) => (pane as unknown as { scrollTo(x: number, y: number): void }).scrollTo(0, 400));
    await chart.focus();
    for (const key of ['ArrowLeft', ...Array<string>(8).fill('ArrowUp')]) await page.keyboard.press(key);
    await page
      .getByText(/^\d+ of 40 runs$/)
      .first()
      .waitFor();
    await page.getByLabel('Search by name').fill('run 33');
    await page.getByText("No run fits all of this: name 'run 33', ranges of the charts").waitFor();
    await page.getByLabel('Search by name').fill('');
    await card(page, 'Parallel coordinates').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('40 runs', { exact: true }).first().waitFor();
    assert.deepEqual(violations, []);
  });

  it('speaks the values of each run of parallel coordinates by key, of those in the ranges, and marks it in the table', async () => {
    const chart = allCharts.charts.charts.filter(({ kind }) => kind === 'parallel');
    const { page } = await open(undefined, { charts: { charts: chart, share: 0.35 } });
    const parallel = card(page, 'Parallel coordinates').locator('rs-parallel-chart');
    const said = (words: RegExp) => parallel.getByRole('status').filter({ hasText: words }).waitFor();
    await parallel.locator('[role=img]').focus();
    await page.keyboard.press('Home');
    await said(/^run 0\. lr: 0\.1\. depth: 2\. optimizer: adam\. auc: 0\.9$/);
    await page.locator('rs-run-grid .row.pointed', { hasText: 'run 0' }).waitFor();
    await page.keyboard.press('End');
    await page.keyboard.press('PageUp');
    await said(/^run 38\. /);
    await page.keyboard.press('ArrowLeft');
    for (let i = 0; i < 8; i++) await page.keyboard.press('ArrowUp');
    await said(/^auc\. \d+ of 40 runs: /);
    await page.keyboard.press('End');
    await said(/^run (?!38|39)\d+\. /);
  });

  it('takes a run out of the charts by its name in the legend, and brings it back', async () => {
    const { page } = await open();
    const loss = card(page, 'loss').locator('rs-line-chart');
    const drawnOf = (words: RegExp) => loss.getByRole('img', { name: words }).waitFor();
    await drawnOf(/run 0: /);
    const name = page.getByRole('group', { name: 'Runs in the charts' }).getByRole('button', { name: 'run 0' });
    await name.press('Enter');
    await drawnOf(/^loss\. (?!run 0).*run 5: /);
    assert.equal(await name.getAttribute('aria-pressed'), 'false');
    await name.press('Enter');
    await drawnOf(/run 0: /);
  });

  it('takes the colours of another theme while it is open', async () => {
    const { page } = await open();
    const canvas = card(page, 'loss').locator('rs-line-chart canvas').first();
    await canvas.waitFor();
    const hasPixel = (color: readonly number[]) =>
      canvas.evaluate((element, [r, g, b]) => {
        const drawn = element as unknown as Canvas;
        const pen = drawn.getContext('2d');
        const { data } = pen.getImageData(0, 0, drawn.width, drawn.height);
        for (let i = 0; i < data.length; i += 4)
          if (data[i] === r && data[i + 1] === g && data[i + 2] === b) return true;
        return false;
      }, color);
    assert.equal(await hasPixel([255, 0, 255]), false);
    await page.evaluate("document.documentElement.style.setProperty('--vscode-charts-blue', '#ff00ff')");
    for (let tries = 0; tries < 100 && !(await hasPixel([255, 0, 255])); tries++)
      await page.evaluate('new Promise(requestAnimationFrame)');
    assert.equal(await hasPixel([255, 0, 255]), true);
  });

  it('draws every kind of chart, with hostile names as text and values as a table', async () => {
    const { page, violations } = await open({ width: 1400, height: 1600 }, allCharts);
    for (const kind of ['line', 'scatter', 'box', 'contour', 'parallel'])
      await page.locator(`rs-${kind}-chart canvas`).first().waitFor();
    await page.getByText('What differs').waitFor();
    await card(page, 'auc by optimizer')
      .getByRole('button', { name: /as table/ })
      .click();
    await card(page, 'auc by optimizer').getByRole('cell', { name: 'adam' }).waitFor();
    assert.equal(await page.evaluate(() => 'hacked' in globalThis), false);
    assert.deepEqual(violations, []);
  });

  it('says how much a table of differences leaves out', async () => {
    const state = { charts: { charts: [{ kind: 'difference', columns: [] }] } };
    const { page } = await openAny({ entry: 'runs', answers: wideAnswers, lines: chartsLines, state });
    await page.getByText('The first 300 of 350 params and metrics').waitFor();
  });

  it('asks for the lines of running runs alone while it is live', async () => {
    const statuses = Array.from(chartsAnswers.content.attributes.statuses, (_, row) => (row === 3 ? 0 : 2));
    const content = { ...chartsAnswers.content, attributes: { ...chartsAnswers.content.attributes, statuses } };
    const { page } = await openAny({
      ...{ entry: 'runs', answers: { ...chartsAnswers, content }, lines: chartsLines },
      size: { width: 1400, height: 900 },
    });
    await card(page, 'loss').locator('rs-line-chart').waitFor();
    const before = (await callsOf(page, 'linesOf')).length;
    await change(page, { content });
    await askedFor(page, before + 1);
    const asked = (await callsOf(page, 'linesOf')) as { runs: { runId: string }[] }[];
    assert.deepEqual(asked[0]?.runs.length, 6);
    for (const { runs } of asked.slice(before))
      assert.deepEqual(
        runs.map(({ runId }) => runId),
        ['id-3'],
      );
  });
});

/** Until lines were asked for so often. */
async function askedFor(page: Page, count: number): Promise<void> {
  await page.waitForFunction(
    (least) =>
      (Reflect.get(globalThis, 'calls') as { k?: string }[]).filter(({ k }) => k === 'linesOf').length >= least,
    count,
  );
}
