import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { chartsAnswers } from './chartsSample';
import { exported } from './exportedChart';
import { callsOf, usePanels } from './panelsPage';
import { runsContent } from './runsSample';

/** No chart has a cap on its runs: what has no room scrolls or is shown on request. */
describe('Charts of hundreds of runs (ui)', function () {
  this.timeout(60_000);
  const openAny = usePanels();
  const length = 300;
  const rows = Array.from({ length }, (_, row) => row);
  const metric = { key: 'auc', values: rows.map((row) => row / length), loggedNaN: rows.map(() => 255) };
  const seed = { key: 'seed', dictionary: rows.map((row) => `seed ${String(row).padStart(3, '0')}`), codes: rows };
  const keys = { metrics: ['auc'], params: ['seed'], tags: [], datasets: false };
  const answers = {
    ...chartsAnswers,
    content: runsContent(length, (row) => `run ${row}`, { keys }),
    'column auc': metric,
    'column seed': seed,
  };
  const card = (page: Page) => page.locator('rs-chart-card').first();

  /** All 300 in the charts, of which there is one. */
  async function open(chart: object): Promise<Page> {
    const state = { charts: { charts: [chart], share: 0.3 } };
    const { page } = await openAny({ entry: 'runs', answers, size: { width: 1400, height: 900 }, state });
    await page.getByRole('grid').getByRole('row', { name: /run 0/ }).click();
    await page.getByRole('button', { name: `Select all ${length} that match` }).click();
    await page.getByRole('button', { name: 'Chart', exact: true }).press('Enter');
    await page.getByRole('group', { name: 'Runs in the charts' }).getByText('and 240 more').waitFor();
    return page;
  }

  it('boxes of every group, by scrolling and by keys; a file has them all', async () => {
    const page = await open({
      kind: 'box',
      columns: [
        { group: 'metrics', key: 'auc' },
        { group: 'params', key: 'seed' },
      ],
    });
    const box = card(page).locator('rs-box-chart');
    await box.getByRole('img', { name: 'auc by seed: 300 groups' }).focus();
    const first = (): Promise<number> => box.evaluate((each) => (each as unknown as { first: number }).first);
    assert.equal(await first(), 0);
    await page.keyboard.press('End');
    await box.getByRole('status').getByText('seed 299').waitFor({ state: 'attached' });
    assert.ok((await first()) > 200);
    await page.keyboard.press('Home');
    await box.getByRole('status').getByText('seed 000').waitFor({ state: 'attached' });
    assert.equal(await first(), 0);
    await box.hover();
    await page.mouse.wheel(2000, 0);
    await page.waitForFunction((each) => (each as unknown as { first: number }).first > 50, await box.elementHandle());
    const svg = await exported(card(page), 'auc by seed', 'SVG');
    assert.match(svg, />seed 000 \(1\)</);
    assert.equal([...svg.matchAll(/stroke-width="2"/g)].length, length);
    assert.ok(!svg.includes('scroll for the others'));
    const table = (await exported(card(page), 'auc by seed', 'CSV')).trim().split('\r\n');
    assert.equal(table.length, 1 + length);
  });

  it('images of every run, listed and read as they are asked for and seen', async () => {
    const page = await open({ kind: 'images', columns: [] });
    const figures = card(page).locator('figure');
    await figures.nth(23).waitFor();
    assert.equal(await figures.count(), 24);
    const listed = async (): Promise<number> => (await callsOf(page, 'images')).length;
    const before = await listed();
    for (const count of [48, 72]) {
      await card(page).getByRole('button', { name: 'Show more' }).click();
      await figures.nth(count - 1).waitFor();
      await card(page).getByText(`The first ${count} of 300 runs`).waitFor();
    }
    assert.equal((await listed()) - before, 48);
    const last = figures.nth(71);
    assert.equal(await last.locator('canvas').count(), 0);
    await last.scrollIntoViewIfNeeded();
    await last.locator('canvas[width="4"]').waitFor();
    await figures.first().locator('canvas').waitFor({ state: 'detached' });
    assert.equal(await exported(card(page), 'Images', 'PNG'), '4560 x 4376');
  });

  it('differences of every run, fifty columns more at a time', async () => {
    const page = await open({ kind: 'difference', columns: [] });
    const heads = card(page).locator('thead th');
    await heads.nth(50).waitFor();
    await card(page).getByText('The first 50 of 300 runs').waitFor();
    await card(page).getByRole('button', { name: 'Show more' }).click();
    await heads.nth(100).waitFor();
  });

  it('names in the legend, sixty more at a time', async () => {
    const page = await open({ kind: 'bar', columns: [{ group: 'metrics', key: 'auc' }] });
    const legend = page.getByRole('group', { name: 'Runs in the charts' });
    await legend.getByRole('button', { name: 'and 240 more' }).click();
    await legend.getByRole('button', { name: 'and 180 more' }).waitFor();
  });
});
