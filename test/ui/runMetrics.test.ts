import assert from 'node:assert/strict';
import { noContract } from '../../src/domain/contract';
import { callsOf, change, flipChart, usePanels } from './panelsPage';
import { answersWith, run, runAnswers, runLines } from './panelsSample';

describe('The metrics on the page of a run (ui)', function () {
  this.timeout(30_000);
  const open = usePanels();

  it('shows of each metric the latest value, where it went and how far, and its chart on a click', async () => {
    const { page } = await open({ entry: 'run', answers: runAnswers, lines: runLines });
    const tile = page.locator('rs-metric-tile', { hasText: 'loss' });
    await tile.getByText('min 0.005000 · max 1').waitFor();
    await tile.getByText('step 199').waitFor();
    assert.equal(await tile.locator('path').count(), 1);
    assert.equal(await page.locator('rs-line-chart').count(), 0);
    await flipChart(page, 'loss');
    await page.getByText('200 of 5\u2009000 points').waitFor();
    await flipChart(page, 'loss');
    await page.locator('rs-line-chart').waitFor({ state: 'detached' });
  });

  it('shows first what one decides by: a well-known metric, or the primary of ringside.yaml', async () => {
    const metrics = ['learning-rate', 'train-logloss', 'validation-auc'].map((key) => ({
      ...run.metrics[0]!,
      key,
    }));
    const answers = answersWith({ metrics });
    const { page } = await open({ entry: 'run', answers });
    const first = page.locator('rs-metric-tile').first();
    await first.getByText('validation-auc').waitFor();
    const contract = { ...noContract, metrics: [{ pattern: 'train-*', primary: true }] };
    await change(page, { ...answers, content: { ...answers.content, contract } });
    await first.getByText('train-logloss').waitFor();
  });

  it('writes NaN and infinity as such, in tiles and in the table', async () => {
    const { page } = await open({ entry: 'run', answers: runAnswers, lines: runLines });
    await page.locator('rs-metric-tile', { hasText: 'diverged' }).getByText('NaN').waitFor();
    await page.getByRole('button', { name: 'Table' }).click();
    await page.getByRole('cell', { name: 'NaN' }).waitFor();
    await page.getByRole('cell', { name: '∞' }).waitFor();
  });

  it('tells a chart in words, shows the point under an arrow key, and the same as a table', async () => {
    const { page } = await open({ entry: 'run', answers: runAnswers, lines: runLines });
    await flipChart(page, 'diverged');
    const chart = page.getByRole('img', { name: /^diverged\. .*10 points.*greatest 4/ });
    await chart.focus();
    await page.keyboard.press('End');
    await page.getByRole('status').getByText('step 9').waitFor();
    await page.keyboard.press('Home');
    await page.getByRole('status').getByText('step 0').waitFor();
    await page.getByRole('button', { name: 'Show diverged as table' }).click();
    assert.equal(await page.locator('rs-metric-chart', { hasText: 'diverged' }).locator('tbody tr').count(), 10);
  });

  it('charts over time what was logged many times without a step', async () => {
    const auc = { steps: [0, 0, 0], values: [0.5, 0.7, 0.9931], times: [0, 60_000, 120_000] };
    const { page } = await open({ entry: 'run', answers: runAnswers, lines: { ...runLines, auc: [auc] } });
    await flipChart(page, 'auc');
    await page.getByRole('img', { name: /^auc\. auc: 3 points from .*:.* to .*:/ }).waitFor();
  });

  it('fills and reads of 5,000 metrics only those near the visible part, and filters them all', async () => {
    const metrics = Array.from({ length: 5000 }, (_, i) => ({ key: `m${i}`, value: i, step: 9, timestamp: 0 }));
    const { page } = await open({ entry: 'run', answers: answersWith({ metrics }) });
    await page.locator('rs-metric-tile').first().waitFor();
    assert.ok((await page.locator('rs-metric-tile').count()) <= 240);
    assert.ok((await callsOf(page, 'lines')).length < 100);
    await page.getByRole('searchbox', { name: 'Filter metrics by name' }).fill('m4999');
    await page.locator('rs-metric-tile', { hasText: 'm4999' }).waitFor();
    assert.equal(await page.locator('rs-metric-tile').count(), 1);
  });
});
