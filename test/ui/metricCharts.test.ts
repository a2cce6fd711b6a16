import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { exported } from './exportedChart';
import { callsOf, type FakeLine, usePanels } from './panelsPage';
import { compareAnswers, compareLines, metricsAnswers, runAnswers, runLines } from './panelsSample';

/** Seven times as many points as their reduction, which the fake host gives whatever is asked. */
const reduced: FakeLine = { steps: [0, 1, 2], values: [3, 2, 1], total: 21 };

describe('Charts of the pages of runs and comparisons (ui)', function () {
  this.timeout(30_000);
  const open = usePanels();
  const chart = (page: Page, metric: string) => page.locator('rs-metric-chart', { hasText: metric });

  async function openRun(lines: Readonly<Record<string, readonly FakeLine[]>> = runLines) {
    const opened = await open({ entry: 'run', answers: runAnswers, lines, state: { charted: ['loss'] } });
    await chart(opened.page, 'loss').locator('rs-line-chart canvas').first().waitFor();
    return opened;
  }

  async function openCompare() {
    const opened = await open({ entry: 'compare', answers: compareAnswers, lines: compareLines });
    await chart(opened.page, 'loss').locator('rs-line-chart canvas').first().waitFor();
    return opened;
  }

  it('of a run are exported as SVG, PNG and CSV by mouse', async () => {
    const { page, violations } = await openRun();
    assert.match(await exported(chart(page, 'loss'), 'loss', 'SVG'), /^<svg [^]*<title>loss<[^]*<path fill="none"/);
    assert.match(await exported(chart(page, 'loss'), 'loss', 'PNG'), /^\d{3,4} x \d{3}$/);
    const [head, first] = (await exported(chart(page, 'loss'), 'loss', 'CSV')).split('\r\n');
    assert.deepEqual([head, first], ['Run,Step,Value,Time', 'loss,0,1,2023-11-14T22:13:20.000Z']);
    assert.deepEqual(violations, []);
  });

  it('of a comparison are exported by keys, with the names of their lines', async () => {
    const { page, violations } = await openCompare();
    const svg = await exported(chart(page, 'loss'), 'loss', 'SVG', true);
    assert.match(svg, />v3<\/text>/);
    assert.match(svg, />v4<\/text>/);
    assert.match(await exported(chart(page, 'loss'), 'loss', 'PNG', true), /^\d{3,4} x \d{3}$/);
    const rows = (await exported(chart(page, 'loss'), 'loss', 'CSV', true)).trim().split('\r\n');
    assert.equal(rows.length, 1 + 200 + 150);
    assert.match(rows[201] ?? '', /^v4,0,1\.1,/);
    assert.deepEqual(violations, []);
  });

  it('ask for all points of what is exported as CSV, and name the file by what is missing', async () => {
    const { page } = await openRun({ loss: [reduced] });
    await chart(page, 'loss').getByText('3 of 21 points').waitFor();
    await exported(chart(page, 'loss'), 'loss', 'CSV');
    const asked = (await callsOf(page, 'lines')) as { key: string; buckets: number }[];
    assert.equal(asked.at(-1)?.buckets, 21);
    const [saved] = (await callsOf(page, 'saveChart')) as { name: string }[];
    assert.equal(saved?.name, 'loss - 3 of 21 points.csv');
  });

  it('show all points as a table, more of them on request', async () => {
    const steps = Array.from({ length: 1200 }, (_, step) => step);
    const { page } = await openRun({ loss: [{ steps, values: steps.map((step) => step / 1200) }] });
    await chart(page, 'loss').getByRole('button', { name: 'Show loss as table' }).click();
    const rows = chart(page, 'loss').locator('tbody tr');
    await rows.nth(499).waitFor();
    assert.equal(await rows.count(), 500);
    await chart(page, 'loss').getByText('The first 500 of 1200 rows').waitFor();
    for (const count of [1000, 1200]) {
      await chart(page, 'loss').getByRole('button', { name: 'Show more' }).click();
      await rows.nth(count - 1).waitFor();
    }
    assert.equal(await chart(page, 'loss').getByRole('button', { name: 'Show more' }).count(), 0);
  });

  it('show the place that is pointed at in one in the others too', async () => {
    const answers = { content: { ...compareAnswers.content, charted: ['auc', 'loss'] } };
    const lines = { ...compareLines, auc: compareLines.loss };
    const { page } = await open({ entry: 'compare', answers, lines });
    const cursorOf = (metric: string): Promise<number | null> =>
      chart(page, metric).evaluate((each) => (each as unknown as { cursor?: number }).cursor ?? null);
    await chart(page, 'auc').getByRole('img').focus();
    await page.keyboard.press('End');
    assert.deepEqual([await cursorOf('auc'), await cursorOf('loss')], [199, 199]);
    await page.keyboard.press('Escape');
    assert.deepEqual([await cursorOf('auc'), await cursorOf('loss')], [null, null]);
  });

  it('of the Metrics view are exported too', async () => {
    const size = { width: 300, height: 600 };
    const { page } = await open({ entry: 'metrics', answers: metricsAnswers, lines: compareLines, size });
    await chart(page, 'loss').locator('rs-line-chart canvas').first().waitFor();
    const svg = await exported(chart(page, 'loss'), 'loss', 'SVG', true);
    assert.match(svg, />tumour-classifier v4<\/text>/);
  });

  it('of the Metrics view begin with what one decides by', async () => {
    const [item] = metricsAnswers.content.items;
    const metrics = ['learning-rate', 'validation-auc'].map((key) => ({ key, value: 1, step: 9, timestamp: 9 }));
    const content = { ...metricsAnswers.content, items: [{ ...item!, metrics }] };
    const { page } = await open({ entry: 'metrics', answers: { content } });
    await page.locator('rs-metric-chart').first().getByText('validation-auc').waitFor();
  });
});
