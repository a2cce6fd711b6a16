import assert from 'node:assert/strict';
import { callsOf, usePanels } from './panelsPage';
import { runsContent } from './runsSample';

const length = 20_000;
const each = <T>(value: (row: number) => T): T[] => Array.from({ length }, (_, row) => value(row));
const content = runsContent(length, (row) => `run ${row}`, {
  keys: { metrics: ['auc'], params: ['depth'], tags: [], datasets: false },
});
const column = { key: 'x', values: each((row) => (row === 0 ? NaN : row)), loggedNaN: each(() => 255) };

describe('What is done with many runs of a table (ui)', function () {
  this.timeout(60_000);
  const openAny = usePanels();
  const state = { charts: { folded: 'charts' } };
  const open = () => openAny({ entry: 'runs', answers: { content, column }, state });

  it('tags, registers and deletes what is selected, down to all that match', async () => {
    const { page } = await open();
    await page.getByLabel('Search by name').fill('run 1999');
    await page.getByRole('row', { name: /run 1999 / }).click();
    await page.getByRole('button', { name: 'Select all 11 that match' }).click();
    await page.getByText('11 selected').waitFor();
    for (const name of ['Register…', 'Tag…', 'Delete…']) await page.getByRole('button', { name }).click();
    const acts = (await callsOf(page, 'act')) as { action: string; refs: unknown[] }[];
    assert.deepEqual(
      acts.map(({ action, refs }) => [action, refs.length]),
      [
        ['registerVersion', 11],
        ['setTag', 11],
        ['deleteRun', 11],
      ],
    );
  });

  it('restores what is selected, and offers it only where a deleted run is among them', async () => {
    const deleted = each((row) => (row === 3 ? 1 : 0));
    const attributes = { ...content.attributes, deleted: deleted as never };
    const answers = { content: { ...content, attributes, deleted: true }, column };
    const { page } = await openAny({ entry: 'runs', answers, state });
    const restore = page.getByRole('button', { name: 'Restore' });
    await page.getByRole('row', { name: /run 2 / }).click();
    await page.getByRole('button', { name: 'Delete…' }).waitFor();
    assert.equal(await restore.count(), 0);
    await page.getByRole('row', { name: /run 3 / }).click({ modifiers: ['Control'] });
    await restore.press('Enter');
    const [act] = (await callsOf(page, 'act')) as { action: string; refs: { id: string }[] }[];
    assert.deepEqual([act?.action, act?.refs.map(({ id }) => id)], ['restoreRun', ['id-2', 'id-3']]);
  });

  it('takes runs of two registries, each by its own', async () => {
    const answers = {
      content: {
        ...content,
        lengths: [2, length - 2],
        sources: ['local', 'team'].map((registry) => ({ registry, experimentIds: ['1'] })),
        historiesByRun: [false, false],
      },
      column,
    };
    const { page } = await openAny({ entry: 'runs', answers, state });
    await page.getByRole('row', { name: /run 0 / }).click();
    await page.getByRole('row', { name: /run 3 / }).click({ modifiers: ['Control'] });
    await page.getByRole('button', { name: 'Compare' }).press('Enter');
    const [act] = (await callsOf(page, 'act')) as { action: string; refs: { id: string; registry: string }[] }[];
    assert.deepEqual(
      [act?.action, ...(act?.refs ?? []).map(({ registry, id }) => `${registry} ${id}`)],
      ['compare', 'local id-0', 'team id-3'],
    );
  });

  it('exports what is selected in the order of the table, and says where it is', async () => {
    const { page } = await openAny({ entry: 'runs', answers: { content, column, export: undefined } });
    await page.getByRole('row', { name: /run 3 / }).waitFor();
    await page.getByRole('row', { name: /run 3 / }).click();
    await page.getByRole('row', { name: /run 2 / }).click({ modifiers: ['Control'] });
    await page.getByRole('button', { name: 'Export…' }).click();
    await page.keyboard.press('ArrowUp');
    await page.getByRole('menuitem', { name: 'Copy as Markdown' }).press('Enter');
    const [request] = (await callsOf(page, 'export')) as {
      format: string;
      to: string;
      rows: object;
      columns: { id: string }[];
    }[];
    assert.deepEqual(
      [request?.format, request?.to, Object.values(request?.rows ?? {})],
      ['markdown', 'clipboard', [2, 3]],
    );
    assert.deepEqual(
      request?.columns.slice(0, 2).map(({ id }) => id),
      ['name', 'status'],
    );
  });
});
