import assert from 'node:assert/strict';
import type { VersionPage } from '../../src/domain/versionPage';
import { exported } from './exportedChart';
import { callsOf, change, usePanels } from './panelsPage';
import { hostile, run, runAnswers, runLines } from './panelsSample';

const shown: VersionPage = {
  ref: { kind: 'version', registry: 'local', id: 'tumour/3' },
  version: {
    name: 'tumour',
    version: '3',
    runId: run.runId,
    source: 'models:/m-1',
    modelId: 'm-1',
    status: 'READY',
    stage: 'Production',
    description: 'Weighs *malignant* cases.',
    aliases: ['champion'],
    tags: [{ key: 'reviewer', value: 'ben' }],
  },
  run,
  model: {
    file: {
      flavors: [{ name: 'sklearn', version: '1.7.2' }],
      pythonVersion: '3.11.7',
      created: '2026-09-14 08:40:02.390000',
      signature: {
        inputs: [{ name: `radius ${hostile}`, type: 'double', required: true }],
        outputs: [{ name: '0', type: 'long', required: false }],
        params: [],
      },
    },
    example: {
      path: 'input_example.json',
      text: '{}',
      table: { columns: ['radius'], rows: [['17.99']], moreRows: false, moreColumns: 0 },
    },
    environment: [{ path: 'requirements.txt', text: 'scikit-learn==1.7.2' }],
  },
  timeline: {
    marks: ['1', '2', '3', '4'].map((version) => ({ version, aliases: version === '3' ? ['champion'] : [] })),
    metrics: [
      { key: 'auc', values: [0.9, null, 0.95, NaN] },
      { key: 'loss', values: [0.4, 0.3, 0.2, 0.1] },
    ],
    keys: ['auc', 'loss'],
  },
  artifactFolders: [{ label: 'Model', root: { kind: 'version', name: 'tumour', version: '3' } }],
  missing: [],
};

function answersWith(page: Partial<VersionPage>, content: object = {}) {
  return { ...runAnswers, content: { ...runAnswers.content, page: { ...shown, ...page }, ...content } };
}

describe('The page of a version as a plain page (ui)', function () {
  this.timeout(30_000);
  const openAny = usePanels();
  const open = (answers: object = answersWith({}), more: object = {}) =>
    openAny({ entry: 'version', answers: answers as typeof runAnswers, lines: runLines, ...more });

  it('says what it is, where it stands and what it was made of, under a strict policy', async () => {
    const { page, violations } = await open();
    await page.getByRole('heading', { name: 'tumour v3 @champion' }).waitFor();
    await page.getByText('Production').waitFor();
    await page.locator('rs-markdown em', { hasText: 'malignant' }).waitFor();
    await page.getByRole('row', { name: /radius .* double yes/ }).waitFor();
    await page.getByRole('cell', { name: '17.99' }).waitFor();
    await page.getByText('scikit-learn==1.7.2').waitFor();
    await page.getByText('sklearn 1.7.2').waitFor();
    const created = page.locator('rs-version span[title^="Sep 14, 2026"]');
    assert.doesNotMatch((await created.textContent()) ?? '', /2026-09-14|UTC/);
    assert.equal(await page.evaluate(() => 'hacked' in globalThis), false);
    assert.deepEqual(violations, []);
  });

  it('draws a metric of choice over all versions with their aliases, by keys too, and as a table', async () => {
    const { page } = await open();
    const timeline = page.locator('rs-version-timeline');
    const chart = timeline.getByRole('img', { name: 'auc over 4 versions' });
    await timeline.getByText('v3 @champion: 0.9500 (best) · without a finite value: 2 of 4 versions').waitFor();
    await chart.focus();
    await page.keyboard.press('ArrowLeft');
    await timeline.getByRole('status').getByText('v2. auc: –').waitFor();
    await page.keyboard.press('Home');
    await timeline.getByRole('status').getByText('v1. auc: 0.9').waitFor();
    await page.keyboard.press('Enter');
    assert.deepEqual(await callsOf(page, 'act'), [
      { action: 'openVersion', refs: [{ kind: 'version', registry: 'local', id: 'tumour/1' }] },
    ]);
    await page.getByRole('combobox', { name: 'Metric over versions' }).selectOption('loss');
    await timeline.getByText('v3 @champion: 0.2000 · best: v4: 0.1000').waitFor();
    await timeline.getByRole('button', { name: 'Show loss as table' }).press('Enter');
    await timeline.getByRole('row', { name: 'v3 champion 0.2', exact: true }).waitFor();
    const state = await page.evaluate(() => (Reflect.get(globalThis, 'savedState') as () => object)());
    assert.equal((state as { timelineAsTable?: boolean }).timelineAsTable, true);
  });

  it('opens the version that is clicked', async () => {
    const { page } = await open();
    const chart = page.getByRole('img', { name: 'auc over 4 versions' });
    const { width = 0, height = 0 } = (await chart.boundingBox()) ?? {};
    // Somewhere near the fifth part of the width stands v1, the least but not at the bottom.
    const plot = page.locator('rs-timeline-plot');
    for (let y = height - 10; y > 0 && (await plot.locator('.tip').count()) === 0; y -= 8)
      for (let x = 40; x < width / 3 && (await plot.locator('.tip').count()) === 0; x += 8)
        await chart.hover({ position: { x, y } });
    await plot.locator('.tip').getByText('v1').waitFor();
    await page.mouse.down();
    await page.mouse.up();
    assert.deepEqual(await callsOf(page, 'act'), [
      { action: 'openVersion', refs: [{ kind: 'version', registry: 'local', id: 'tumour/1' }] },
    ]);
  });

  it('exports a metric over the versions as SVG, PNG and CSV', async () => {
    const { page, violations } = await open({ ...answersWith({}), saveChart: null });
    const timeline = page.locator('rs-version-timeline');
    const svg = await exported(timeline, 'auc', 'SVG');
    assert.match(svg, /^<svg [^]*<title>auc<\/title>[^]*>v3 @champion<\/text>[^]*<\/svg>\n$/);
    assert.equal([...svg.matchAll(/<path fill="(?!none)[^>]* d="[^"]*a\d/g)].length, 2);
    assert.match(await exported(timeline, 'auc', 'PNG', true), /^\d{3,4} x 300$/);
    const csv = await exported(timeline, 'auc', 'CSV');
    assert.deepEqual(csv.split('\r\n'), ['Version,Aliases,auc', 'v4,,NaN', 'v3,champion,0.95', 'v2,,', 'v1,,0.9', '']);
    assert.deepEqual(violations, []);
  });

  it('draws any of thousands of metrics, read when it is chosen; what fails is said beside the one before', async () => {
    const { marks, metrics } = shown.timeline;
    const keys = ['auc', 'loss', ...Array.from({ length: 5000 }, (_, i) => `m/${i}`)];
    const late = { key: 'm/4321', values: [1, 2, 3, 4] };
    const answers = {
      ...answersWith({ timeline: { marks, keys, metrics } }),
      'overVersions m/4321': { marks, keys, metrics: [late] },
      overVersions: 'The server is away.',
    };
    const { page } = await open(answers);
    const field = page.getByRole('combobox', { name: 'Metric over versions' });
    await page.getByRole('img', { name: 'auc over 4 versions' }).waitFor();
    await field.fill('m/4321');
    await page.keyboard.press('Enter');
    await page.getByRole('img', { name: 'm/4321 over 4 versions' }).waitFor();
    await page.getByText('v3 @champion: 3').waitFor();
    await field.fill('m/17');
    await page.keyboard.press('Enter');
    await page.getByText('The server is away.').waitFor();
    await field.fill('no such metric');
    await page.keyboard.press('Enter');
    const { page: again } = await open({ ...answers }, { state: { ref: shown.ref, metric: 'm/4321' } });
    await again.getByRole('img', { name: 'm/4321 over 4 versions' }).waitFor();
  });

  it('can be tried where it is served, and nowhere else', async () => {
    const resting = await open();
    await resting.page.getByRole('heading', { name: 'Input example' }).waitFor();
    assert.equal(await resting.page.getByRole('button', { name: 'Try it' }).count(), 0);
    const { page } = await open(answersWith({}, { servedBy: 'e1' }));
    await page.getByText('served').waitFor();
    await page.getByRole('button', { name: 'Try it' }).click();
    assert.deepEqual(await callsOf(page, 'act'), [
      { action: 'tryEndpoint', refs: [{ kind: 'endpoint', registry: 'local', id: 'e1' }] },
    ]);
  });

  it('says what is not there: its run, its signature, its example, its environment', async () => {
    const { run: gone, ...others } = shown;
    assert.ok(gone);
    const page = { ...others, model: { environment: [] }, timeline: { marks: [], keys: [], metrics: [] } };
    const { page: drawn } = await open({ ...runAnswers, content: { ...runAnswers.content, page } });
    for (const sentence of [
      `Run ${run.runId}, which this version came from, is not in the tracking store any more.`,
      'The model was logged without a signature.',
      'The model was logged without its environment.',
      'The model was logged without an input example',
    ])
      await drawn.getByText(sentence).waitFor();
  });

  it('sets and deletes aliases, sets the stage, edits tags and description', async () => {
    const { page } = await open({ ...answersWith({}), describe: null });
    for (const name of ['Set alias', 'Delete alias', 'Set stage'])
      await page.getByRole('button', { name, exact: true }).press('Enter');
    const asked = (await callsOf(page, 'act')) as { action: string }[];
    assert.deepEqual(
      asked.map(({ action }) => action),
      ['setAlias', 'deleteAlias', 'setStage'],
    );
    await page.getByRole('button', { name: 'Add a tag' }).click();
    assert.deepEqual(await callsOf(page, 'editTag'), [{ action: 'setTag' }]);
    await page.getByRole('button', { name: 'Edit note' }).click();
    await page.getByRole('textbox', { name: 'Note, in Markdown' }).fill('for *screening*');
    await page.keyboard.press('Control+Enter');
    await page.locator('rs-markdown em', { hasText: 'screening' }).waitFor();
    const [written] = (await callsOf(page, 'describe')) as { to: string }[];
    assert.equal(written?.to, 'for *screening*');
  });

  it('leads to its source run, and offers no change where the registry is only read', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: run.runName }).first().click();
    assert.deepEqual(await callsOf(page, 'act'), [
      { action: 'openRun', refs: [{ kind: 'run', registry: 'local', id: run.runId }] },
    ]);
    const { content } = answersWith({});
    await change(page, { content: { ...content, capabilities: { ...content.capabilities, write: false } } });
    await page.getByRole('button', { name: 'Set alias' }).waitFor({ state: 'detached' });
    assert.equal(await page.getByRole('button', { name: /Set stage|Delete alias|Edit note|Add a tag/ }).count(), 0);
  });

  it('never scrolls the page sideways at 480 px', async () => {
    const { page } = await open(answersWith({}), { size: { width: 480, height: 800 } });
    await page.locator('rs-timeline-plot canvas').first().waitFor();
    const wide = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';
    assert.equal(await page.evaluate(wide), false);
  });
});
