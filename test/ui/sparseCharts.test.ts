import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { chartsAnswers, chartsLines } from './chartsSample';
import { exported } from './exportedChart';
import { usePanels } from './panelsPage';

const rows = Array.from({ length: 40 }, (_, row) => row);
const metric = (key: string) => ({ group: 'metrics', key });
const param = (key: string) => ({ group: 'params', key });
/** Every eighth run has it. */
const sparse = { key: 'sparse', values: rows.map((row) => (row % 8 === 0 ? row : NaN)), loggedNaN: rows.map(() => 0) };
/** Of the six runs in the charts the first logged NaN, the last two logged 1 and 2, the others did not log it. */
const part = { key: 'part', values: rows.map((row) => (row > 3 ? row - 3 : NaN)), loggedNaN: rows.map(() => 0) };
part.loggedNaN[0] = 1;
/** All of them without a number: nothing but NaN and what is missing differs. */
const broken = { key: 'broken', values: rows.map(() => NaN), loggedNaN: [1, 0, 0, 0, 0] };
const gone = { key: 'gone', codes: rows.map(() => 0xffffffff), dictionary: [] };

const columns = { 'column sparse': sparse, 'column part': part, 'column broken': broken, 'column gone': gone };
const { keys } = chartsAnswers.content;
const content = { ...chartsAnswers.content, keys: { ...keys, metrics: [...keys.metrics, 'broken', 'part'] } };

describe('Charts of what few runs have (ui)', function () {
  this.timeout(60_000);
  const openAny = usePanels();
  const open = (charts: readonly object[], state: object = {}) =>
    openAny({
      entry: 'runs',
      answers: { ...chartsAnswers, content, ...columns },
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

  it('tell a NaN that was logged from a missing value: as bars, in words and in a file', async () => {
    const { page } = await open([{ kind: 'bar', columns: [metric('part')] }]);
    const chart = card(page, 'part');
    const words = /^part\. run 0 NaN\. .*second line –\. .*run 2 –\. run 3 –\. run 4 1\. run 5 2$/s;
    await chart.getByRole('img', { name: words }).waitFor();
    const svg = await exported(chart, 'part', 'SVG');
    const numbers = [...svg.matchAll(/text-anchor="start"[^>]*>(–|NaN|\d)<\/text>/g)].map(([, word]) => word);
    assert.deepEqual(numbers, ['NaN', '–', '–', '–', '1', '2']);
    const cells = (await exported(chart, 'part', 'CSV')).trim().split('\r\n');
    assert.deepEqual(
      cells.map((line) => line.replace(/^.*,/s, '')),
      ['part', 'NaN', '', '', '', '1', '2'],
    );
    await chart.getByRole('button', { name: 'Show part as table' }).press('Enter');
    await chart.getByRole('row', { name: 'run 0 NaN' }).waitFor();
    await chart.getByRole('row', { name: 'run 3 –' }).waitFor();
  });

  it('tell them apart in a table of differences, where they are one', async () => {
    const { page } = await open([{ kind: 'difference', columns: [] }]);
    const chart = card(page, 'Differences');
    for (const name of ['broken NaN – – – – –', 'part NaN – – – 1 2']) await chart.getByRole('row', { name }).waitFor();
    const lines = (await exported(chart, 'Differences', 'CSV')).split('\r\n');
    assert.ok(lines.includes('broken,NaN,,,,,') && lines.includes('part,NaN,,,,1,2'), lines.join('\n'));
    assert.match(await exported(chart, 'Differences', 'SVG'), />broken<[^]*>NaN<[^]*>–</);
  });

  it('count as NaN in a box what was logged so, not what is missing', async () => {
    const { page } = await open([{ kind: 'box', columns: [metric('part'), param('depth')] }]);
    await card(page, 'part by depth').locator('rs-box-chart').waitFor();
    const [head, ...groups] = (await exported(card(page, 'part by depth'), 'part by depth', 'CSV'))
      .trim()
      .split('\r\n');
    assert.match(head ?? '', /^depth,runs,.*,NaN or infinite$/);
    const sum = (place: number): number => groups.reduce((all, line) => all + Number(line.split(',').at(place)), 0);
    assert.deepEqual([sum(1), sum(-1)], [36, 1]);
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
