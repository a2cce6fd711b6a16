import assert from 'node:assert/strict';
import type { TableLayout } from '../../src/domain/tableLayout';
import { callsOf, usePanels } from './panelsPage';
import { hostile } from './panelsSample';
import { runsContent } from './runsSample';

const length = 20_000;
const each = <T>(value: (row: number) => T): T[] => Array.from({ length }, (_, row) => value(row));

const content = runsContent(length, (row) => (row === 1 ? hostile : `run ${row}`), {
  keys: { metrics: Array.from({ length: 300 }, (_, i) => `metric ${i}`), params: ['depth'], tags: [], datasets: false },
  notes: ['Something that nobody may read is left out'],
});
const depthColumn = '["params","depth"]';
const column = { key: 'x', values: each((row) => (row === 0 ? NaN : row)), loggedNaN: each(() => 255) };

describe('The runs table as a plain page (ui)', function () {
  this.timeout(60_000);
  const openAny = usePanels();
  const state = { charts: { folded: 'charts' } };
  const open = () => openAny({ entry: 'runs', answers: { content, column }, state });

  it('holds and reads only what is seen, and asks for more when it comes into view', async () => {
    const { page, violations } = await open();
    await page.getByRole('row', { name: /run 3 / }).waitFor();
    assert.ok((await page.getByRole('row').count()) < 100);
    assert.equal(await page.getByRole('grid').getAttribute('aria-rowcount'), String(length + 1));
    const before = await callsOf(page, 'column');
    assert.ok(before.length > 0 && before.length < 15, `${before.length} columns`);
    await page.locator('rs-run-grid').evaluate((grid) => {
      // The types of the tests have no DOM.
      (grid as unknown as { scrollTo(to: object): void }).scrollTo({ left: 15_000, top: 22 * 10_000 });
    });
    await page.getByRole('row', { name: /run 10000 / }).waitFor();
    await page.waitForFunction(
      (count) =>
        (Reflect.get(globalThis, 'calls') as { k?: string }[]).filter(({ k }) => k === 'column').length > count,
      before.length,
    );
    assert.ok((await callsOf(page, 'column')).length < 40);
    assert.deepEqual(violations, []);
  });

  it('shows hostile names as text and what is left out in words', async () => {
    const { page } = await open();
    await page.getByText(hostile).waitFor();
    await page.getByText('Something that nobody may read is left out').waitFor();
    assert.equal(await page.evaluate(() => 'hacked' in globalThis), false);
  });

  it('finds the best run and compares two by keyboard alone; NaN stands last', async () => {
    const { page } = await open();
    await page.getByRole('row', { name: /run 3 / }).waitFor();
    const grid = page.locator('rs-run-grid');
    await grid.focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowUp', 'Enter'])
      await page.keyboard.press(key);
    await page.locator('[role=columnheader][aria-sort=descending]').waitFor();
    await page.getByRole('row', { name: /run 19999 / }).waitFor();
    for (const key of ['ArrowDown', ' ', 'ArrowDown', ' ']) await page.keyboard.press(key);
    await page.getByText('2 selected').waitFor();
    await page.getByRole('button', { name: 'Compare' }).press('Enter');
    const [act] = (await callsOf(page, 'act')) as unknown as { action: string; refs: { id: string }[] }[];
    assert.equal(act?.action, 'compare');
    assert.deepEqual(
      act.refs.map(({ id }) => id),
      ['id-19999', 'id-19998'],
    );
    await grid.focus();
    await page.keyboard.press('Control+End');
    await page.getByRole('row', { name: /run 0 .*NaN/ }).waitFor();
  });

  it('sends the filter as it is typed and says where none matches', async () => {
    const { page } = await open();
    await page.getByLabel('MLflow filter').fill("params.depth = '9'");
    await page.keyboard.press('Enter');
    await page.waitForFunction(() =>
      (Reflect.get(globalThis, 'calls') as { k?: string; args?: { filter?: string } }[]).some(
        ({ k, args }) => k === 'content' && args?.filter === "params.depth = '9'",
      ),
    );
    await page.getByLabel('Search by name').fill('no such run');
    await page.getByText("No run's name holds 'no such run'").waitFor();
  });

  it('hides, pins, moves and widens columns by mouse or keyboard, and has it saved', async () => {
    const { page } = await open();
    await page.getByRole('row', { name: /run 3 / }).waitFor();
    const heads = async () => {
      const all = await page.getByRole('columnheader').all();
      return Promise.all(all.slice(0, 5).map((head) => head.getAttribute('title')));
    };
    const start = page.getByRole('columnheader', { name: 'Started' });
    await start.click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Hide' }).press('Enter');
    assert.deepEqual(await heads(), ['Run', 'Status', 'metric 0', 'metric 1', 'metric 2']);

    await page.locator('rs-run-grid').focus();
    for (const key of ['ArrowUp', 'ArrowRight', 'ArrowRight', 'Alt+ArrowRight', 'Alt+Shift+ArrowRight', 'Shift+F10'])
      await page.keyboard.press(key);
    await page.getByRole('menuitemcheckbox', { name: 'Pin' }).press('Enter');
    assert.deepEqual(await heads(), ['Run', 'metric 0', 'Status', 'metric 1', 'metric 2']);

    await page.getByRole('button', { name: 'Choose columns' }).click();
    await page.getByLabel('Find a column').fill('depth');
    await page.getByRole('checkbox', { name: 'depth' }).uncheck();
    await page.getByRole('button', { name: 'Close' }).click();
    const saved = (await callsOf(page, 'saveLayout')) as { layout: TableLayout }[];
    const { hidden, pinned, widths } = saved.at(-1)?.layout ?? {};
    assert.deepEqual(
      { hidden, pinned, widths },
      {
        hidden: ['started', '["params","depth"]'],
        pinned: ['["metrics","metric 0"]'],
        widths: { '["metrics","metric 0"]': 112 },
      },
    );
  });

  it('shows only columns that differ', async () => {
    const { page } = await openAny({
      entry: 'runs',
      answers: { content, column, differing: [{ group: 'metrics', key: 'metric 7' }] },
      state,
    });
    await page.getByRole('button', { name: 'Choose columns' }).click();
    await page.getByLabel('Only columns that differ').check();
    await page.getByRole('columnheader', { name: 'metric 1' }).waitFor({ state: 'detached' });
    await page.getByRole('columnheader', { name: 'metric 7' }).waitFor();
  });

  it('groups by a value, says what each group comes to, and opens it by key', async () => {
    const depth = { key: 'depth', codes: each((row) => row % 2), dictionary: ['3', '9'] };
    const { page, violations } = await openAny({
      entry: 'runs',
      answers: {
        content: {
          ...content,
          keys: { metrics: [], params: ['depth'], tags: [], datasets: false },
          layout: { groupBy: [depthColumn] },
        },
        column: depth,
      },
    });
    await page.getByRole('row', { name: /depth: 3.*10.000 runs/ }).waitFor();
    assert.equal(await page.getByRole('row').count(), 3);
    await page.locator('rs-run-grid').focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('row', { name: /run 2 / }).waitFor();
    assert.equal(await page.getByRole('treegrid').getAttribute('aria-rowcount'), '10003');
    await page.keyboard.press(' ');
    await page.getByText(/10.000 selected/).waitFor();
    assert.deepEqual(violations, []);
  });

  it('shows the name of a parent run rather than how many are nested, where there is room for one', async () => {
    const named = runsContent(length, (row) => (row === 0 ? 'a name as long as names are' : `run ${row}`), {
      keys: { metrics: [], params: [], tags: ['mlflow.parentRunId'], datasets: false },
    });
    const codes = each((row) => (row > 0 && row < 4 ? 0 : -1));
    const parents = { key: 'mlflow.parentRunId', codes, dictionary: ['id-0'] };
    const { page } = await openAny({ entry: 'runs', answers: { content: named, column: parents } });
    const row = page.getByRole('row', { name: /a name as long.*3 nested/ });
    const [name, count] = await Promise.all(['.name', '.count'].map((part) => row.locator(part).boundingBox()));
    assert.ok(name && count && name.width > 1.5 * count.width, `${name?.width} px beside ${count?.width}`);
    const [inner, shown] = await row.locator('.count').evaluate((each) => {
      const { scrollWidth, clientWidth } = each as unknown as Record<'scrollWidth' | 'clientWidth', number>;
      return [scrollWidth, clientWidth] as const;
    });
    assert.ok(inner <= shown, 'the number is not cut');
  });

  it('folds nested runs below their parent', async () => {
    const parents = {
      key: 'mlflow.parentRunId',
      codes: each((row) => (row > 0 && row < 4 ? 0 : -1)),
      dictionary: ['id-0'],
    };
    const { page } = await openAny({
      entry: 'runs',
      answers: {
        content: { ...content, keys: { metrics: [], params: [], tags: ['mlflow.parentRunId'], datasets: false } },
        column: parents,
      },
    });
    await page.getByRole('row', { name: /run 0 .*3 nested/ }).waitFor();
    await page.getByRole('row', { name: /run 3 / }).waitFor();
    await page.locator('rs-run-grid').focus();
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('row', { name: /run 3 / }).waitFor({ state: 'detached' });
    await page.getByRole('row', { name: /run 4 / }).waitFor();
  });

  it('builds a filter from rows, takes one that is typed, and marks the place of an error', async () => {
    const { page, violations } = await open();
    await page.getByRole('button', { name: 'Build the filter' }).click();
    await page.getByLabel('Column', { exact: true }).fill('metrics.`metric 1`');
    await page.getByLabel('Operator').selectOption('>=');
    await page.getByLabel('Value').fill('0.5');
    await page.getByRole('button', { name: 'Add a condition' }).click();
    await page.getByLabel('Joined by').selectOption('OR');
    await page.getByLabel('Column', { exact: true }).nth(1).fill('status');
    await page.getByLabel('Value').nth(1).fill('FAILED');
    await page.keyboard.press('Enter');
    const text = "metrics.`metric 1` >= 0.5 OR status = 'FAILED'";
    assert.equal(await page.getByLabel('MLflow filter').inputValue(), text);
    const asked = (await callsOf(page, 'content')) as { filter: string }[];
    assert.equal(asked.at(-1)?.filter, text);

    await page.getByLabel('MLflow filter').fill('metrics.auc > 0.9 AND params.depth ~ 3');
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('mark').textContent(), '~');
    assert.equal((await callsOf(page, 'content')).length, asked.length);
    await page.getByLabel('MLflow filter').fill("run_name LIKE 'brisk%'");
    assert.equal(await page.getByLabel('Column', { exact: true }).inputValue(), 'run_name');
    assert.deepEqual(violations, []);
  });

  it('shows a view of the workspace, and has the present one saved', async () => {
    const view = { name: 'By depth', filter: 'metrics.auc > 0.9', layout: { groupBy: [depthColumn] } };
    const depth = { key: 'depth', codes: each(() => 0), dictionary: ['3'] };
    const { page } = await openAny({
      entry: 'runs',
      answers: { content, column: depth, views: [view], saveView: 'Mine' },
    });
    await page.getByRole('row', { name: /run 3 / }).waitFor();
    await page.getByRole('button', { name: 'Views' }).press('Enter');
    await page.getByRole('menuitem', { name: 'By depth' }).press('Enter');
    await page.getByRole('row', { name: /depth: 3.*20.000 runs/ }).waitFor();
    const asked = (await callsOf(page, 'content')) as { filter: string }[];
    assert.equal(asked.at(-1)?.filter, view.filter);
    assert.equal(await page.getByLabel('MLflow filter').inputValue(), view.filter);
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitem', { name: 'Save this view…' }).click();
    const [saved] = (await callsOf(page, 'saveView')) as object[];
    assert.deepEqual(saved, { filter: view.filter, layout: view.layout });
  });

  it('has a server that has more sort them, and says where only the loaded ones are', async () => {
    const { page } = await openAny({
      entry: 'runs',
      answers: {
        content: { ...content, more: true, layout: { hidden: ['status', 'started'], pinned: ['duration'] } },
        column,
      },
    });
    await page.getByText(/20.000 runs loaded, the server has more/).waitFor();
    await page.getByRole('columnheader', { name: 'metric 0' }).click();
    await page.waitForFunction(() =>
      (Reflect.get(globalThis, 'calls') as { k?: string; args?: { orderBy?: string[] } }[]).some(
        ({ k, args }) => k === 'content' && args?.orderBy?.[0] === 'metrics.`metric 0` DESC',
      ),
    );
    await page.getByRole('columnheader', { name: 'Duration' }).click();
    await page.getByText('sorted among those that are loaded').waitFor();
  });
});
