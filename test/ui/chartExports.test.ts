import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { allCharts, chartsAnswers, chartsLines } from './chartsSample';
import { exported as exportedBy } from './exportedChart';
import { usePanels } from './panelsPage';

const metric = (key: string) => ({ group: 'metrics', key });
const auc = metric('auc');

/** What the test needs of a window, without the types of a browser. */
interface Styled {
  getComputedStyle(element: unknown): { readonly borderTopStyle: string };
}

describe('What a chart is exported as (ui)', function () {
  this.timeout(60_000);
  const openAny = usePanels();
  const open = (charts: readonly object[], more: object = {}) =>
    openAny({
      ...{ entry: 'runs', answers: chartsAnswers, lines: chartsLines, size: { width: 1400, height: 1000 } },
      state: { charts: { charts, share: 0.3, ...more } },
    });
  const card = (page: Page, title: string) => page.locator('rs-chart-card').filter({ hasText: title });

  const exported = (page: Page, title: string, kind: 'SVG' | 'PNG' | 'CSV') =>
    exportedBy(card(page, title), title, kind);

  /** A canvas is as wide as its image once that is drawn. */
  async function expectWidth(canvas: Locator, width: number): Promise<void> {
    await canvas.and(canvas.page().locator(`canvas[width="${width}"]`)).waitFor();
  }

  it('bars that begin at zero: their lengths are as their values', async () => {
    const { page } = await open([{ kind: 'bar', columns: [auc] }]);
    await card(page, 'auc').locator('rs-bar-chart').waitFor();
    const svg = await exported(page, 'auc', 'SVG');
    const lengths = [...svg.matchAll(/M[\d.]+ [\d.]+h([\d.]+)v/g)].map(([, length]) => Number(length));
    const values = chartsAnswers['column auc'] as { values: readonly number[] };
    assert.equal(lengths.length, 6);
    lengths.forEach((length, i) => {
      const expected = values.values[i]! / values.values[0]!;
      assert.ok(Math.abs(length / lengths[0]! - expected) < 0.002, `${length / lengths[0]!} is not ${expected}`);
    });
    assert.match(svg, />0\.0<\/text>/);
  });

  it('logarithmic bars, which have no zero, say where they begin', async () => {
    const { page } = await open([{ kind: 'bar', columns: [auc] }], { logY: true });
    await card(page, 'auc').locator('rs-bar-chart').waitFor();
    assert.match(await exported(page, 'auc', 'SVG'), /logarithmic: bars begin at 0\.1000</);
  });

  it('bars of all runs that were chosen, the greatest first where names have no room', async () => {
    const { page, violations } = await open([{ kind: 'bar', columns: [auc] }]);
    await page.getByRole('grid').getByRole('row', { name: /run 0/ }).click();
    await page.getByRole('button', { name: 'Select all 40 that match' }).click();
    await page.getByRole('button', { name: 'Chart', exact: true }).press('Enter');
    await page.getByRole('group', { name: 'Runs in the charts' }).getByText('run 39').waitFor();
    await card(page, 'auc').getByRole('img', { name: 'auc: 40 bars' }).waitFor();
    assert.match(await exported(page, 'auc', 'SVG'), />40 runs, the greatest first</);
    const table = (await exported(page, 'auc', 'CSV')).trim().split('\r\n');
    assert.equal(table.length, 41);
    assert.deepEqual(violations, []);
  });

  /** The dashes of lines in an exported picture: of those in the chart, and of those beside their names. */
  async function dashesOf(count: number) {
    const colours = Object.fromEntries(
      Array.from({ length: count }, (_, row) => [JSON.stringify(['run', 'local', `id-${row}`]), row]),
    );
    const loss = Array.from({ length: count }, (_, row) => ({ steps: [0, 1], values: [row, row + 1] }));
    const { page } = await openAny({
      ...{ entry: 'runs', answers: chartsAnswers, lines: { loss }, size: { width: 1400, height: 1000 } },
      state: { charts: { charts: [{ kind: 'line', columns: [metric('loss')] }] }, colours },
    });
    await card(page, 'loss').locator('rs-line-chart').waitFor();
    const svg = await exported(page, 'loss', 'SVG');
    const all = [...svg.matchAll(/<path fill="none" [^>]*stroke-width="([\d.]+)"(?: stroke-dasharray="([^"]*)")?/g)];
    const ofWidth = (width: string) => all.flatMap(([, own, dash]) => (own === width ? [dash ?? ''] : []));
    const names = page.getByRole('group', { name: 'Runs in the charts' }).locator('.swatch');
    const borders = await names.evaluateAll((each) =>
      each.map((name) => (globalThis as unknown as Styled).getComputedStyle(name).borderTopStyle),
    );
    return { lines: ofWidth('1.5'), names: ofWidth('2'), borders };
  }

  for (const count of [7, 19, 36])
    it(`${count} lines with dashes that tell run 1 from run 7, in the chart and in its legends`, async () => {
      const { lines, names, borders } = await dashesOf(count);
      const expected = Array.from({ length: count }, (_, i) => ['', '6 4', '1 3'][Math.floor(i / 6) % 3]);
      assert.deepEqual([lines, names], [expected, expected]);
      const styles: Record<string, string> = { '': 'solid', '6 4': 'dashed', '1 3': 'dotted' };
      assert.deepEqual(
        borders,
        expected.map((dash) => styles[dash ?? '']),
      );
    });

  it('more lines than dashes tell apart without any, in the chart and in its legends', async () => {
    const { lines, names, borders } = await dashesOf(37);
    assert.deepEqual([lines.length, names.length, borders.length], [37, 37, 37]);
    assert.deepEqual([...new Set([...lines, ...names, ...borders])], ['', 'solid']);
  });

  it('a band between the extremes of reduced lines, none of whole ones and none in high contrast', async () => {
    const charts = [
      { kind: 'line', columns: [metric('loss')] },
      { kind: 'line', columns: [metric('huge')] },
    ];
    const { page } = await open(charts);
    const bands = async (title: string): Promise<number> =>
      [...(await exported(page, title, 'SVG')).matchAll(/<path fill="[^"]+" opacity="0.15" d="M[^"]+Z"/g)].length;
    for (const title of ['loss', 'huge']) await card(page, title).locator('rs-line-chart').waitFor();
    assert.deepEqual([await bands('loss'), await bands('huge')], [6, 0]);
    await page.evaluate("document.body.className = 'vscode-high-contrast'");
    assert.equal(await bands('loss'), 0);
  });

  it('images as one picture, and as a list of run, step and path; no SVG, which is said', async () => {
    const { page, violations } = await open([{ kind: 'images', columns: [] }]);
    const images = card(page, 'Images').locator('rs-run-image canvas');
    await images.nth(5).waitFor();
    for (const image of await images.all()) await expectWidth(image, 4);
    assert.equal(await exported(page, 'Images', 'PNG'), '1536 x 1112');
    const lines = (await exported(page, 'Images', 'CSV')).split('\r\n');
    assert.deepEqual([lines[0], lines[1]], ['Run,Step,Path', 'run 0,1,plots/step_1.png']);
    await card(page, 'Images').getByRole('button', { name: 'Export Images' }).click();
    await card(page, 'Images').getByText('No SVG: images are pixels').waitFor();
    assert.deepEqual(violations, []);
  });

  it('a table of differences as SVG, PNG and CSV, hostile names as text', async () => {
    const { page, violations } = await open([{ kind: 'difference', columns: [] }]);
    await page.getByText('What differs').waitFor();
    const svg = await exported(page, 'Differences', 'SVG');
    assert.match(svg, /^<svg [^]*>optimizer<\/text>[^]*<\/svg>\n$/);
    assert.ok(!svg.includes('<script') && !svg.includes('<img'));
    assert.match(await exported(page, 'Differences', 'PNG'), /^\d{3,4} x \d{3}$/);
    assert.match(await exported(page, 'Differences', 'CSV'), /^What differs,run 0,/);
    assert.deepEqual(violations, []);
  });

  it('every kind as a picture', async () => {
    const kinds = allCharts.charts.charts.filter(({ kind }) => kind !== 'images');
    for (const chart of kinds) {
      const { page } = await open([chart]);
      const title = await page.locator('rs-chart-card h3').first().textContent();
      await page.locator('rs-chart-card .plot').first().waitFor();
      assert.match(await exported(page, title!.trim(), 'PNG'), /^\d+ x \d+$/, chart.kind);
    }
  });
});
