import assert from 'node:assert/strict';
import { runStatuses } from '../../src/domain/run';
import { createRestRegistry } from '../../src/registries/rest/restRegistry';
import { type BackendName, hasRegistry, type Opened } from './backends';
import { has, isFrom, itWhere, mlflowVersion } from './mlflow';
import { points } from './values';

/** Traps of mlflow.md §8 that MLflow itself shows on these stores; odd servers are in traps.rest.test.ts. */
export function traps(name: BackendName, of: () => Opened): void {
  it('trap 5: what holds nothing is empty: an experiment without runs, a model without versions', async () => {
    const { registry, reading } = of();
    const [empty] = reading.experiments.active.find(([, title]) => title === 'empty / with slash')!;
    const { table } = await registry.runs.search({ experimentIds: [empty], view: 'all', maxResults: 10 });
    assert.deepEqual([table.length, table.metrics, table.params], [0, [], []]);
    assert.deepEqual((await registry.experiments.get({ experimentId: empty })).tags, []);
    if (!hasRegistry(name)) return;
    assert.deepEqual((await registry.models.versions({ name: 'without versions', maxResults: 10 })).items, []);
  });

  it('trap 6: NaN and infinities are numbers', async () => {
    const { metrics } = await of().registry.runs.get({ runId: of().reading.first });
    const value = (key: string): number | undefined => metrics.find((one) => one.key === key)?.value;
    assert.deepEqual([value('nan only'), value('up'), value('down')], [NaN, Infinity, -Infinity]);
  });

  it('trap 7: a history is every point, negative steps and outliers too', async () => {
    const [history] = await of().registry.runs.histories({ runIds: [of().reading.first], key: 'val/loss' });
    assert.ok(history!.steps.includes(-5));
    assert.equal(points(history!).length, of().reading.histories['val/loss']!.length);
  });

  itWhere(has('aliases'), 'trap 10: versions of a list have their aliases', async () => {
    const { items } = await of().registry.models.versions({ name: 'tumour', maxResults: 10 });
    assert.deepEqual([...items[0]!.aliases].sort(), ['best-so_far', 'champion']);
    assert.deepEqual(items[1]!.aliases, []);
  });

  it('trap 16: long values are whole', async () => {
    const { params, tags } = await of().registry.runs.get({ runId: of().reading.first });
    assert.equal(params.find(({ key }) => key === 'long')?.value, 'x'.repeat(has('longParams') ? 5000 : 250));
    assert.equal(tags.find(({ key }) => key === 'long')?.value, 'y'.repeat(5000));
  });

  it('trap 36: the latest point is the greatest by step, then time, then value', async () => {
    const { metrics } = await of().registry.runs.get({ runId: of().reading.first });
    assert.deepEqual(
      metrics.find(({ key }) => key === 'latest'),
      { key: 'latest', value: 2, timestamp: 5, step: 2 },
    );
  });

  itWhere(hasRegistry(name), 'trap 51: neither prompts nor deleted versions are listed', async () => {
    const { items } = await of().registry.models.search({ maxResults: 100 });
    assert.ok(!items.some((model) => model.name === 'a-prompt'));
    const versions = await of().registry.models.versions({ name: 'tumour', maxResults: 10 });
    assert.deepEqual(
      versions.items.map(({ version }) => version),
      ['2', '1'],
    );
  });

  // The file store of MLflow 1 counts its experiments.
  if (name === 'files' && isFrom('2.0')) {
    it('trap 30: keeps every digit of an experiment’s id', async () => {
      const { registry, reading } = of();
      const [id] = reading.experiments.active.find(([, title]) => title === 'first')!;
      assert.ok(Number(id) > Number.MAX_SAFE_INTEGER);
      assert.equal((await registry.experiments.get({ experimentId: id })).experimentId, id);
    });
  }

  if (name !== 'rest') return;
  const post = (endpoint: string, body: object): Promise<Response> =>
    fetch(`${of().backend.uri}/api/2.0/mlflow/${endpoint}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });

  it('trap 1: the server refuses a search of experiments without max_results; ours has it', async () => {
    assert.equal((await post('experiments/search', {})).status, 400);
    assert.ok((await of().registry.experiments.search({ view: 'all', maxResults: 5 })).items.length > 0);
  });

  const faulty = isFrom('3.4') && !isFrom('3.14');
  itWhere(faulty, 'trap 2: this release gives no history without max_results; ours has it', async () => {
    const { backend, registry, reading } = of();
    const query = new URLSearchParams({ run_id: reading.first, metric_key: 'val/loss' });
    const answer = await fetch(`${backend.uri}/api/2.0/mlflow/metrics/get-history?${String(query)}`);
    assert.equal(((await answer.json()) as { metrics?: unknown }).metrics, undefined);
    const [history] = await registry.runs.histories({ runIds: [reading.first], key: 'val/loss' });
    assert.equal(history!.values.length, reading.histories['val/loss']!.length);
  });

  it('trap 14: a run that was made without a start began in 1970; it is shown as the server has it', async () => {
    const { registry, reading } = of();
    const { experimentId } = await registry.runs.get({ runId: reading.first });
    const answer = await post('runs/create', { experiment_id: experimentId });
    const { run } = (await answer.json()) as { run: { info: { run_id: string } } };
    assert.equal((await registry.runs.get({ runId: run.info.run_id })).startTime ?? 0, 0);
    await post('runs/delete', { run_id: run.info.run_id });
  });

  it('trap 15: the server takes a status that it does not know and says nothing; ours are all known', async () => {
    const { registry, reading } = of();
    const { runId, status, endTime } = await registry.runs.get({ runId: reading.first });
    assert.ok((await post('runs/update', { run_id: runId, status: 'BOGUS' })).ok);
    // Servers before 2.9 take it for the first one, later ones change nothing.
    assert.ok([status, 'RUNNING'].includes((await registry.runs.get({ runId })).status));
    for (const one of [...runStatuses, status]) {
      await registry.runs.update({ runId, status: one, ...(endTime !== undefined && { endTime }) });
      assert.equal((await registry.runs.get({ runId })).status, one);
    }
  });

  itWhere(has('loggedModels'), 'trap 19: the server finds logged models by single quotes only', async () => {
    const { registry, reading } = of();
    const { experimentId } = await registry.runs.get({ runId: reading.first });
    const found = await registry.loggedModels.ofRun({ runId: reading.first, experimentId });
    assert.equal(found.length, reading.loggedModels.length);
  });

  it('trap 20: a server without workspaces, which refuses their header, is read without it', async () => {
    const { uri } = of().backend;
    const header = { 'X-MLFLOW-WORKSPACE': 'team' };
    const refused = await fetch(`${uri}/api/2.0/mlflow/experiments/get?experiment_id=0`, { headers: header });
    assert.equal(refused.ok, !has('workspaces'));
    const registry = createRestRegistry({ name: 'rest', trackingUri: uri, workspace: 'team' }, {});
    assert.equal((await registry.experiments.get({ experimentId: '0' })).name, 'Default');
  });

  it('trap 24: what the server is and has, asked once', async () => {
    const { version, capabilities } = await of().registry.describe({});
    // Old releases do not tell.
    assert.equal(version, isFrom('2.1') ? mlflowVersion : undefined);
    assert.deepEqual(capabilities, {
      write: true,
      modelRegistry: true,
      loggedModels: has('loggedModels'),
      aliases: has('aliases'),
      stages: true,
      webUi: true,
    });
  });
}
