import assert from 'node:assert/strict';
import { loadRunPage } from '../../../src/app/runPage';
import { loadVersionPage } from '../../../src/app/versionPage';
import { UserError } from '../../../src/domain/errors';
import type { Registry } from '../../../src/domain/ports';
import { useSample } from './sampleStore';

describe('The pages of runs and versions', () => {
  const sample = useSample();

  it('hold what a run led to: nested runs, models and the versions made of it', async () => {
    const { other } = sample();
    const { runId } = await other.models.version({ name: 'tumour-classifier', version: '3' });
    const page = await loadRunPage(other, { kind: 'run', registry: 'r', id: runId });
    assert.equal(page.run.runId, runId);
    assert.ok(page.madeVersions.some(({ version }) => version === '3'));
    assert.deepEqual(page.missing, []);
    const { items } = await other.experiments.search({ view: 'active', maxResults: 100 });
    const query = { experimentIds: items.map(({ experimentId }) => experimentId), view: 'active' } as const;
    const nested = await other.runs.search({ ...query, filter: "tags.mlflow.parentRunId != ''", maxResults: 1 });
    const parentId = (await other.runs.get({ runId: nested.table.runIds[0]! })).tags.find(
      ({ key }) => key === 'mlflow.parentRunId',
    )!.value;
    const parent = await loadRunPage(other, { kind: 'run', registry: 'r', id: parentId });
    assert.ok(parent.children.some((child) => child.runId === nested.table.runIds[0]));
    assert.equal(parent.moreChildren, false);
  });

  it('show the rest where a part cannot be read, and say which', async () => {
    const { other } = sample();
    const ref = await sample().run();
    const failing = () => Promise.reject(new UserError('unreachable', 'The model registry did not answer.'));
    const absent = () => Promise.reject(new UserError('unsupported', 'No logged models here.'));
    const registry: Registry = {
      ...other,
      models: { ...other.models, searchVersions: failing },
      loggedModels: { ...other.loggedModels, ofRun: absent },
    };
    const page = await loadRunPage(registry, ref);
    assert.equal(page.run.runId, ref.id);
    assert.deepEqual(page.missing, ['The model registry did not answer.']);
  });

  it('tell of a version how its model went over all versions, oldest first, with the aliases', async () => {
    const { timeline } = await loadVersionPage(sample().other, sample().version('3'));
    assert.deepEqual(
      timeline.marks.map(({ version }) => version),
      ['1', '2', '3', '4', '5'],
    );
    assert.deepEqual(timeline.marks[2]?.aliases, ['champion']);
    const accuracy = timeline.metrics.find(({ key }) => key === 'accuracy');
    assert.equal(accuracy?.values.length, 5);
    assert.ok(accuracy.values.every((value) => value !== null && value > 0.9));
  });

  it('of a version live on when its run is gone, and fail where the thing itself is', async () => {
    const { other } = sample();
    const gone = () => Promise.reject(new UserError('notFound', 'There is no run.'));
    const registry: Registry = { ...other, runs: { ...other.runs, get: gone } };
    const page = await loadVersionPage(registry, sample().version('3'));
    assert.equal(page.version.version, '3');
    assert.equal(page.run, undefined);
    assert.deepEqual(page.missing, []);
    await assert.rejects(loadRunPage(registry, await sample().run()), { kind: 'notFound' });
  });
});
