import assert from 'node:assert/strict';
import { callsOf, usePanels } from './panelsPage';
import { runAnswers } from './panelsSample';

describe('Notes, edited in place on a plain page (ui)', function () {
  this.timeout(30_000);
  const open = usePanels();

  const savedState = (page: Awaited<ReturnType<ReturnType<typeof usePanels>>>['page']): Promise<object> =>
    page.evaluate(() => (Reflect.get(globalThis, 'savedState') as () => object)());

  it('are written back with what they were', async () => {
    const { page } = await open({ entry: 'run', answers: { ...runAnswers, describe: null } });
    await page.locator('rs-note').getByText('A note.').waitFor();
    await page.getByRole('button', { name: 'Edit note' }).click();
    const field = page.getByRole('textbox', { name: 'Note, in Markdown' });
    const from = await field.inputValue();
    await field.fill('Better: **see** plot');
    await page.keyboard.press('Control+Enter');
    await page.locator('rs-markdown strong', { hasText: 'see' }).waitFor();
    assert.deepEqual(await callsOf(page, 'describe'), [{ from, to: 'Better: **see** plot' }]);
  });

  it('keep what was written where saving is refused, and over a reload', async () => {
    const sentence = "The description of brisk-fox was changed to 'other' by someone else while you looked.";
    const answers = { ...runAnswers, describe: sentence };
    const { page } = await open({ entry: 'run', answers });
    await page.getByRole('button', { name: 'Edit note' }).click();
    await page.getByRole('textbox', { name: 'Note, in Markdown' }).fill('mine');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').getByText(sentence).waitFor();
    const state = await savedState(page);
    const again = await open({ entry: 'run', answers, state });
    const field = again.page.getByRole('textbox', { name: 'Note, in Markdown' });
    assert.equal(await field.inputValue(), 'mine');
    await again.page.getByRole('button', { name: 'Cancel' }).click();
    await again.page.locator('rs-note').getByText('A note.').waitFor();
  });

  it('cannot be written in a store that is only read', async () => {
    const { content } = runAnswers;
    const capabilities = { ...content.capabilities, write: false };
    const { page } = await open({ entry: 'run', answers: { ...runAnswers, content: { ...content, capabilities } } });
    await page.locator('rs-note').getByText('A note.').waitFor();
    assert.equal(await page.getByRole('button', { name: /Edit note|Add a note|Edit tag/ }).count(), 0);
  });
});
