import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { callsOf, change, usePanels } from './panelsPage';
import { runAnswers, runLines } from './panelsSample';

const { content } = runAnswers;
const { page: shown } = content;

function answersWith(run: Partial<typeof shown.run>, page: Partial<typeof shown> = {}, more: object = {}) {
  return {
    ...runAnswers,
    content: { ...content, ...more, page: { ...shown, ...page, run: { ...shown.run, ...run } } },
  };
}

describe('What the page of a run has (ui)', function () {
  this.timeout(30_000);
  const open = usePanels();
  const acts = (page: Page) => callsOf(page, 'act');

  it('ids, commit and addresses to copy, the script to open, and the parent', async () => {
    const tags = [...shown.run.tags, { key: 'mlflow.source.name', value: 'train.py' }];
    const parent = { ...shown.run, runId: 'p1', runName: 'sweep' };
    const { page } = await open({ entry: 'run', answers: answersWith({ tags }, { parent }, { hasSource: true }) });
    for (const label of ['Run ID', 'Experiment ID', 'Commit', 'Artifacts'])
      await page.getByRole('button', { name: `Copy ${label}` }).press('Enter');
    const { runId, experimentId, artifactUri } = shown.run;
    assert.deepEqual(
      (await callsOf(page, 'copy')).map((each) => (each as { text: string }).text),
      [runId, experimentId, '35e1a1ff', artifactUri],
    );
    await page.getByRole('button', { name: 'train.py' }).click();
    assert.deepEqual(await callsOf(page, 'openSource'), [{}]);
    await page.getByRole('button', { name: 'sweep' }).click();
    assert.deepEqual(await acts(page), [{ action: 'openRun', refs: [{ kind: 'run', registry: 'local', id: 'p1' }] }]);
  });

  it('datasets with digest, use, source and schema', async () => {
    const dataset = {
      name: 'bees',
      digest: 'a1b2c3d4',
      sourceType: 'http',
      source: '{"url":"https://example.org/bees.csv"}',
      schema: '{"mlflow_colspec":[{"type":"double","name":"wing"}]}',
    };
    const input = { dataset, tags: [{ key: 'mlflow.data.context', value: 'training' }] };
    const { page } = await open({ entry: 'run', answers: answersWith({ datasetInputs: [input] }) });
    const row = page.getByRole('listitem').filter({ hasText: 'bees' });
    await row.getByText('a1b2c3d4').waitFor();
    await row.getByText('training · http').waitFor();
    await row.getByText('Schema').click();
    await row.getByText('"name": "wing"').waitFor();
  });

  it('metrics of the machine apart from the script\u2019s own', async () => {
    const cpu = { key: 'system/cpu_utilization_percentage', value: 42, step: 3, timestamp: 0 };
    const { page } = await open({
      entry: 'run',
      answers: answersWith({ metrics: [...shown.run.metrics, cpu] }),
      lines: runLines,
    });
    await page.locator('rs-metric-tile', { hasText: 'loss' }).waitFor();
    assert.equal(await page.locator('rs-metric-tile', { hasText: 'system/cpu' }).count(), 0);
    await page.getByRole('button', { name: 'System metrics' }).press('Enter');
    await page.locator('rs-metric-tile', { hasText: 'system/cpu' }).getByText('42').waitFor();
  });

  it('ways to log a param or a metric, where the store is written; none to change a param', async () => {
    const { page } = await open({ entry: 'run', answers: runAnswers });
    await page.getByRole('button', { name: 'Log a param' }).press('Enter');
    await page.getByRole('button', { name: 'Log a metric' }).click();
    assert.deepEqual(await acts(page), [
      { action: 'logParam', refs: [shown.ref] },
      { action: 'logMetric', refs: [shown.ref] },
    ]);
    const params = page.locator('rs-pairs').first();
    await params.getByRole('button', { name: 'Copy value of depth' }).waitFor();
    assert.equal(await params.getByRole('button', { name: /Edit|Delete/ }).count(), 0);
    const capabilities = { ...content.capabilities, write: false };
    await change(page, { content: { ...content, capabilities } });
    await page.getByRole('button', { name: 'Log a param' }).waitFor({ state: 'detached' });
  });

  it('tags found by name or value, deleted on request', async () => {
    const tags = Array.from({ length: 30 }, (_, i) => ({ key: `t${i}`, value: i === 9 ? 'nightly' : 'x' }));
    const { page } = await open({ entry: 'run', answers: answersWith({ tags }) });
    await page.getByRole('searchbox', { name: 'Filter tags by name or value' }).fill('NIGHT');
    await page.getByRole('button', { name: 'Delete tag t9' }).press('Enter');
    assert.equal(await page.locator('rs-pairs').last().getByRole('row').count(), 1);
    assert.deepEqual(await callsOf(page, 'editTag'), [{ action: 'deleteTag', pair: { key: 't9', value: 'nightly' } }]);
  });

  it('an image above the cap said to be so, with the way to have it', async () => {
    const artifacts = [{ path: 'huge.png', isDir: false, size: 99_000_000 }];
    const preview = { 'huge.png': { kind: 'tooLarge', size: 99_000_000, head: 1 } };
    const { page } = await open({ entry: 'run', answers: { ...runAnswers, artifacts, preview } });
    await page.getByRole('treeitem', { name: /^huge\.png,/ }).click();
    await page.getByText('This image is larger than ringside.artifacts.previewLimit: download it.').waitFor();
    await page.locator('rs-artifact-preview').getByRole('button', { name: 'Download…' }).click();
    assert.deepEqual(await callsOf(page, 'actOnArtifact'), [
      { action: 'download', root: { kind: 'run', runId: shown.run.runId }, path: 'huge.png' },
    ]);
  });
});
