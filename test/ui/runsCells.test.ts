import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { change, usePanels } from './panelsPage';
import { runsContent } from './runsSample';

/** Run 0 logged NaN, run 1 nothing; the others are told apart by their loss alone. */
const score = { key: 'score', values: [NaN, NaN, 0.5, 0.9, 0.5, 0.9, 0.7], loggedNaN: [1] };
const loss = { key: 'loss', values: [0.1, 0.2, 0.4, 0.3, 0.2, 0.6, 0.5], loggedNaN: [0] };
const optimizers = { key: 'optimizer', codes: [0, 0, 0, 1, 1, 1, 1], dictionary: ['adaptive moments', 'sgd'] };
const content = runsContent(score.values.length, (row) => `run ${row}`, {
  keys: { metrics: ['score', 'loss'], params: ['optimizer'], tags: [], datasets: false },
});
const answers = { content, 'column score': score, 'column loss': loss, 'column optimizer': optimizers };

/** What the tests need of a window, without the types of a browser. */
interface Styled {
  getComputedStyle(element: unknown): Readonly<Record<'backgroundImage' | 'backgroundSize', string>>;
}

describe('Cells of a runs table (ui)', function () {
  this.timeout(60_000);
  const openAny = usePanels();
  const state = { charts: { folded: 'charts' } };
  const open = (layout: object) =>
    openAny({ entry: 'runs', answers: { ...answers, content: { ...content, layout } }, state });
  const head = (page: Page, name: string) => page.getByRole('columnheader', { name });
  /** Until the runs stand in this order, by their numbers. */
  async function expectOrder(page: Page, order: string): Promise<void> {
    const names = page.locator('.body .name');
    const shown = async (): Promise<string> =>
      (await names.allTextContents()).map((name) => name.replace('run ', '')).join('');
    for (let tries = 0; tries < 100 && (await shown()) !== order; tries++)
      await page.evaluate('new Promise(requestAnimationFrame)');
    assert.equal(await shown(), order);
  }
  const row = (page: Page, name: string) => page.locator('.body > .row', { hasText: name });

  it('are sorted by several columns with Shift, by mouse and keyboard; NaN and missing stand last either way', async () => {
    const { page } = await open({});
    await row(page, 'run 0').getByText('NaN').waitFor();
    await head(page, 'score').click();
    await head(page, 'loss').click({ modifiers: ['Shift'] });
    await expectOrder(page, '5362410');
    assert.deepEqual(await page.locator('.head sup').allTextContents(), ['1', '2']);
    await page.locator('rs-run-grid').focus();
    for (const key of ['ArrowUp', ...Array<string>(4).fill('ArrowRight'), 'Shift+Enter'])
      await page.keyboard.press(key);
    await expectOrder(page, '3564201');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Shift+Space');
    await expectOrder(page, '4263501');
    await head(page, 'score')
      .and(page.locator('[aria-sort=ascending]'))
      .click({ modifiers: ['Shift'] });
    await expectOrder(page, '0143265');
    assert.equal(await page.locator('[aria-sort=ascending], [aria-sort=descending]').count(), 1);
    await head(page, 'score').click();
    await expectOrder(page, '3562401');
  });

  it('are the warmer the better by the direction of their metric, and turn when that does', async () => {
    const { page } = await open({ cells: 'heat' });
    const strengths = (column: number) =>
      Promise.all(
        ['run 0', 'run 2', 'run 3', 'run 6'].map(async (each) => {
          const look = await row(page, each).locator(`.c${column}`).getAttribute('class');
          return /\bh\d+/.exec(look ?? '')?.[0];
        }),
      );
    await page.locator('.c3.h10').first().waitFor();
    assert.deepEqual(await strengths(3), [undefined, 'h0', 'h10', 'h5']);
    assert.deepEqual(await strengths(4), ['h10', 'h4', 'h6', 'h2']);
    const contract = { metrics: [{ pattern: 'score', direction: 'lower' }], seeds: [] };
    await change(page, { content: { ...content, layout: { cells: 'heat' }, contract } });
    await row(page, 'run 2').locator('.c3.h10.best').waitFor();
    assert.deepEqual(await strengths(3), [undefined, 'h10', 'h0', 'h5']);
    assert.match((await row(page, 'run 2').locator('.c3').textContent()) ?? '', /, best$/);
  });

  it('are lines of that length below the number in high contrast, in which no tint lies behind it', async () => {
    const { page } = await open({ cells: 'heat' });
    await page.locator('.c3.h10').first().waitFor();
    await page.evaluate(`document.body.classList.add('vscode-high-contrast');
      document.documentElement.style.setProperty('--vscode-contrastActiveBorder', '#f38518');`);
    const look = (name: string) =>
      row(page, name)
        .locator('.c3')
        .evaluate((cell) => {
          const { backgroundImage, backgroundSize } = (globalThis as unknown as Styled).getComputedStyle(cell);
          return `${backgroundSize} ${backgroundImage}`;
        });
    const color = 'linear-gradient(rgb(243, 133, 24), rgb(243, 133, 24))';
    assert.deepEqual(await Promise.all(['run 2', 'run 6', 'run 3'].map(look)), [
      `0% 2px ${color}`,
      `50% 2px ${color}`,
      `100% 2px ${color}`,
    ]);
  });

  it('name a group across the columns that it has no values in, also at 600 px and where others are pinned', async () => {
    for (const pinned of [[], ['status']]) {
      const { page } = await openAny({
        entry: 'runs',
        answers: { ...answers, content: { ...content, layout: { groupBy: ['["params","optimizer"]'], pinned } } },
        size: { width: 600, height: 700 },
        state,
      });
      const group = page.locator('.group', { hasText: 'optimizer: adaptive moments' });
      const isWhole = await group.locator('.name').evaluate((name) => {
        const { scrollWidth, clientWidth } = name as unknown as Record<'scrollWidth' | 'clientWidth', number>;
        return scrollWidth <= clientWidth;
      });
      assert.ok(isWhole, 'the name is cut');
      const { x, width, y } = (await group.locator('.name').boundingBox())!;
      const seen = `document.querySelector('rs-runs').shadowRoot.querySelector('rs-run-grid').shadowRoot`;
      assert.equal(await page.evaluate(`${seen}.elementFromPoint(${x + width - 4}, ${y + 10}).className`), 'name');
    }
  });
});
