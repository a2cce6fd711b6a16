import assert from 'node:assert/strict';
import { answersOf, item } from './compareSample';
import { callsOf, usePanels } from './panelsPage';
import { run } from './panelsSample';

describe('The Compare panel with more than two (ui)', function () {
  this.timeout(30_000);
  const open = usePanels();

  it('says which is the best, over whom and where it is worse, each number leading to its row', async () => {
    const answers = answersOf([
      item({ auc: 0.99, 'recall/young': 0.91, 'recall/old': 0.95 }),
      item({ auc: 0.993, 'recall/young': 0.92, 'recall/old': 0.95 }),
      item({ auc: 0.995, 'recall/young': 0.88, 'recall/old': 0.96 }),
    ]);
    const { page } = await open({ entry: 'compare', answers, state: { refs: [], folded: { metrics: true } } });
    await page
      .getByText(/^run-2 is the best of 3 \(.*\):.*over run-0, the baseline;.*over run-1, the next best;.*young/)
      .waitFor();
    await page.getByRole('button', { name: /^recall −/ }).press('Enter');
    const focused = await page.evaluate("document.querySelector('rs-compare').shadowRoot.activeElement?.dataset.key");
    assert.equal(focused, 'recall/young');
  });

  it('names no best within the spread over seeds, and says of which pair the spread is', async () => {
    const repetitions = (...values: number[]) => ({
      ...{ runs: values.length, seeds: ['seed'], guessed: false, more: false },
      metrics: [{ key: 'auc', values }],
    });
    const evidence = {
      nested: [[], [], []],
      repetitions: [repetitions(0.8, 0.81, 0.82), repetitions(0.9, 0.92, 0.91), repetitions(0.915, 0.9, 0.93)],
      missing: [],
    };
    const answers = answersOf([item({ auc: 0.8 }), item({ auc: 0.9 }), item({ auc: 0.915 })], evidence);
    const { page } = await open({ entry: 'compare', answers });
    await page.getByText(/^No clear best of 3: run-2 leads/).waitFor();
    await page.getByRole('button', { name: '≈, within noise' }).waitFor();
    await page.getByText('run-1 and run-2: Spread over seed: 3 and 3 runs with the same params.').waitFor();
  });

  for (const [what, items, said] of [
    ['nothing in common', [item({ a: 1 }), item({ b: 1 })], 'They have no metric in common.'],
    [
      'no finite number',
      [item({ auc: NaN }), item({ auc: Infinity })],
      'No metric that they share has a finite value in two of them.',
    ],
    ['metrics that nobody judged', [item({ x: 1 }), item({ x: 2 })], /^Nobody said which way is better/],
  ] as const) {
    it(`says why it names no best: ${what}`, async () => {
      const { page, violations } = await open({ entry: 'compare', answers: answersOf(items) });
      await page.getByText(said).waitFor();
      await page.getByRole('row', { name: /^(a|auc|x)/ }).waitFor();
      assert.deepEqual(violations, []);
    });
  }

  it('compares files of two that are chosen in place, at first of the baseline and the next, and keeps the choice', async () => {
    const file = (size: number) => ({ root: { kind: 'run', runId: 'r' }, path: 'report.txt', size });
    const answers = {
      ...answersOf([item({ auc: 1 }), item({ auc: 2 }), item({ auc: 3 })]),
      artifacts: { pairs: [{ path: 'report.txt', files: [file(10), file(12)] }], more: false },
      details: { rows: [{ group: 'code', key: 'commit', values: ['a1', 'b2', 'c3'], differs: true }], missing: [] },
      changedFiles: 3,
    };
    const { page, violations } = await open({ entry: 'compare', answers });
    await page.getByRole('button', { name: 'Artifacts' }).click();
    const artifacts = page.getByRole('region', { name: 'Artifacts' });
    await artifacts.getByRole('combobox', { name: 'Files after' }).selectOption('run-2');
    await artifacts.getByRole('combobox', { name: 'Files before' }).selectOption('run-2');
    await artifacts.getByRole('button', { name: 'report.txt' }).click();
    await page.getByRole('button', { name: '3 files changed' }).click();
    const sidesOf = async (method: string): Promise<string[]> =>
      ((await callsOf(page, method)) as { of: { id: string }[] }[]).map(({ of }) => of.map(({ id }) => id).join());
    assert.deepEqual(await sidesOf('artifacts'), ['run-0,run-1', 'run-0,run-2', 'run-2,run-0']);
    assert.deepEqual(
      [await sidesOf('openArtifacts'), await sidesOf('openCodeDiff')],
      [['run-2,run-0'], ['run-2,run-0']],
    );
    const state = await page.evaluate(() => (Reflect.get(globalThis, 'savedState') as () => object)());
    assert.equal((state as { sides: string[] }).sides.length, 2);
    assert.deepEqual(violations, []);
  });

  it('compares the others where one is gone, says why, counts only what differs among them, and lets it be removed', async () => {
    const answers = answersOf([item({ auc: 1, same: 2 }), item({ auc: 2, same: 2 }), item({})]);
    const { heads, rows } = answers.content;
    const gone = "There is no registry 'prod'.";
    const content = {
      ...answers.content,
      heads: heads.map((head, i) => (i === 2 ? { ...head, gone } : head)),
      rows: rows.map((row) => ({ ...row, differs: row.key === 'auc' })),
    };
    const { page } = await open({ entry: 'compare', answers: { ...answers, content } });
    await page.getByText(`run-2 is not compared: ${gone}`).waitFor();
    await page.getByText(/^run-1 is the best of 2 .*; 1 without a finite value\.$/).waitFor();
    await page.getByText('1 of 2 differ').waitFor();
    await page.getByRole('button', { name: 'Remove run-2' }).click();
    const [arranged] = (await callsOf(page, 'arrange')) as { refs: { id: string }[] }[];
    assert.deepEqual(
      arranged?.refs.map(({ id }) => id),
      ['run-0', 'run-1'],
    );
  });

  it('claims nothing of one whose other is gone, which can be removed', async () => {
    const answers = answersOf([item({ auc: 1 }), item({})]);
    const heads = answers.content.heads.map((head, i) => (i === 1 ? { ...head, gone: 'There is no run.' } : head));
    const { page } = await open({ entry: 'compare', answers: { content: { ...answers.content, heads } } });
    await page.getByText('run-1 is not compared: There is no run.').waitFor();
    assert.equal(await page.locator('.verdict').count(), 0);
    await page.getByRole('button', { name: 'Remove run-1' }).waitFor();
  });

  it('says that a run was deleted while MLflow keeps it', async () => {
    const answers = answersOf([item({ auc: 1 }), item({ auc: 2 })]);
    const heads = answers.content.heads.map((head) => ({ ...head, run: { ...run, lifecycleStage: 'deleted' } }));
    const { page } = await open({ entry: 'compare', answers: { content: { ...answers.content, heads } } });
    await page.getByRole('list', { name: 'Compared items' }).getByText('deleted').first().waitFor();
  });

  it('says what is wrong in ringside.yaml, and opens it', async () => {
    const answers = answersOf([item({ auc: 1 }), item({ auc: 2 })]);
    const faults = { count: 2, line: 3, first: 'direction is higher or lower: which of them is better.' };
    const { page } = await open({ entry: 'compare', answers: { content: { ...answers.content, faults } } });
    const note = page.getByText(/^\s*\S* ringside\.yaml, line 3: direction is higher or lower: .*1 more faults?/);
    await note.getByRole('button', { name: 'Open' }).press('Enter');
    assert.deepEqual(await callsOf(page, 'openContract'), [{}]);
  });
});
