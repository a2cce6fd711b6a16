import assert from 'node:assert/strict';
import { callsOf, usePanels } from './panelsPage';
import { runsContent } from './runsSample';

const content = runsContent(1000, (row) => `run ${row}`, {
  keys: { metrics: [], params: [], tags: [], datasets: false },
  more: true,
});

describe('All runs of a server that match (ui)', function () {
  this.timeout(60_000);
  const open = usePanels();
  const state = { charts: { folded: 'charts' } };

  it('are loaded until a person stops that, by key where it was asked for; what was selected stays', async () => {
    // A server that always has more.
    const { page, violations } = await open({ entry: 'runs', answers: { content, more: content }, state });
    await page.getByRole('row', { name: /run 3 / }).click();
    await page.getByRole('button', { name: 'Select all that match' }).press('Enter');
    await page.getByText(/Loading all that match: 1.000 so far/).waitFor();
    await page.getByRole('button', { name: 'Stop' }).press('Enter');
    await page.getByText(/1 selected · 1.000 runs are loaded, the server has more/).waitFor();
    const asked = (await callsOf(page, 'more')).length;
    assert.ok(asked > 0);
    await page.getByRole('button', { name: 'Select all that match' }).waitFor();
    assert.equal((await callsOf(page, 'more')).length, asked);
    assert.deepEqual(violations, []);
  });
});
