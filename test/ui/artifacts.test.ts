import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parseDelimited } from '../../src/domain/delimited';
import { callsOf, usePanels } from './panelsPage';
import { hostile, runAnswers } from './panelsSample';

const files = ['chart.png', 'MLmodel', 'notes.md', 'page.html', 'table.csv', 'weights.bin', 'gone.txt', 'log.txt'];

const preview = {
  'chart.png': { kind: 'image', type: 'image/png', bytes: [...readFileSync('media/icon.png')] },
  MLmodel: {
    kind: 'model',
    text: 'flavors: {}',
    model: {
      flavors: [{ name: 'sklearn', version: '1.7.2' }],
      signature: { inputs: [{ name: hostile, type: 'double', required: true }], outputs: [], params: [] },
    },
  },
  'notes.md': {
    kind: 'markdown',
    text: `# Title\n\nSome *words*, [a link](https://mlflow.org), [a trap](javascript:alert(1)) ${hostile}\n\n${hostile}\n\n| a | b |\n|---|---|\n| 1 | ${hostile} |\n\n- [x] done\n\n![logo](https://example.org/x.png)\n\n<iframe src="https://example.org"></iframe>`,
  },
  'page.html': { kind: 'html', text: hostile },
  'table.csv': {
    kind: 'table',
    table: parseDelimited(`name,score\n"a, b",0.5\n${hostile},1`, { rows: 2, columns: 9 }, true),
    size: 5_000_000,
    head: 262_144,
  },
  'weights.bin': { kind: 'binary', size: 12 },
  'gone.txt': 'There is no artifact "gone.txt".',
  'log.txt': { kind: 'text', text: `epoch 1\n${hostile}` },
};

const answers = { ...runAnswers, artifacts: files.map((path) => ({ path, isDir: false, size: 12 })), preview };

describe('Artifacts beside their tree, as a plain page (ui)', function () {
  this.timeout(30_000);
  const openAny = usePanels();

  async function open(state?: object) {
    const opened = await openAny({ entry: 'run', answers, ...(state && { state }) });
    const show = async (path: string) => {
      await opened.page.getByRole('treeitem', { name: new RegExp(`^${path},`) }).click();
      const shown = opened.page.locator('rs-artifact-preview');
      await shown.getByRole('heading', { name: path, exact: true }).waitFor();
      return shown;
    };
    return { ...opened, show };
  }

  it('are shown by what they are: text, table, image, model', async () => {
    const { show, violations } = await open();
    await (await show('log.txt')).getByText('epoch 1').waitFor();
    const table = await show('table.csv');
    await table.getByRole('cell', { name: 'a, b' }).waitFor();
    await table.getByText('The first 256.0 KB of 4.8 MB').waitFor();
    const image = (await show('chart.png')).getByRole('img');
    assert.ok(await image.evaluate((img) => (img as unknown as { decode(): Promise<void> }).decode().then(() => true)));
    const model = await show('MLmodel');
    await model.getByText('sklearn 1.7.2').waitFor();
    await model.getByRole('row', { name: /double/ }).waitFor();
    await (await show('weights.bin')).getByText('This file is not text').waitFor();
    await (await show('gone.txt')).getByText('There is no artifact "gone.txt".').waitFor();
    assert.deepEqual(violations, []);
  });

  it('show Markdown without ever taking it for HTML, and fetch nothing', async () => {
    const { page, show, violations } = await open();
    const shown = await show('notes.md');
    await shown.getByRole('heading', { name: 'Title' }).waitFor();
    assert.equal(await shown.locator('rs-markdown a').count(), 2);
    for (const link of await shown.locator('rs-markdown a').all())
      assert.match((await link.getAttribute('href')) ?? '', /^https:/);
    assert.equal(await shown.locator('img, iframe, script').count(), 0);
    assert.equal(await page.evaluate(() => 'hacked' in globalThis), false);
    assert.deepEqual(violations, []);
    await shown.getByRole('button', { name: 'Text' }).click();
    await shown.getByText('# Title').waitFor();
  });

  it('open in an editor, HTML as a page of its own', async () => {
    const { page, show } = await open();
    const shown = await show('page.html');
    await shown.getByText(hostile).waitFor();
    await shown.getByRole('button', { name: 'Open as page' }).click();
    await shown.getByRole('button', { name: 'Open in an editor' }).click();
    const acts = (await callsOf(page, 'actOnArtifact')) as { action: string }[];
    assert.deepEqual(
      acts.map(({ action }) => action),
      ['openHtml', 'openArtifact'],
    );
  });

  it('come back as they were: the preview and the folders that were open', async () => {
    const { page, show } = await open();
    await show('log.txt');
    await page.getByRole('treeitem', { name: 'Run artifacts' }).click();
    const saved: object = await page.evaluate(() => (Reflect.get(globalThis, 'savedState') as () => object)());
    const again = await open(saved);
    await again.page.locator('rs-artifact-preview').getByText('epoch 1').waitFor();
    await again.page.getByRole('treeitem', { name: 'Run artifacts', expanded: false }).waitFor();
    await again.page.getByRole('button', { name: 'Close preview' }).click();
    await again.page.locator('rs-artifact-preview').waitFor({ state: 'detached' });
  });
});
