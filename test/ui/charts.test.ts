import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { allCharts, chartsAnswers, chartsLines, wideAnswers } from './chartsSample';
import { callsOf, change, usePanels } from './panelsPage';

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
    await page.close();
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
    await page.close();
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
    await page.close();
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
    await page.close();
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
    await card(page, 'Parallel coordinates').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('40 runs', { exact: true }).first().waitFor();
    assert.deepEqual(violations, []);
    await page.close();
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
    await page.close();
  });

  it('says how much a table of differences leaves out', async () => {
    const state = { charts: { charts: [{ kind: 'difference', columns: [] }] } };
    const { page } = await openAny({ entry: 'runs', answers: wideAnswers, lines: chartsLines, state });
    await page.getByText('The first 300 of 350 params and metrics').waitFor();
    await page.close();
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
    await page.waitForFunction(
      (count) =>
        (Reflect.get(globalThis, 'calls') as { k?: string }[]).filter(({ k }) => k === 'linesOf').length > count,
      before,
    );
    const asked = (await callsOf(page, 'linesOf')) as { runs: { runId: string }[] }[];
    assert.deepEqual(asked[0]?.runs.length, 6);
    for (const { runs } of asked.slice(before))
      assert.deepEqual(
        runs.map(({ runId }) => runId),
        ['id-3'],
      );
    await page.close();
  });
});
