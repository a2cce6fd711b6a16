import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { callsOf, usePanels } from './panelsPage';
import { compareAnswers, compareLines, hostile, metricsAnswers, runAnswers, runLines } from './panelsSample';

describe('Panels as plain pages (ui)', function () {
  this.timeout(30_000);
  const open = usePanels();

  /** What the artifacts' rows asked for first: `[action, path]`. */
  const artifactAct = async (page: Page): Promise<unknown[]> => {
    await page.waitForFunction(() =>
      (Reflect.get(globalThis, 'calls') as { k?: string }[]).some(({ k }) => k === 'actOnArtifact'),
    );
    const [first] = (await callsOf(page, 'actOnArtifact')) as { action: string; path: string }[];
    return [first?.action, first?.path];
  };

  it('draws a run under a strict policy, and hostile names only as text', async () => {
    const { page, violations } = await open({ entry: 'run', answers: runAnswers, lines: runLines });
    await page.locator('rs-chart canvas').first().waitFor();
    const heading = await page.locator('h1').textContent();
    assert.ok(heading?.includes(hostile));
    assert.equal(await page.locator('img').count(), 0);
    assert.equal(await page.evaluate(() => 'hacked' in globalThis), false);
    assert.deepEqual(violations, []);
    await page.close();
  });

  it('writes NaN and infinity as such, and says when points were left out', async () => {
    const { page } = await open({ entry: 'run', answers: runAnswers, lines: runLines });
    await page.getByRole('cell', { name: 'NaN' }).waitFor();
    await page.getByRole('cell', { name: '∞' }).waitFor();
    await page.getByText('200 of 5\u2009000 points').waitFor();
    await page.close();
  });

  it('tells a chart in words, shows the point under an arrow key, and the same as a table', async () => {
    const { page } = await open({ entry: 'run', answers: runAnswers, lines: runLines });
    const chart = page.getByRole('img', { name: /^diverged\. .*10 points.*greatest 4/ });
    await chart.focus();
    await page.keyboard.press('End');
    await page.getByRole('status').getByText('step 9').waitFor();
    await page.keyboard.press('Home');
    await page.getByRole('status').getByText('step 0').waitFor();
    await page.getByRole('button', { name: 'Show diverged as table' }).click();
    assert.equal(await page.locator('rs-metric-chart', { hasText: 'diverged' }).locator('tbody tr').count(), 10);
    await page.close();
  });

  it('charts over time what was logged many times without a step', async () => {
    const answers = { ...runAnswers, curves: ['auc'] };
    const auc = { steps: [0, 0, 0], values: [0.5, 0.7, 0.9931], times: [0, 60_000, 120_000] };
    const { page } = await open({ entry: 'run', answers, lines: { ...runLines, auc: [auc] } });
    await page.getByRole('img', { name: /^auc\. auc: 3 points from .*:.* to .*:/ }).waitFor();
    await page.close();
  });

  it('asks for histories only of charts near the visible part', async () => {
    const metrics = Array.from({ length: 200 }, (_, i) => ({ key: `m${i}`, value: i, step: 9, timestamp: 0 }));
    const { page: run } = runAnswers.content;
    const content = { ...runAnswers.content, page: { ...run, run: { ...run.run, metrics } } };
    const { page } = await open({ entry: 'run', answers: { ...runAnswers, content } });
    await page.locator('rs-chart').first().waitFor();
    assert.ok((await callsOf(page, 'lines')).length < 30);
    await page.close();
  });

  it('keeps axis, folds and what it is of for VS Code to restore', async () => {
    const { page } = await open({ entry: 'run', answers: runAnswers, lines: runLines });
    await page.getByRole('button', { name: 'Time' }).click();
    await page.getByRole('button', { name: 'Params' }).click();
    const saved: object = await page.evaluate(() => (Reflect.get(globalThis, 'savedState') as () => object)());
    assert.deepEqual(saved, { ref: runAnswers.content.page.ref, axis: 'time', folded: { params: true } });
    await page.close();

    const again = await open({ entry: 'run', answers: runAnswers, lines: runLines, state: saved });
    await again.page.getByRole('button', { name: 'Time', pressed: true }).waitFor();
    await again.page.getByRole('button', { name: 'Params', expanded: false }).waitFor();
    await again.page.close();
  });

  it('opens artifacts by keyboard, folders level by level', async () => {
    const { page } = await open({ entry: 'run', answers: runAnswers });
    await page.getByRole('treeitem', { name: 'Run artifacts' }).focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    assert.deepEqual(await artifactAct(page), ['openArtifact', 'notes.txt']);
    await page.close();
  });

  it('downloads and reveals an artifact by keyboard', async () => {
    for (const [presses, action] of [
      [1, 'download'],
      [2, 'revealArtifact'],
    ] as const) {
      const { page } = await open({ entry: 'run', answers: runAnswers });
      await page.getByRole('treeitem', { name: 'Run artifacts' }).focus();
      await page.keyboard.press('End');
      for (let press = 0; press < presses; press++) await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      assert.deepEqual(await artifactAct(page), [action, 'notes.txt']);
      assert.equal((await callsOf(page, 'actOnArtifact')).length, 1);
      await page.close();
    }
  });

  it('says what failed with one button and the log, and shows nothing else', async () => {
    const sentence = "registry 'prod' did not answer within 10 s.";
    const { page } = await open({ entry: 'run', answers: { content: sentence } });
    await page.getByRole('alert').getByText(sentence).waitFor();
    assert.equal(await page.locator('vscode-button').count(), 1);
    await page.getByRole('button', { name: 'Show log' }).click();
    assert.deepEqual(await callsOf(page, 'act'), [{ action: 'showLog', refs: [] }]);
    await page.close();
  });

  it('shows a progress line while the host is silent', async () => {
    const { page } = await open({ entry: 'compare', answers: {}, silent: true });
    await page.getByRole('progressbar', { name: 'Loading' }).waitFor();
    await page.close();
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
    await page.close();
  });

  it('never scrolls the page sideways at 480 px, nor the Metrics view at 170 px', async () => {
    const wide = (page: Page): Promise<boolean> =>
      page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');
    const small = { width: 480, height: 800 };
    const run = await open({ entry: 'run', answers: runAnswers, lines: runLines, size: small });
    await run.page.locator('rs-chart canvas').first().waitFor();
    assert.equal(await wide(run.page), false);
    const compare = await open({ entry: 'compare', answers: compareAnswers, lines: compareLines, size: small });
    await compare.page.locator('rs-chart canvas').first().waitFor();
    assert.equal(await wide(compare.page), false);
    const narrow = { width: 170, height: 600 };
    const metrics = await open({ entry: 'metrics', answers: metricsAnswers, lines: compareLines, size: narrow });
    await metrics.page.locator('rs-chart canvas').first().waitFor();
    assert.equal(await wide(metrics.page), false);
    await Promise.all([run, compare, metrics].map(({ page }) => page.close()));
  });

  it('opens the comparison from an overlaid metric, and says what to select when nothing is', async () => {
    const { page } = await open({ entry: 'metrics', answers: metricsAnswers, lines: compareLines });
    await page.getByRole('button', { name: 'loss', exact: true }).click();
    assert.deepEqual(await callsOf(page, 'act'), [
      { action: 'compare', refs: metricsAnswers.content.items.map(({ ref }) => ref) },
    ]);
    await page.close();
    const empty = await open({ entry: 'metrics', answers: { content: { items: [], more: 0, bundle: {} } } });
    await empty.page.getByText('Select a run or a model version to see its metrics here.').waitFor();
    await empty.page.close();
  });
});
