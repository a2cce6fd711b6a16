import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { callsOf, usePanels } from './panelsPage';
import { compareAnswers, compareLines, metricsAnswers, runAnswers, runLines } from './panelsSample';

describe('Panels as plain pages (ui)', function () {
  this.timeout(30_000);
  const open = usePanels();

  it('says what failed with one button and the log, and shows nothing else', async () => {
    const sentence = "registry 'prod' did not answer within 10 s.";
    const { page } = await open({ entry: 'run', answers: { content: sentence } });
    await page.getByRole('alert').getByText(sentence).waitFor();
    assert.equal(await page.locator('button.primary').count(), 1);
    await page.getByRole('button', { name: 'Show log' }).click();
    assert.deepEqual(await callsOf(page, 'act'), [{ action: 'showLog', refs: [] }]);
  });

  it('shows a progress line while the host is silent', async () => {
    const { page } = await open({ entry: 'compare', answers: {}, silent: true });
    await page.getByRole('progressbar', { name: 'Loading' }).waitFor();
  });

  it('compares two: what differs on top, better and worse in words, the best marked', async () => {
    const { page, violations } = await open({ entry: 'compare', answers: compareAnswers, lines: compareLines });
    await page.getByRole('heading', { name: 'tumour-classifier: v4 against v3' }).waitFor();
    await page.getByText('Metrics: 1 better, 1 worse in v4 · Params: 1 differ').waitFor();
    const auc = page.getByRole('row', { name: /^auc/ });
    assert.match((await auc.textContent()) ?? '', /0\.9940.*\(best\).*▲better.*\+0\.0009/s);
    assert.match((await page.getByRole('row', { name: /^recall/ }).textContent()) ?? '', /▼worse/);
    assert.equal(await page.getByRole('row', { name: /^depth/ }).count(), 0);
    await page.getByRole('button', { name: 'Show 1 that are the same' }).last().click();
    await page.getByRole('row', { name: /^depth/ }).waitFor();
    await page.getByRole('button', { name: 'Swap' }).click();
    const [arranged] = (await callsOf(page, 'arrange')) as { refs: { id: string }[] }[];
    assert.deepEqual(
      arranged?.refs.map(({ id }) => id),
      ['tumour-classifier/4', 'tumour-classifier/3'],
    );
    assert.deepEqual(violations, []);
  });

  it('never scrolls the page sideways at 480 px, nor the Metrics view at 170 px', async () => {
    const wide = (page: Page): Promise<boolean> =>
      page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');
    const small = { width: 480, height: 800 };
    const run = await open({ entry: 'run', answers: runAnswers, lines: runLines, size: small });
    await run.page.locator('rs-metric-tile path').first().waitFor();
    assert.equal(await wide(run.page), false);
    const compare = await open({ entry: 'compare', answers: compareAnswers, lines: compareLines, size: small });
    await compare.page.locator('rs-line-chart canvas').first().waitFor();
    assert.equal(await wide(compare.page), false);
    const narrow = { width: 170, height: 600 };
    const metrics = await open({ entry: 'metrics', answers: metricsAnswers, lines: compareLines, size: narrow });
    await metrics.page.locator('rs-line-chart canvas').first().waitFor();
    assert.equal(await wide(metrics.page), false);
  });

  it('opens the comparison from an overlaid metric, and says what to select when nothing is', async () => {
    const { page } = await open({ entry: 'metrics', answers: metricsAnswers, lines: compareLines });
    await page.getByRole('button', { name: 'loss', exact: true }).click();
    assert.deepEqual(await callsOf(page, 'act'), [
      { action: 'compare', refs: metricsAnswers.content.items.map(({ ref }) => ref) },
    ]);
    const empty = await open({ entry: 'metrics', answers: { content: { items: [], more: 0, bundle: {} } } });
    await empty.page.getByText('Select a run or a model version to see its metrics here.').waitFor();
  });
});
