import assert from 'node:assert/strict';
import type { TableLayout } from '../../src/domain/tableLayout';
import { answerLate, callsOf, change, noAnswer, usePanels } from './panelsPage';
import { runsContent } from './runsSample';

const length = 40;
const each = <T>(value: (row: number) => T): T[] => Array.from({ length }, (_, row) => value(row));
const content = runsContent(length, (row) => `run ${row}`, {
  keys: { metrics: ['auc', 'widgets'], params: [], tags: [], datasets: true },
});
const auc = { key: 'auc', values: each((row) => row / 100), loggedNaN: each(() => 0) };
const datasets = { key: '', codes: each((row) => row % 2), dictionary: ['bees (a1b2c3d4)', 'wasps (99aa00bb)'] };
const parents = ['id-0', 'id-1', 'id-2', 'id-3'];
const answers = { content, column: auc, 'column ': datasets };
const state = { charts: { folded: 'charts' } };

/** What is asked of the host for a column. */
interface Asked {
  readonly key: string;
  readonly of?: string;
  readonly rows?: readonly number[];
}

describe('Columns of the runs table that are asked for (ui)', function () {
  this.timeout(60_000);
  const open = usePanels();

  it('draws its rows once: sorted as they were left, with the cells that are seen', async () => {
    const layout: TableLayout = { sorting: [{ column: '["metrics","auc"]', ascending: false }] };
    const { page } = await open({ entry: 'runs', answers: { ...answers, content: noAnswer }, state });
    await page.evaluate(`const look = () => {
      const grid = document.querySelector('rs-runs').shadowRoot.querySelector('rs-run-grid');
      globalThis.seen = grid?.shadowRoot.querySelector('.body > .row')?.textContent;
      if (!globalThis.seen) requestAnimationFrame(look);
    };
    look()`);
    await change(page, { content: { ...content, layout } });
    const seen = await page.waitForFunction(() => Reflect.get(globalThis, 'seen') as string | undefined);
    assert.match((await seen.jsonValue()) ?? '', /run 39.*0\.3900/s);
  });

  it('shows names where the columns take long', async () => {
    const { page } = await open({
      entry: 'runs',
      answers: { ...answers, column: noAnswer, 'column ': noAnswer },
      state,
    });
    const row = page.getByRole('row', { name: /run 3 / });
    await row.waitFor();
    assert.doesNotMatch((await row.textContent()) ?? '', /0\.03/);
  });

  it('fills its first columns though the next reading fails', async () => {
    const { page } = await open({ entry: 'runs', answers: { ...answers, column: noAnswer }, state });
    await page.getByRole('row', { name: /run 3 / }).waitFor();
    await change(page, { content: 'The server is away.' });
    await page.getByText('The server is away.').waitFor();
    await answerLate(page, 'column', auc);
    await page.getByRole('row', { name: /run 3 .*0\.0300/ }).waitFor();
  });

  it('stays sorted as it was, and says so, until the column that it is to be sorted by is read', async () => {
    const layout: TableLayout = { sorting: [{ column: '["metrics","auc"]', ascending: false }] };
    const { page } = await open({
      entry: 'runs',
      answers: { ...answers, content: { ...content, layout }, 'column widgets': noAnswer },
      state,
    });
    const sorted = page.locator('[role=columnheader][aria-sort=descending]');
    const top = page.locator('.body > .row[aria-rowindex="2"] .name');
    await page.locator('.body .name:text-is("run 39")').waitFor();
    await page.getByRole('columnheader', { name: 'widgets' }).click();
    await page.getByRole('progressbar', { name: 'Loading' }).waitFor();
    assert.match((await sorted.textContent()) ?? '', /auc/);
    assert.equal(await top.textContent(), 'run 39');
    await answerLate(page, 'column', { ...auc, key: 'widgets', values: each((row) => (row * 7) % length) });
    await sorted.filter({ hasText: 'widgets' }).waitFor();
    assert.equal(await top.textContent(), 'run 17');
    await page.getByRole('progressbar').waitFor({ state: 'detached' });
  });

  it('reads no column that is not shown because only favourites are', async () => {
    const layout: TableLayout = { onlyStarred: true, starred: ['["metrics","widgets"]'] };
    const { page } = await open({ entry: 'runs', answers: { ...answers, content: { ...content, layout } }, state });
    await page.getByRole('row', { name: /run 3 .*0\.0300/ }).waitFor();
    const asked = (await callsOf(page, 'column')) as Asked[];
    assert.deepEqual(
      asked.map(({ key }) => key),
      ['widgets'],
    );
  });

  it('adds the best of a metric’s history beside it, sorts and exports it, and takes it away', async () => {
    const { page, violations } = await open({ entry: 'runs', answers, state });
    await page.getByRole('columnheader', { name: 'auc' }).click({ button: 'right' });
    await page.getByRole('menuitemcheckbox', { name: 'Best over history' }).press('Enter');
    const best = page.getByRole('columnheader', { name: 'auc (best)' });
    await best.waitFor();
    assert.equal(await best.getAttribute('title'), 'auc (best): the greatest of its history');
    const at = async (name: string) =>
      Number(await page.getByRole('columnheader', { name, exact: true }).getAttribute('aria-colindex'));
    assert.equal(await at('auc (best)'), (await at('auc')) + 1);
    await best.click();
    await page.locator('[role=columnheader][aria-sort=descending]').waitFor();
    assert.match((await page.getByRole('row').nth(1).textContent()) ?? '', /run 39/);
    const asked = (await callsOf(page, 'column')) as Asked[];
    assert.deepEqual(
      asked.filter(({ of }) => of),
      [{ group: 'metrics', key: 'auc', of: 'max' }],
    );
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: 'Copy as CSV' }).press('Enter');
    const [exported] = (await callsOf(page, 'export')) as { columns: { title: string; of?: string }[] }[];
    assert.equal(exported?.columns.find(({ title }) => title === 'auc (best)')?.of, 'best');
    const saved = (await callsOf(page, 'saveLayout')) as { layout: TableLayout }[];
    assert.deepEqual(saved.at(-1)?.layout.histories, [{ key: 'auc', of: 'best' }]);
    await best.click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Hide' }).press('Enter');
    await best.waitFor({ state: 'detached' });
    assert.deepEqual(violations, []);
  });

  it('offers no best where nobody knows what is better; the list of columns has the others', async () => {
    const { page } = await open({ entry: 'runs', answers, state, size: { width: 1400, height: 800 } });
    await page.getByRole('button', { name: 'Choose columns' }).click();
    await page.getByRole('button', { name: 'Best, least, greatest or first of widgets' }).press('Enter');
    await page.getByRole('menuitemcheckbox', { name: 'Least over history' }).waitFor();
    assert.equal(await page.getByRole('menuitemcheckbox', { name: 'Best over history' }).count(), 0);
    await page.getByRole('menuitemcheckbox', { name: 'First of history' }).press('Enter');
    await page.getByRole('columnheader', { name: 'widgets (first)' }).waitFor();
  });

  it('has a server read histories of the selected runs only, each once, and says so', async () => {
    const layout: TableLayout = { histories: [{ key: 'auc', of: 'min' }] };
    const served = { ...content, historiesByRun: [true], layout };
    const { page } = await open({ entry: 'runs', answers: { ...answers, content: served }, state });
    await page.getByText('a server gives histories run by run: of the selected runs only').waitFor();
    const cell = (name: string) => page.getByRole('row', { name }).getByRole('gridcell').nth(4);
    await page.getByRole('row', { name: /run 7 / }).waitFor();
    assert.equal((await cell('run 7 ').textContent())?.trim(), '');
    for (const name of [/run 7 /, /run 9 /]) await page.getByRole('row', { name }).click({ modifiers: ['Control'] });
    await page.waitForFunction(
      () =>
        (Reflect.get(globalThis, 'calls') as { k?: string; args?: { rows?: number[] } }[]).filter(
          ({ k, args }) => k === 'column' && args?.rows,
        ).length === 2,
    );
    await cell('run 7 ').getByText('0.07000').waitFor();
    assert.equal((await cell('run 8 ').textContent())?.trim(), '');
    const asked = (await callsOf(page, 'column')) as Asked[];
    assert.deepEqual(
      asked.flatMap(({ rows }) => (rows ? [rows] : [])),
      [[7], [9]],
    );
  });

  it('shows datasets, and groups by them', async () => {
    const { page } = await open({ entry: 'runs', answers, state });
    await page.getByRole('row', { name: /run 3 .*wasps \(99aa00bb\)/ }).waitFor();
    await page.getByRole('columnheader', { name: 'Datasets' }).click({ button: 'right' });
    await page.getByRole('menuitemcheckbox', { name: 'Group by Datasets' }).press('Enter');
    const bees = page.getByRole('row', { name: /Datasets: bees \(a1b2c3d4\).*20 runs/ });
    await bees.waitFor();
    await page.getByRole('columnheader', { name: 'User' }).click({ button: 'right' });
    await page.getByRole('menuitemcheckbox', { name: 'Group by User' }).press('Enter');
    await bees.dblclick();
    const ada = page.getByRole('row', { name: /User: ada.*20 runs/ });
    assert.equal(await ada.getAttribute('aria-level'), '2');
    await ada.dblclick();
    const run = page.getByRole('row', { name: /run 2 / });
    assert.equal(await run.getAttribute('aria-level'), '3');
  });

  it('groups by git branch and by parent run, which has its name there, though neither column shows', async () => {
    const [branchTag, parentTag] = ['mlflow.source.git.branch', 'mlflow.parentRunId'];
    const { page } = await open({
      entry: 'runs',
      answers: {
        content: { ...content, keys: { metrics: ['auc'], params: [], tags: [branchTag, parentTag], datasets: false } },
        'column auc': auc,
        [`column ${branchTag}`]: { key: branchTag, codes: each((row) => row % 2), dictionary: ['main', 'wider-net'] },
        [`column ${parentTag}`]: {
          key: parentTag,
          codes: each((row) => (row < 4 ? -1 : row % 4)),
          dictionary: parents,
        },
      },
      state,
    });
    const choose = async (label: string): Promise<void> => {
      await page.getByRole('button', { name: 'Group and view' }).press('Enter');
      await page.getByRole('menuitemcheckbox', { name: label, exact: true }).press('Enter');
    };
    await choose('Group by Branch');
    await page.getByRole('row', { name: /Branch: wider-net.*20 runs.*0\.2000 ± 0\.12/ }).waitFor();
    await choose('Group by Branch');
    await choose('Group by Parent run');
    await page.getByRole('row', { name: /Parent run: run 3.*9 runs/ }).waitFor();
    await page.getByRole('row', { name: /Parent run: –.*4 runs/ }).waitFor();
  });

  it('selects a range by keys and by mouse', async () => {
    const { page } = await open({ entry: 'runs', answers, state });
    await page.getByRole('row', { name: /run 3 / }).click();
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await page.getByText('3 selected').waitFor();
    await page.getByRole('row', { name: /run 9 / }).click({ modifiers: ['Shift'] });
    await page.getByText('7 selected').waitFor();
    const selected = page.locator('.body > .row[aria-selected="true"]');
    const places = await selected.evaluateAll((rows) =>
      rows.map((row) => (row as unknown as { ariaRowIndex: string }).ariaRowIndex),
    );
    assert.deepEqual(
      places.map(Number).sort((a, b) => a - b),
      [5, 6, 7, 8, 9, 10, 11],
    );
  });

  it('does what a part of a row is for and nothing else where that part is clicked', async () => {
    const { page } = await open({ entry: 'runs', answers: { ...answers, star: [] }, state });
    const part = (row: number, name: string) => page.locator(`.body > .row[aria-rowindex="${row + 2}"] ${name}`);
    // It shows under the pointer.
    await part(3, '.name').hover();
    await part(3, '.star').dblclick();
    await part(3, '.square').click();
    assert.equal((await callsOf(page, 'star')).length, 2);
    assert.deepEqual(await callsOf(page, 'act'), []);
    assert.equal(await page.locator('.row[aria-selected=true]').count(), 0);
    await part(3, '.check').click();
    await part(6, '.check').click({ modifiers: ['Shift'] });
    await page.getByText('4 selected').waitFor();
    await part(8, '.name').dblclick();
    await page.getByText('1 selected').waitFor();
    assert.equal((await callsOf(page, 'act')).length, 1);
  });

  it('stars columns by click, key and menu, lists them first, and shows only those', async () => {
    const { page, violations } = await open({ entry: 'runs', answers, state });
    await page.getByRole('columnheader', { name: 'auc' }).click({ button: 'right' });
    await page.getByRole('menuitemcheckbox', { name: 'Favourite column' }).press('Enter');
    await page.getByRole('button', { name: 'Columns' }).click();
    const list = page.getByRole('list', { name: 'Columns' });
    const started = list.getByRole('checkbox', { name: 'Started' });
    await started.press('f');
    await list.locator('li:first-of-type :focus').waitFor();
    await list.getByRole('button', { name: 'Add Duration to favourites' }).click();
    await list.getByRole('button', { name: 'Remove Duration from favourites' }).click();
    assert.deepEqual((await list.locator('bdi').allTextContents()).slice(0, 3), ['Started', 'auc', 'Status']);
    const star = list.getByRole('button', { name: 'Add Duration to favourites' });
    await star.press('Space');
    await list
      .getByRole('button', { name: 'Remove Duration from favourites' })
      .and(page.locator(':focus'))
      .press('Space');
    await star.and(page.locator(':focus')).waitFor();
    // What stands below the last favourite is elsewhere in the table.
    await list.getByRole('checkbox', { name: 'auc' }).press('Alt+ArrowDown');
    await page.getByLabel('Only favourite columns').check();
    await page.locator('[role=grid][aria-colcount="3"]').waitFor();
    await page.getByRole('button', { name: 'Reset' }).click();
    const saved = (await callsOf(page, 'saveLayout')) as { layout: TableLayout }[];
    assert.deepEqual(saved.at(-1)?.layout, { starred: ['["metrics","auc"]', 'started'] });
    assert.deepEqual(violations, []);
  });

  it('stars runs by click, key and menu, and shows only those', async () => {
    const { page, violations } = await open({ entry: 'runs', answers: { ...answers, star: [['id-3']] }, state });
    const row = page.getByRole('row', { name: /run 3 / });
    await row.hover();
    await row.getByTitle('Add to favourites').click();
    await page.getByRole('row', { name: /run 3 , Favourite/ }).waitFor();
    await page.locator('rs-run-grid').focus();
    await page.keyboard.press('f');
    await page.getByRole('row', { name: /run 2 / }).click();
    await page.getByRole('row', { name: /run 4 / }).click({ modifiers: ['Control'] });
    await page.getByRole('row', { name: /run 4 / }).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Add to favourites' }).press('Enter');
    const asked = (await callsOf(page, 'star')) as { runs: { runId: string }[]; on: boolean }[];
    assert.deepEqual(
      asked.map(({ runs, on }) => [runs.map(({ runId }) => runId), on]),
      [
        [['id-3'], true],
        [['id-0'], true],
        [['id-2', 'id-4'], true],
      ],
    );
    await page.getByRole('button', { name: 'Group and view' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Only favourites' }).press('Enter');
    await page.getByText('1 of 40 runs · only favourites').waitFor();
    assert.equal(await page.getByRole('row').count(), 2);
    assert.deepEqual(violations, []);
  });
});
