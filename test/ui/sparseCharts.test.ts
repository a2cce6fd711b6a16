import type { Page } from 'playwright-core';
import { chartsAnswers, chartsLines } from './chartsSample';
import { usePanels } from './panelsPage';

const rows = Array.from({ length: 40 }, (_, row) => row);
const metric = (key: string) => ({ group: 'metrics', key });
const param = (key: string) => ({ group: 'params', key });
/** Every eighth run has it. */
const sparse = { key: 'sparse', values: rows.map((row) => (row % 8 === 0 ? row : NaN)), loggedNaN: rows.map(() => 0) };
const gone = { key: 'gone', codes: rows.map(() => 0xffffffff), dictionary: [] };

describe('Charts of what few runs have (ui)', function () {
  this.timeout(60_000);
  const openAny = usePanels();
  const open = (charts: readonly object[], state: object = {}) =>
    openAny({
      entry: 'runs',
      answers: { ...chartsAnswers, 'column sparse': sparse, 'column gone': gone },
      lines: chartsLines,
      size: { width: 1400, height: 1000 },
      state: { charts: { charts, share: 0.2 }, ...state },
    });
  const card = (page: Page, title: string) => page.locator('rs-chart-card').filter({ hasText: title });

  it('say of how many they are: points, boxes, contours and lines over axes', async () => {
    const { page } = await open([
      { kind: 'scatter', columns: [metric('sparse'), metric('auc')] },
      { kind: 'contour', columns: [param('lr'), metric('sparse'), metric('auc')] },
      { kind: 'box', columns: [metric('sparse'), param('depth')] },
      { kind: 'scatter', columns: [param('lr'), metric('auc')] },
      { kind: 'parallel', columns: [param('lr'), param('gone'), metric('auc')] },
    ]);
    for (const title of ['auc against sparse', 'auc over lr and sparse', 'sparse by depth'])
      await card(page, title).getByText('5 of 40 runs have all values').waitFor();
    await card(page, 'Parallel coordinates').getByText('0 of 40 runs have all values').waitFor();
    await card(page, 'auc against lr')
      .locator('.foot')
      .filter({ hasNotText: /runs have/ })
      .waitFor();
  });

  it('of a column that is gone are changed by choosing another, and do not say that the first one is chosen', async () => {
    const { page } = await open([{ kind: 'scatter', columns: [param('gone'), metric('auc')] }]);
    const chart = card(page, 'auc against gone');
    await chart.getByRole('button', { name: 'Choose what auc against gone shows' }).press('Enter');
    const x = chart.getByRole('combobox').first();
    await x.locator('option:checked', { hasText: 'gone (no run has it)' }).waitFor({ state: 'attached' });
    await x.selectOption({ label: 'depth' });
    await card(page, 'auc against depth').waitFor();
  });

  it('say that no run is chosen where none is, rather than what the chosen ones lack', async () => {
    const charts = [
      { kind: 'line', columns: [metric('loss')] },
      { kind: 'bar', columns: [metric('auc')] },
      { kind: 'difference', columns: [] },
      { kind: 'images', columns: [] },
    ];
    const { page } = await open(charts, { colours: {} });
    await page.getByText('Choose runs by the square beside their name.').waitFor();
    for (const title of ['Differences', 'Images']) await card(page, title).getByText('No run is chosen').waitFor();
    for (const title of ['loss', 'auc']) {
      const chart = card(page, title);
      await chart.locator('.plot').waitFor();
      const drawn = await chart
        .locator('.plot')
        .evaluate((plot) => (plot as unknown as { svg(title: string): string }).svg(''));
      if (!drawn.includes('>No run is chosen<')) throw new Error(`${title} says: ${drawn}`);
    }
  });

  it('that draw nothing say so when they are to be exported', async () => {
    const answers = { ...chartsAnswers, 'column auc': 'The server does not answer.' };
    const charts = [{ kind: 'bar', columns: [metric('auc')] }];
    const { page } = await openAny({ entry: 'runs', answers, state: { charts: { charts, share: 0.2 } } });
    const chart = card(page, 'auc');
    await chart.getByRole('button', { name: 'Export auc' }).press('Enter');
    await chart.getByRole('button', { name: 'CSV' }).press('Enter');
    await chart.getByText('Nothing is drawn that could be exported.').waitFor();
  });
});
