import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { callsOf, change, noAnswer, usePanels } from './panelsPage';
import { runsContent } from './runsSample';

/** Above what the page arranges on its own thread. */
const length = 60_000;
const rows = Array.from({ length }, (_, row) => row);
const content = runsContent(length, (row) => `run ${row}`, {
  keys: { metrics: ['auc'], params: ['depth'], tags: [], datasets: false },
});
const answers = {
  content,
  export: null,
  'column auc': { key: 'auc', values: rows.map((row) => (row * 7919) % length), loggedNaN: [] },
  'column depth': { key: 'depth', codes: rows.map((row) => row % 3), dictionary: ['3', '5', '8'] },
};
/** The row whose value is the greatest. */
const best = rows.find((row) => (row * 7919) % length === length - 1) ?? -1;

const head = (page: Page, name: string, exact = false) => page.getByRole('columnheader', { name, exact });
const firstRow = (page: Page, name: string) => page.locator(`.body > .row[aria-rowindex="2"] .name:text-is("${name}")`);

describe('A runs table of many rows (ui)', function () {
  this.timeout(60_000);
  const openAny = usePanels();
  const open = async (layout = {}) => {
    const opened = await openAny({
      entry: 'runs',
      answers: { ...answers, content: { ...content, layout } },
      state: { charts: { folded: 'charts' } },
    });
    await opened.page.locator('.body .name').first().waitFor();
    return opened;
  };

  it('is sorted, searched and grouped in a worker under the policy of the panel', async () => {
    const { page, violations } = await open();
    await head(page, 'auc').click();
    await firstRow(page, `run ${best}`).waitFor();
    assert.equal(page.workers().length, 0);
    await head(page, 'Run', true).click();
    await page.locator('[role=columnheader][aria-sort=descending]:has-text("Run")').waitFor();
    assert.equal(await firstRow(page, 'run 59999').count(), 1);
    assert.equal(page.workers().length, 1);
    await page.getByLabel('Search by name').fill('run 5999');
    await page.locator('[role=grid][aria-rowcount="12"]').waitFor();
    await page.getByLabel('Search by name').fill('');
    await head(page, 'depth').click({ button: 'right' });
    await page.getByText('Group by depth').click();
    await page.getByRole('row', { name: /depth: 5.*20 000 runs/ }).waitFor();
    assert.deepEqual(violations, []);
  });

  it('leaves rows where they stand when others come into view', async () => {
    const { page } = await open();
    const stays = page.locator('.body > .row[aria-rowindex="20"]');
    const placeOf = () => stays.evaluate((row) => (row as unknown as { offsetTop: number }).offsetTop);
    const before = await placeOf();
    await page.locator('rs-run-grid').hover();
    await page.mouse.wheel(0, 14 * 22);
    await page.locator('.body > .row[aria-rowindex="2"]').waitFor({ state: 'detached' });
    assert.equal(await placeOf(), before);
    assert.equal(await stays.locator('.name').textContent(), 'run 18');
  });

  it('comes sorted as it was left, and stays sorted when it is read again', async () => {
    const { page } = await open({ sorting: [{ column: 'name', ascending: false }] });
    await firstRow(page, 'run 59999').waitFor();
    assert.equal(page.workers().length, 1);
  });

  it('asks anew for what was asked for ahead of a reading that another one overtook', async () => {
    const sorted = { ...content, layout: { sorting: [{ column: 'name', ascending: false }] } };
    const metrics = Array.from({ length: 20 }, (_, i) => `a${i}`);
    const wider = { ...sorted, keys: { ...content.keys, metrics } };
    const { page } = await openAny({
      entry: 'runs',
      answers: { sorted, wider, content: noAnswer, column: noAnswer },
      state: { charts: { folded: 'charts' } },
    });
    // Each reading waits for the worker that sorts its runs by name.
    await page.evaluate(`globalThis.held = []; globalThis.Worker = class extends Worker {
      postMessage(...args) { if (held) held.push(() => super.postMessage(...args)); else super.postMessage(...args); }
    }`);
    const read = async (answer: string) => {
      await page.evaluate(`void (answers.content = answers.${answer})`);
      await change(page, {});
    };
    const asked = (key: string, times: number) =>
      page.waitForFunction(
        ([name, count]) => {
          const calls = Reflect.get(globalThis, 'calls') as { args?: { key?: string } }[];
          return calls.filter(({ args }) => args?.key === name).length === count;
        },
        [key, times] as const,
      );
    await read('sorted');
    await asked('depth', 1);
    await read('wider');
    await asked('a0', 1);
    assert.equal(await page.getByRole('grid').count(), 0);
    await page.evaluate(`for (const post of held) post(); held = undefined`);
    await firstRow(page, 'run 59999').waitFor();
    await page.locator('rs-run-grid').evaluate((grid) => {
      (grid as unknown as { scrollTo(to: object): void }).scrollTo({ left: 15_000 });
    });
    await asked('depth', 2);
  });

  it('stays grouped while it is read again', async () => {
    const { page } = await open({ groupBy: ['["params","depth"]'] });
    await page.getByRole('row', { name: /depth: 5.*20 000 runs/ }).waitFor();
    await page.evaluate(`(() => {
      const grid = document.querySelector('rs-runs').renderRoot.querySelector('rs-run-grid').renderRoot;
      globalThis.ungrouped = [];
      new MutationObserver(() => {
        const count = grid.querySelector('[role=treegrid], [role=grid]').getAttribute('aria-rowcount');
        if (count !== '4') ungrouped.push(count);
      }).observe(grid, { subtree: true, attributes: true, childList: true });
    })()`);
    // A host whose column is another; what it had of the others is not sent into the page once more.
    await page.evaluate(`answers['column depth'] = { ...answers['column depth'], dictionary: ['3', '5', '9'] }`);
    await change(page, {});
    await page.getByRole('row', { name: /depth: 9.*20 000 runs/ }).waitFor();
    assert.deepEqual(await page.evaluate('ungrouped'), []);
  });

  it('has all selected that match what was sought last, though they are still being found', async () => {
    const { page } = await open();
    await page.getByRole('row', { name: /run 3 / }).click();
    await page.evaluate(`(() => {
      const { renderRoot } = document.querySelector('rs-runs');
      const search = renderRoot.querySelector('[aria-label="Search by name"]');
      search.value = 'run 5999';
      search.dispatchEvent(new Event('input', { bubbles: true }));
      [...renderRoot.querySelectorAll('footer button')].find((each) => each.textContent.includes('that match')).click();
    })()`);
    await page.getByText(/11 selected/).waitFor();
  });

  it('exports what was sought last, though it is still being found', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: 'Export' }).click();
    const save = page.getByRole('menuitem', { name: 'Save as CSV' });
    await save.waitFor();
    await page.evaluate(`(() => {
      const { renderRoot } = document.querySelector('rs-runs');
      const search = renderRoot.querySelector('[aria-label="Search by name"]');
      search.value = 'run 5999';
      search.dispatchEvent(new Event('input', { bubbles: true }));
      const items = [...renderRoot.querySelector('rs-menu').renderRoot.querySelectorAll('[role=menuitem]')];
      items.find((each) => each.textContent.includes('Save as CSV')).click();
    })()`);
    await page.waitForFunction(() =>
      (Reflect.get(globalThis, 'calls') as { k?: string }[]).some(({ k }) => k === 'export'),
    );
    const [asked] = (await callsOf(page, 'export')) as { rows: readonly number[] }[];
    assert.equal(Object.keys(asked?.rows ?? []).length, 11);
  });

  for (const [why, script] of [
    ['cannot start', 'globalThis.Worker = class { constructor() { throw new Error("no"); } }'],
    [
      'breaks',
      'const W = Worker; globalThis.Worker = class { constructor() { return new W(URL.createObjectURL(new Blob(["throw 1"]))); } }',
    ],
  ] as const) {
    it(`is sorted by the page where the worker ${why}, and says so in the console`, async () => {
      const { page } = await open();
      const said: string[] = [];
      page.on('console', (message) => said.push(message.text()));
      await page.evaluate(script);
      await head(page, 'Run', true).click();
      await firstRow(page, 'run 59999').waitFor();
      assert.ok(
        said.some((text) => text.includes('arranged without a worker')),
        said.join(),
      );
    });
  }
});
