import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { reducePoints } from '../../src/domain/reduce';
import { chartsAnswers, chartsLines } from './chartsSample';
import { exported } from './exportedChart';
import { callsOf, change, type FakeLine, usePanels } from './panelsPage';
import { runAnswers } from './panelsSample';
import { runsContent } from './runsSample';

const metricOf = (key: string) => ({ group: 'metrics', key });
const paramOf = (key: string) => ({ group: 'params', key });

/** What scripts log by mistake or on purpose: charts say what is true of it. */
describe('Odd input in charts and panels (ui)', function () {
  this.timeout(60_000);
  const openAny = usePanels();
  const card = (page: Page) => page.locator('rs-chart-card').first();

  async function openChart(kind: string, ...columns: object[]) {
    const state = { charts: { charts: [{ kind, columns }], share: 0.35 } };
    const size = { width: 1400, height: 900 };
    const opened = await openAny({ entry: 'runs', answers: chartsAnswers, lines: chartsLines, size, state });
    await card(opened.page).locator('canvas').first().waitFor();
    return opened;
  }

  /** By the first chart, as its SVG says. */
  async function drawnBy(page: Page): Promise<{ readonly texts: string[]; readonly paths: number }> {
    const button = card(page).getByRole('button', { name: /^Export / });
    const title = ((await button.getAttribute('aria-label')) ?? '').replace('Export ', '');
    const svg = await exported(card(page), title, 'SVG');
    const texts = Array.from(svg.matchAll(/<text[^>]*>([^<]*)/g), ([, text]) => text ?? '');
    return { texts, paths: svg.split('<path').length - 1 };
  }

  const label = (page: Page): Promise<string | null> => card(page).getByRole('img').getAttribute('aria-label');

  it('of NaN and infinities alone says that none is a finite number, in every kind of chart', async () => {
    const { page, violations } = await openChart('line', metricOf('diverged'));
    assert.match((await label(page)) ?? '', /run 0: 3 points from step 0 to step 2, none of them a finite number/);
    await card(page).getByRole('button', { name: 'Show diverged as table' }).click();
    for (const value of ['NaN', '∞', '−∞'])
      await card(page).getByRole('cell', { name: value, exact: true }).first().waitFor();
    for (const [kind, columns, words, drawn] of [
      ['bar', [metricOf('diverged')], /run 0 NaN/, ['None of these runs has a finite value of diverged']],
      ['scatter', [metricOf('diverged'), metricOf('auc')], /40 runs/, ['No run has a finite value of both']],
      ['box', [metricOf('diverged'), paramOf('lr')], /diverged by lr/, ['No run has both a finite value and a group']],
      [
        'contour',
        [paramOf('lr'), paramOf('depth'), metricOf('diverged')],
        /40 runs/,
        ['Three runs with finite values are needed'],
      ],
      ['parallel', [paramOf('lr'), metricOf('diverged')], /40 of 40 runs/, ['lr', '0.001', '0.1', 'diverged']],
    ] as const) {
      const other = await openChart(kind, ...columns);
      assert.match((await label(other.page)) ?? '', words);
      assert.deepEqual((await drawnBy(other.page)).texts.slice(0, drawn.length), drawn);
      assert.deepEqual(other.violations, []);
    }
    // No line leads to an axis without a value, and it has no ticks that would be made up.
    const without = await drawnBy((await openChart('parallel', paramOf('lr'), metricOf('diverged'))).page);
    assert.deepEqual(
      without.texts.filter((text) => /^[\d.]+$/.test(text)),
      ['0.001', '0.1'],
    );
    const lines = await drawnBy((await openChart('parallel', paramOf('lr'), metricOf('auc'))).page);
    assert.ok(lines.paths > without.paths, `${lines.paths} paths with values, ${without.paths} without`);
    assert.deepEqual(violations, []);
  });

  it('of ±1e308 over steps that are negative, repeated and 2^53 is drawn, told and reached by keys', async () => {
    const { page, violations } = await openChart('line', metricOf('huge'));
    assert.match((await label(page)) ?? '', /run 0: 4 points from step -5 to step 9007199254740992, least −1\.797e308/);
    const status = card(page).getByRole('status');
    await card(page).getByRole('img').focus();
    await page.keyboard.press('ArrowRight');
    await status.getByText(/^step -5\. .*1\.797e\+?308/).waitFor({ state: 'attached' });
    await page.keyboard.press('End');
    await status.getByText(/^step 9007199254740992\. .*1e\+?308/).waitFor({ state: 'attached' });
    const drawn = await card(page).locator('canvas').first().evaluate(darkPixels);
    assert.ok(drawn > 500, `${drawn} pixels are drawn`);
    assert.deepEqual(violations, []);
  });

  it('of a million points is reduced with its extremes, and says how many there are', async () => {
    const length = 1_000_000;
    const values = Float64Array.from({ length }, (_, step) => Math.sin(step / 5000));
    values[654_321] = 99;
    const steps = Float64Array.from({ length }, (_, step) => step);
    const reduced = reducePoints({ steps, timestamps: steps, values }, { axis: 'step', buckets: 300 });
    const line: FakeLine = { steps: [...reduced.steps], values: [...reduced.values], total: reduced.total };
    assert.ok(line.steps.length < 1500);
    const metrics = [{ key: 'loss', value: 1, step: length - 1, timestamp: 0 }];
    const page = { ...runAnswers.content.page, run: { ...runAnswers.content.page.run, metrics } };
    const answers = { ...runAnswers, content: { ...runAnswers.content, page } };
    const opened = await openAny({ entry: 'run', answers, lines: { loss: [line] }, state: { charted: ['loss'] } });
    await opened.page.getByText('max 99').waitFor();
    await opened.page.getByText(/of 1\.000e6 points|of 1\u2009000\u2009000 points|of 1e6 points/).waitFor();
    await opened.page.getByRole('img', { name: /1000000 points from step 0 to step 999999, .*greatest 99/ }).waitFor();
  });

  it('of an experiment without runs says so, and how to log the first, above what charts them', async () => {
    const content = runsContent(0, () => '', { keys: { metrics: [], params: [], tags: [], datasets: false } });
    const size = { width: 1400, height: 900 };
    const { page, violations } = await openAny({ entry: 'runs', answers: { ...chartsAnswers, content }, size });
    await page.getByText('No runs. What is logged to this experiment shows here.').waitFor();
    await page.getByText('No runs to draw.').waitFor();
    assert.equal(await page.getByText('Choose runs by the square').count(), 0);
    await page.getByRole('button', { name: 'Copy Python snippet that logs a run' }).press('Enter');
    const refs = [{ kind: 'experiment', registry: 'local', id: '1' }];
    assert.deepEqual(await callsOf(page, 'act'), [{ action: 'copyLoggingSnippet', refs }]);
    await change(page, { content: chartsAnswers.content });
    await page.getByRole('row', { name: /run 3\b/ }).waitFor();
    await card(page).waitFor();
    assert.deepEqual(violations, []);
  });

  it('of 5,000 metrics charts the first, and all on request, each read only when it is seen', async () => {
    const metrics = Array.from({ length: 5000 }, (_, i) => `m${String(i).padStart(4, '0')}`);
    const keys = { metrics, params: [], tags: [], datasets: false };
    const content = runsContent(3, (row) => `run ${row}`, { keys });
    const answers = { ...chartsAnswers, content };
    const { page, violations } = await openAny({ entry: 'runs', answers, size: { width: 1400, height: 900 } });
    await page.locator('rs-chart-card').nth(11).waitFor();
    assert.equal(await page.locator('rs-chart-card').count(), 12);
    await page.getByRole('button', { name: 'Show all 5000 metrics' }).click();
    await page.locator('rs-chart-card').nth(4999).waitFor({ state: 'attached' });
    assert.ok((await page.locator('rs-chart-card .plot').count()) < 60);
    assert.deepEqual(violations, []);
  });

  for (const [entry, state] of [
    ['runs', { sources: [{ registry: 'gone', experimentIds: ['1'] }] }],
    ['version', { ref: { kind: 'version', registry: 'gone', id: 'tumour/3' } }],
  ] as const) {
    it(`says that its registry is gone where the ${entry} page is restored later, and asks again on request`, async () => {
      const sentence = "There is no registry 'gone'. Choose another with Switch Registry.";
      const { page } = await openAny({ entry, answers: { content: sentence }, state });
      await page.getByRole('alert').getByText(sentence).waitFor();
      await page.getByRole('button', { name: 'Retry' }).click();
      assert.equal((await callsOf(page, 'content')).length, 2);
    });
  }

  it('that a table held and that is deleted for good leaves the table, with the other runs', async () => {
    const { page } = await openAny({ entry: 'runs', answers: chartsAnswers, size: { width: 1400, height: 900 } });
    await page.getByRole('row', { name: /run 3\b/ }).waitFor();
    const left = runsContent(3, (row) => `run ${row}`, { keys: chartsAnswers.content.keys });
    await change(page, { content: left });
    await page.getByText('3 runs', { exact: true }).first().waitFor();
    await page.getByRole('row', { name: /run 3\b/ }).waitFor({ state: 'detached' });
    await page.getByRole('row', { name: /run 2\b/ }).waitFor();
  });
});

/** Runs in the page. */
function darkPixels(canvas: unknown): number {
  const { width, height } = canvas as { width: number; height: number };
  const pen = (
    canvas as { getContext(kind: '2d'): { getImageData(...box: number[]): { data: Uint8Array } } }
  ).getContext('2d');
  const { data } = pen.getImageData(0, 0, width, height);
  let count = 0;
  for (let i = 3; i < data.length; i += 4) if ((data[i] ?? 0) > 100) count++;
  return count;
}
