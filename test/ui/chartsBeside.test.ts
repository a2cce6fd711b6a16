import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { allCharts, chartsAnswers, chartsLines } from './chartsSample';
import { callsOf, usePanels } from './panelsPage';
import { runsContent } from './runsSample';

const names = ['ours', 'our child', 'theirs', 'their child'];
const parentTag = 'mlflow.parentRunId';
const two = runsContent(names.length, (row) => names[row] ?? '', {
  keys: { metrics: ['loss'], params: [], tags: [parentTag], datasets: false },
  lengths: [2, 2],
  sources: ['local', 'copy'].map((registry) => ({ registry, experimentIds: ['1'] })),
  experimentNames: { '["local","1"]': 'one', '["copy","1"]': 'one' },
  historiesByRun: [false, false],
  favourites: [[], []],
});
/** A store above its copy: the same ids. */
const copies = {
  ...two,
  attributes: { ...two.attributes, runIds: { text: 'abab', ends: [1, 2, 3, 4] } },
};
const values = { key: 'loss', values: [1, 2, 3, 4], loggedNaN: [255, 255, 255, 255] };
const parents = { key: parentTag, dictionary: ['a'], codes: [-1, 0, -1, 0] };

describe('The runs table and its charts beside each other (ui)', function () {
  this.timeout(60_000);
  const openAny = usePanels();
  const open = (answers: object = {}, state?: object) =>
    openAny({
      entry: 'runs',
      answers: { ...chartsAnswers, ...answers },
      lines: chartsLines,
      size: { width: 1400, height: 900 },
      ...(state && { state }),
    });
  const legend = (page: Page) => page.getByRole('group', { name: 'Runs in the charts' });
  const line = (page: Page) => page.locator('rs-line-chart [role=img]').first();
  const openLayouts = (page: Page) => page.getByRole('button', { name: 'Layouts' }).click();

  it('draw the runs of a store and of its copy, which have the same ids', async () => {
    const { page } = await open({ content: copies, 'column loss': values, [`column ${parentTag}`]: parents });
    await legend(page).getByRole('button').nth(3).waitFor();
    const drawn = await legend(page).getByRole('button').allTextContents();
    assert.deepEqual(
      drawn.map((name) => name.trim()),
      names,
    );
  });

  it('name a group of nested runs after the parent of their own store', async () => {
    const content = { ...copies, layout: { groupBy: [JSON.stringify(['tags', parentTag])] } };
    const { page } = await open({ content, 'column loss': values, [`column ${parentTag}`]: parents });
    await page.locator('rs-run-grid .group', { hasText: /: ours/ }).waitFor();
  });

  it('fold nested runs below the parent that is folded, not below the same one of a copy', async () => {
    const { page } = await open({ content: copies, 'column loss': values, [`column ${parentTag}`]: parents });
    const row = (name: string) => page.locator('rs-run-grid .body .row', { hasText: name });
    await row('their child').waitFor();
    await row('ours').locator('.fold').click();
    await row('our child').waitFor({ state: 'detached' });
    assert.equal(await row('theirs').getAttribute('aria-expanded'), 'true');
    await row('their child').waitFor();
  });

  it('mark the line of the row that the keys are on, and the row of the name that has the focus', async () => {
    const { page } = await open();
    await line(page).waitFor();
    await page.locator('rs-run-grid').focus();
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowDown');
    await legend(page).locator('.pointed', { hasText: 'run 3' }).waitFor();
    await legend(page).getByRole('button', { name: 'run 0' }).focus();
    await page.locator('rs-run-grid .row.pointed', { hasText: 'run 0' }).waitFor();
    await page.getByRole('button', { name: 'Layouts' }).focus();
    await page.waitForFunction(() => {
      const inside = Reflect.get(globalThis, 'document') as { querySelector(name: string): never };
      const deep = (root: { shadowRoot: typeof inside }, name: string) => root.shadowRoot.querySelector(name);
      return !deep(deep(inside.querySelector('rs-runs'), 'rs-run-grid'), '.row.pointed');
    });
  });

  it('open a run by its line: by a click, and by Enter on the one that the arrows chose', async () => {
    const { page } = await open(undefined, { charts: { charts: allCharts.charts.charts.slice(0, 1) } });
    const actions = async () => (await callsOf(page, 'act')) as { action: string; refs: { id: string }[] }[];
    await line(page).focus();
    await page.keyboard.press('ArrowDown');
    await legend(page).locator('.pointed', { hasText: 'run 0' }).waitFor();
    await page.keyboard.press('Enter');
    const run = (id: string) => ({ action: 'openRun', refs: [{ kind: 'run', registry: 'local', id }] });
    assert.deepEqual(await actions(), [run('id-0')]);
    const box = await line(page).boundingBox();
    assert.ok(box);
    const at = [box.x + box.width / 2, box.y + box.height - 60] as const;
    await page.mouse.move(...at);
    const pointed = legend(page).locator('.pointed');
    await pointed.waitFor();
    const name = (await pointed.textContent()) ?? '';
    await page.mouse.click(...at);
    assert.deepEqual((await actions())[1], run(`id-${/run (\d)/.exec(name)?.[1] ?? '1'}`));
  });

  it('keep a layout that was saved beyond the tab: it is applied and deleted after it was opened anew', async () => {
    const { page } = await open({ saveChartLayouts: null });
    await page.getByRole('button', { name: 'Log y' }).click();
    await openLayouts(page);
    await page.getByRole('menuitem', { name: 'Save layout…' }).click();
    await page.getByRole('textbox', { name: 'Name of the layout' }).fill('steep');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() =>
      (Reflect.get(globalThis, 'calls') as { k?: string }[]).some(({ k }) => k === 'saveChartLayouts'),
    );
    const [saved] = (await callsOf(page, 'saveChartLayouts')) as { layouts: Record<string, object> }[];
    assert.deepEqual(Object.keys(saved?.layouts ?? {}), ['steep']);
    const content = { ...chartsAnswers.content, chartLayouts: saved?.layouts ?? {} };
    const again = (await open({ content, saveChartLayouts: null })).page;
    const logY = again.getByRole('button', { name: 'Log y' });
    assert.equal(await logY.getAttribute('aria-pressed'), 'false');
    await openLayouts(again);
    await again.getByRole('menuitem', { name: 'steep', exact: true }).click();
    await again.getByRole('button', { name: 'Log y', pressed: true }).waitFor();
    await openLayouts(again);
    await again.getByRole('menuitem', { name: "Delete 'steep'" }).click();
    assert.deepEqual(await callsOf(again, 'saveChartLayouts'), [{ layouts: {} }]);
  });
});
