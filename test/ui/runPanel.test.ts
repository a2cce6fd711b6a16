import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { callsOf, change, flipChart, usePanels } from './panelsPage';
import { answersWith, hostile, runAnswers, runLines } from './panelsSample';

const { page: shown } = runAnswers.content;

describe('The page of a run as a plain page (ui)', function () {
  this.timeout(30_000);
  const open = usePanels();

  /** What the artifacts' rows asked for first: `[action, path]`. */
  const artifactAct = async (page: Page): Promise<unknown[]> => {
    await page.waitForFunction(() =>
      (Reflect.get(globalThis, 'calls') as { k?: string }[]).some(({ k }) => k === 'actOnArtifact'),
    );
    const [first] = (await callsOf(page, 'actOnArtifact')) as { action: string; path: string }[];
    return [first?.action, first?.path];
  };

  it('draws under a strict policy, and hostile names only as text', async () => {
    const { page, violations } = await open({ entry: 'run', answers: runAnswers, lines: runLines });
    await flipChart(page, 'loss');
    await page.locator('rs-line-chart canvas').first().waitFor();
    const heading = await page.locator('h1').textContent();
    assert.ok(heading?.includes(hostile));
    assert.equal(await page.locator('img').count(), 0);
    assert.equal(await page.evaluate(() => 'hacked' in globalThis), false);
    assert.deepEqual(violations, []);
  });

  it('says who ran it, when and from which commit, and leads to its experiment', async () => {
    const { page } = await open({ entry: 'run', answers: runAnswers });
    const header = page.locator('header');
    await header.getByText('finished').waitFor();
    assert.match((await header.textContent()) ?? '', /ada · 35e1a1ff/);
    const link = header.getByRole('link', { name: '35e1a1ff' });
    assert.equal(await link.getAttribute('href'), 'https://github.com/ada/tumour/commit/35e1a1ff');
    await header.getByRole('button', { name: /^tumour/ }).click();
    assert.deepEqual(await callsOf(page, 'act'), [
      { action: 'openRuns', refs: [{ kind: 'experiment', registry: 'local', id: '1' }] },
    ]);
  });

  it('shows what scripts write into names and values: long, right to left, emoji, lines', async () => {
    const long = 'x'.repeat(2000);
    const params = [
      { key: 'long', value: long },
      { key: 'مفتاح', value: 'قيمة 42' },
      { key: 'two\nlines 🦊', value: 'first\nsecond' },
    ];
    const metrics = [{ key: 'a\nb 🦊', value: 1e308, step: 2 ** 53, timestamp: 0 }];
    const { page, violations } = await open({ entry: 'run', answers: answersWith({ params, metrics }) });
    await page.getByText('1e308').waitFor();
    await page.getByText(`step ${2 ** 53}`).waitFor();
    assert.equal(await page.getByText(long).count(), 0);
    await page.getByRole('button', { name: 'Show all 2000 characters' }).click();
    await page.getByText(long).waitFor();
    await page.getByRole('rowheader', { name: 'مفتاح' }).waitFor();
    const wide = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';
    assert.equal(await page.evaluate(wide), false);
    assert.deepEqual(violations, []);
  });

  it('draws one point, ±1e308 and infinities between without a line that is not there', async () => {
    const metrics = ['one', 'huge', 'nothing'].map((key) => ({ key, value: NaN, step: 3, timestamp: 0 }));
    const lines = {
      one: [{ steps: [3], values: [1] }],
      huge: [{ steps: [-5, 0, 1, 2 ** 53], values: [-1e308, Infinity, NaN, 1e308] }],
      nothing: [{ steps: [0, 1], values: [NaN, NaN] }],
    };
    const { page, violations } = await open({ entry: 'run', answers: answersWith({ metrics }), lines });
    const tile = (key: string) => page.locator('rs-metric-tile', { hasText: key });
    await tile('huge').getByText('min −1e308 · max ∞').waitFor();
    assert.equal(await tile('huge').locator('path').getAttribute('d'), 'M0 22h0M84 0h0');
    assert.equal(await tile('one').locator('path, button').count(), 0);
    await flipChart(page, 'nothing');
    await page.getByRole('img', { name: /none of them a finite number/ }).waitFor();
    assert.deepEqual(violations, []);
  });

  it('filters params by name or value, and asks to change tags', async () => {
    const params = Array.from({ length: 40 }, (_, i) => ({ key: `p${i}`, value: i === 7 ? 'lbfgs' : String(i) }));
    const { page } = await open({ entry: 'run', answers: answersWith({ params }) });
    await page.getByRole('searchbox', { name: 'Filter params by name or value' }).fill('LBF');
    const rows = page.locator('rs-pairs').first().getByRole('row');
    await rows.first().waitFor();
    assert.equal(await rows.count(), 1);
    await page.getByRole('button', { name: 'Edit tag team' }).click();
    await page.getByRole('button', { name: 'Add a tag' }).click();
    assert.deepEqual(await callsOf(page, 'editTag'), [
      { action: 'setTag', pair: { key: 'team', value: hostile } },
      { action: 'setTag' },
    ]);
  });

  it('offers no edits of a deleted run, and to restore it', async () => {
    const { page } = await open({ entry: 'run', answers: answersWith({ lifecycleStage: 'deleted' }) });
    await page.getByText('This run is marked as deleted.').waitFor();
    assert.equal(await page.getByRole('button', { name: /Edit tag|Add a tag|Register/ }).count(), 0);
    await page.getByRole('button', { name: 'Restore…' }).click();
    assert.deepEqual(await callsOf(page, 'act'), [{ action: 'restoreRun', refs: [shown.ref] }]);
  });

  it('keeps what it shows of a run that is deleted for good, and says since when it is so', async () => {
    const { page } = await open({ entry: 'run', answers: runAnswers, lines: runLines });
    await page.locator('rs-metric-tile', { hasText: 'loss' }).waitFor();
    await change(page, { content: `There is no run '${shown.run.runId}'.` });
    await page.getByText(/as of .* There is no run/).waitFor();
    await page.locator('rs-metric-tile', { hasText: 'loss' }).waitFor();
    await change(page, { content: runAnswers.content });
    await page.getByText('There is no run').waitFor({ state: 'detached' });
  });

  it('says that its registry is gone where it is restored later, and keeps what it is of', async () => {
    const state = { ref: shown.ref, charted: ['loss'] };
    const sentence = "There is no registry 'local'. Choose another with Switch Registry.";
    const { page } = await open({ entry: 'run', answers: { content: sentence }, state });
    await page.getByRole('alert').getByText(sentence).waitFor();
    assert.deepEqual(await page.evaluate(() => (Reflect.get(globalThis, 'savedState') as () => object)()), state);
  });

  it('shows nested runs, logged models and the versions registered from them', async () => {
    const base = { experimentId: '1', tags: [], params: [], metrics: [], creationTime: 0, lastUpdatedTime: 0 };
    const logged = { ...base, modelId: 'm-1', name: 'classifier', modelType: '', sourceRunId: 'r' } as const;
    const version = { name: 'tumour', version: '4', runId: 'r', source: '', description: '', stage: 'None' } as const;
    const point = { key: 'auc', value: 0.5, timestamp: 1, step: 1 };
    const metrics = [point, { ...point, step: 2, value: 0.75 }, { ...point, datasetName: 'bees', datasetDigest: '1' }];
    const params = [{ key: 'depth', value: '3' }];
    const tags = [{ key: 'kind', value: 'cnn' }];
    const answers = answersWith(
      {},
      {
        children: [{ ...shown.run, runId: 'c1', runName: 'fold 1', status: 'FAILED' }],
        loggedModels: [{ ...logged, metrics, params, tags, artifactLocation: '', status: 'READY' }],
        madeVersions: [{ ...version, modelId: 'm-1', status: 'READY', aliases: ['champion'], tags: [] }],
      },
    );
    const { page } = await open({ entry: 'run', answers });
    await page.getByRole('row', { name: /fold 1.*failed/ }).waitFor();
    const model = page.getByRole('listitem').filter({ hasText: 'classifier' });
    await model.getByText('@champion').waitFor();
    await model.getByText('Metrics, params and tags').click();
    const rows = await model.getByRole('row').allInnerTexts();
    assert.deepEqual(
      rows.map((row) => row.replace(/\s+/g, ' ').trim()),
      [
        'Name Value',
        'Metrics (2)',
        'auc 0.7500',
        'auc 0.5000 on bees',
        'Params (1)',
        'depth 3',
        'Tags (1)',
        'kind cnn',
      ],
    );
    await page.getByRole('button', { name: 'tumour v4' }).click();
    await page.getByRole('button', { name: 'fold 1' }).click();
    assert.deepEqual(await callsOf(page, 'act'), [
      { action: 'openVersion', refs: [{ kind: 'version', registry: 'local', id: 'tumour/4' }] },
      { action: 'openRun', refs: [{ kind: 'run', registry: 'local', id: 'c1' }] },
    ]);
  });

  it('shows models that MLflow 2 logged into the run, with signature, versions and their files', async () => {
    const version = { name: 'tumour', version: '4', runId: 'r', description: '', stage: 'None' } as const;
    const signature = { inputs: [{ name: 'radius', type: 'double', required: true }], outputs: [], params: [] };
    const answers = answersWith(
      {},
      {
        runModels: [{ path: 'net/model', file: { flavors: [{ name: 'sklearn', version: '1.7.2' }], signature } }],
        madeVersions: [{ ...version, source: 'runs:/r/net/model', status: 'READY', aliases: ['champion'], tags: [] }],
      },
    );
    const { page } = await open({ entry: 'run', answers });
    const row = page.getByRole('listitem').filter({ hasText: 'net/model' });
    await row.getByText('sklearn 1.7.2').waitFor();
    await row.getByText('@champion').waitFor();
    await row.getByText('Signature', { exact: true }).click();
    await row.getByRole('row', { name: /radius double yes/ }).waitFor();
    await row.getByRole('button', { name: 'net/model' }).click();
    await page.waitForFunction(() => {
      const { calls } = globalThis as unknown as { calls: { k?: string; args?: { path?: string } }[] };
      return calls.some(({ k, args }) => k === 'preview' && args?.path === 'net/model/MLmodel');
    });
  });

  it('keeps axis, folds, open charts and what it is of for VS Code to restore', async () => {
    const { page } = await open({ entry: 'run', answers: runAnswers, lines: runLines });
    await page.getByRole('button', { name: 'Time' }).click();
    await page.getByRole('button', { name: 'Params' }).click();
    await flipChart(page, 'loss');
    const saved: object = await page.evaluate(() => (Reflect.get(globalThis, 'savedState') as () => object)());
    assert.deepEqual(saved, { ref: shown.ref, axis: 'time', folded: { params: true }, charted: ['loss'] });

    const again = await open({ entry: 'run', answers: runAnswers, lines: runLines, state: saved });
    await again.page.getByRole('button', { name: 'Time', pressed: true }).waitFor();
    await again.page.getByRole('button', { name: 'Params', expanded: false }).waitFor();
    await again.page.locator('rs-line-chart canvas').first().waitFor();
  });

  it('shows artifacts by keyboard, folders level by level', async () => {
    const preview = { 'notes.txt': { kind: 'text', text: 'what the run noted' } };
    const { page } = await open({ entry: 'run', answers: { ...runAnswers, preview } });
    await page.getByRole('treeitem', { name: 'Run artifacts' }).focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.getByText('what the run noted').waitFor();
  });

  it('downloads and reveals an artifact by keyboard', async () => {
    for (const [presses, action] of [
      [1, 'download'],
      [2, 'revealArtifact'],
    ] as const) {
      const { page } = await open({ entry: 'run', answers: runAnswers });
      await page.getByRole('treeitem', { name: 'Run artifacts' }).focus();
      await page.keyboard.press('End');
      for (let press = 0; press < presses; press++) await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      assert.deepEqual(await artifactAct(page), [action, 'notes.txt']);
      assert.equal((await callsOf(page, 'actOnArtifact')).length, 1);
    }
  });
});
