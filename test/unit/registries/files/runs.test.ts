import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { RunQuery } from '../../../../src/domain/ports';
import { columnOf, metricAt, runAt, textAt } from '../../../../src/domain/runTable';
import { experimentMeta, open, plant, runMeta, type Tree, useFolder } from './tree';

describe('file store: runs', () => {
  const folder = useFolder();

  const store = (runs: Tree): void => {
    plant(folder(), { '0': { 'meta.yaml': experimentMeta('0', 'Default'), ...runs } });
  };
  const search = async (query: Partial<RunQuery> = {}): Promise<readonly string[]> => {
    const request = { experimentIds: ['0'], view: 'all', maxResults: 100, ...query } as const;
    return (await open(folder()).runs.search(request)).table.runIds;
  };

  it('trap 33: reads the numbers of statuses', async () => {
    const statuses = ['1', '2', '3', '4', '5', '9', 'null', 'KILLED'];
    store(
      Object.fromEntries(statuses.map((status, i) => [`r${i}`, { 'meta.yaml': runMeta('0', `r${i}`, { status }) }])),
    );
    const { table } = await open(folder()).runs.search({ experimentIds: ['0'], view: 'all', maxResults: 9 });
    assert.deepEqual(
      statuses.map((_, i) => runAt(table, i).status),
      ['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED', 'RUNNING', 'RUNNING', 'KILLED'],
    );
  });

  it('trap 31: keeps run ids and names that look like floats', async () => {
    const runId = '123e4567890123456789012345678901';
    store({ [runId]: { 'meta.yaml': runMeta('0', runId, { run_name: '1e5' }) } });
    const run = await open(folder()).runs.get({ runId });
    assert.deepEqual([run.runId, run.runName], [runId, '1e5']);
  });

  it('reads old metas: run_uuid, bare experiment id, the name only as a tag, no end', async () => {
    const meta = 'artifact_uri: x\nend_time: null\nexperiment_id: 0\nname: ""\nrun_uuid: old\nstart_time: 5\n';
    store({ old: { 'meta.yaml': meta, tags: { 'mlflow.runName': 'from the tag' } } });
    const run = await open(folder()).runs.get({ runId: 'old' });
    assert.deepEqual(
      [run.runName, run.status, run.lifecycleStage, run.startTime, run.endTime],
      ['from the tag', 'RUNNING', 'active', 5, undefined],
    );
  });

  it('skips folders that are no runs and runs of another experiment', async () => {
    store({
      good: { 'meta.yaml': runMeta('0', 'good') },
      other: { 'meta.yaml': runMeta('1', 'other') },
      renamed: { 'meta.yaml': runMeta('0', 'good') },
      broken: { 'meta.yaml': Buffer.from([0, 255, 254, 10]) },
      empty: {},
      'meta.yaml.d': { 'meta.yaml': {} },
      tags: { 'meta.yaml': runMeta('0', 'tags') },
    });
    assert.deepEqual(await search(), ['good']);
  });

  it('gives the table of a page: metrics, params and tags of its runs only', async () => {
    store({
      a: {
        'meta.yaml': runMeta('0', 'a', { start_time: '3' }),
        metrics: { acc: '1 0.5 0\n1 nan 1\n', val: { loss: '1 -inf 0\n' }, empty: '' },
        params: { lr: '0.1', 'with space': '' },
        tags: { team: 'a\nb 🎯' },
      },
      b: { 'meta.yaml': runMeta('0', 'b', { start_time: '2' }), params: { lr: '0.2' } },
      c: { 'meta.yaml': runMeta('0', 'c', { start_time: '1' }), params: { other: '1' } },
    });
    const registry = open(folder());
    const query = { experimentIds: ['0'], view: 'active', maxResults: 2 } as const;
    const { table, nextPageToken } = await registry.runs.search(query);
    assert.deepEqual(table.runIds, ['a', 'b']);
    assert.deepEqual(
      table.metrics.map(({ key }) => key),
      ['acc', 'val/loss'],
    );
    assert.deepEqual(metricAt(columnOf(table.metrics, 'acc'), 0), NaN);
    assert.deepEqual(metricAt(columnOf(table.metrics, 'acc'), 1), undefined);
    assert.deepEqual(metricAt(columnOf(table.metrics, 'val/loss'), 0), -Infinity);
    assert.deepEqual(
      table.params.map((column) => [column.key, textAt(column, 0), textAt(column, 1)]),
      [
        ['lr', '0.1', '0.2'],
        ['with space', '', undefined],
      ],
    );
    assert.equal(textAt(columnOf(table.tags, 'team'), 0), 'a\nb 🎯');
    assert.ok(nextPageToken);
    assert.deepEqual((await registry.runs.search({ ...query, pageToken: nextPageToken })).table.runIds, ['c']);
  });

  it('filters and orders by attributes, metrics, params, tags and datasets', async () => {
    store({
      a: { 'meta.yaml': runMeta('0', 'a', { start_time: '1' }), metrics: { acc: '1 0.5 0\n' }, tags: { t: 'x' } },
      b: { 'meta.yaml': runMeta('0', 'b', { start_time: '2', status: '4' }), metrics: { acc: '1 nan 0\n' } },
      c: {
        'meta.yaml': runMeta('0', 'c', { start_time: '2', end_time: 'null', lifecycle_stage: 'deleted' }),
        metrics: { acc: '1 0.9 0\n' },
        params: { p: '5' },
        inputs: { i: { 'meta.yaml': 'source_type: DATASET\nsource_id: d1\ntags:\n  mlflow.data.context: eval\n' } },
      },
      datasets: { d1: { 'meta.yaml': 'name: bees\ndigest: 1e5\nsource: s\nsource_type: local\n' } },
    });
    assert.deepEqual(await search(), ['b', 'c', 'a']);
    assert.deepEqual(await search({ view: 'deleted' }), ['c']);
    assert.deepEqual(await search({ orderBy: ['metrics.acc DESC'] }), ['c', 'a', 'b']);
    assert.deepEqual(await search({ orderBy: ['end_time ASC', 'start_time ASC'] }), ['a', 'b', 'c']);
    assert.deepEqual(await search({ orderBy: ['params.p ASC'] }), ['c', 'b', 'a']);
    assert.deepEqual(await search({ filter: 'metrics.acc > 0.4' }), ['c', 'a']);
    assert.deepEqual(await search({ filter: "tags.t != 'y'" }), ['a']);
    assert.deepEqual(await search({ filter: "params.p = '5' AND status = 'FINISHED'" }), ['c']);
    assert.deepEqual(await search({ filter: "status != 'FINISHED'" }), ['b']);
    assert.deepEqual(await search({ filter: "dataset.context = 'eval' AND dataset.digest = '1e5'" }), ['c']);
    assert.deepEqual(await search({ filter: "metrics.`../../../x` = 1 AND tags.`..` = 'x'" }), []);
    await assert.rejects(search({ filter: 'nonsense' }), { kind: 'invalid' });
  });

  it('searches several experiments once each, deleted ones too, and none that is not there', async () => {
    store({ a: { 'meta.yaml': runMeta('0', 'a') } });
    plant(folder(), { '.trash': { '1': { b: { 'meta.yaml': runMeta('1', 'b') } } } });
    assert.deepEqual(await search({ experimentIds: ['0', '1', '0', '9', '../0'] }), ['a', 'b']);
  });

  it('trap 44: finds inputs by their source, whatever the destination says; outputs too', async () => {
    store({
      a: {
        'meta.yaml': runMeta('0', 'a'),
        inputs: {
          d: { 'meta.yaml': 'destination_id: d1\nsource_type: DATASET\nsource_id: d1\ntags:\n  k: v\n' },
          lost: { 'meta.yaml': 'source_type: DATASET\nsource_id: lost\ntags: {}\n' },
          up: { 'meta.yaml': 'source_type: DATASET\nsource_id: ../d1\ntags: {}\n' },
          m: { 'meta.yaml': 'destination_id: m-1\nsource_type: MODEL\nsource_id: m-1\ntags: {}\n' },
        },
        outputs: {
          'm-2': {
            'meta.yaml':
              'destination_id: m-2\ndestination_type: MODEL_OUTPUT\nsource_id: m-2\nsource_type: RUN_OUTPUT\nstep: 3\n',
          },
        },
      },
      datasets: {
        d1: { 'meta.yaml': "digest: '12345e67'\nname: 'be''es'\nprofile: null\nsource: s\nsource_type: local\n" },
      },
    });
    const run = await open(folder()).runs.get({ runId: 'a' });
    const dataset = { name: "be'es", digest: '12345e67', sourceType: 'local', source: 's' };
    assert.deepEqual(run.datasetInputs, [{ dataset, tags: [{ key: 'k', value: 'v' }] }]);
    assert.deepEqual(run.modelInputs, ['m-1']);
    assert.deepEqual(run.modelOutputs, [{ modelId: 'm-2', step: 3 }]);
  });

  it('gives outputs in the order of the disk, as MLflow lists them', async () => {
    const output = (id: string): Tree => ({
      'meta.yaml': `destination_id: ${id}\ndestination_type: MODEL_OUTPUT\nsource_id: ${id}\nsource_type: RUN_OUTPUT\nstep: 0\n`,
    });
    const ids = Array.from({ length: 20 }, (_, i) => `m-${(i * 7919).toString(36)}`);
    store({ a: { 'meta.yaml': runMeta('0', 'a'), outputs: Object.fromEntries(ids.map((id) => [id, output(id)])) } });
    const listed: string[] = [];
    const disk = fs.opendirSync(path.join(folder(), '0', 'a', 'outputs'));
    for (let entry = disk.readSync(); entry; entry = disk.readSync()) listed.push(entry.name);
    disk.closeSync();
    const { modelOutputs } = await open(folder()).runs.get({ runId: 'a' });
    assert.deepEqual(
      modelOutputs.map(({ modelId }) => modelId),
      listed,
    );
  });

  it('trap 45: waits for a meta.yaml that is being written', async () => {
    store({ a: { 'meta.yaml': '' } });
    const file = path.join(folder(), '0', 'a', 'meta.yaml');
    const asked = open(folder()).runs.get({ runId: 'a' });
    setImmediate(() => {
      fs.writeFileSync(file, runMeta('0', 'a', { run_name: 'late' }));
    });
    assert.equal((await asked).runName, 'late');
  });

  it('trap 45: does not wait for one that was left broken long ago', async () => {
    store({ good: { 'meta.yaml': runMeta('0', 'good') } });
    for (let i = 0; i < 50; i++) {
      plant(folder(), { '0': { [`r${i}`]: { 'meta.yaml': '' } } });
      fs.utimesSync(path.join(folder(), '0', `r${i}`, 'meta.yaml'), 1, 1);
    }
    const start = performance.now();
    assert.deepEqual(await search(), ['good']);
    // One wait alone takes 300 ms.
    assert.ok(performance.now() - start < 5_000);
  });

  it('trap 35: gives histories in the order of the file and of the asked runs', async () => {
    store({
      a: { 'meta.yaml': runMeta('0', 'a'), metrics: { val: { acc: '5 1 3\n4 2 1\n' } } },
      b: { 'meta.yaml': runMeta('0', 'b') },
    });
    const histories = await open(folder()).runs.histories({ runIds: ['b', 'a'], key: 'val/acc' });
    assert.deepEqual(
      histories.map(({ runId, steps, values }) => [runId, [...steps], [...values]]),
      [
        ['b', [], []],
        ['a', [3, 1], [1, 2]],
      ],
    );
    const [outside] = await open(folder()).runs.histories({ runIds: ['a'], key: '../meta.yaml' });
    assert.equal(outside?.steps.length, 0);
  });

  it('trap 37: takes a logged model without lifecycle_stage for active, and groups its metrics by dataset', async () => {
    const meta = (id: string, more: string): string =>
      `artifact_location: file:///x\ncreation_timestamp: 1\nexperiment_id: '0'\nlast_updated_timestamp: 2\nmodel_id: ${id}\nmodel_type: sk\nname: n\nsource_run_id: a\n${more}`;
    store({
      a: { 'meta.yaml': runMeta('0', 'a') },
      models: {
        'm-1': {
          'meta.yaml': meta('m-1', 'status: 2\n'),
          metrics: { acc: '1 0.5 0 a\n1 0.7 1 a\n1 0.2 0 a bees d1\n' },
          params: { p: '1' },
          tags: { t: 'v' },
        },
        'm-2': { 'meta.yaml': meta('m-2', 'lifecycle_stage: deleted\nstatus: 2\n') },
        'm-3': { 'meta.yaml': meta('m-3', 'status: 3\n').replace('source_run_id: a', 'source_run_id: b') },
      },
    });
    const { loggedModels } = open(folder());
    const [model, ...others] = await loggedModels.ofRun({ runId: 'a', experimentId: '0' });
    assert.ok(model);
    assert.deepEqual([model.modelId, model.status, others], ['m-1', 'READY', []]);
    assert.deepEqual(
      model.metrics.map((point) => [point.value, point.step, point.datasetName, point.datasetDigest]),
      [
        [0.7, 1, undefined, undefined],
        [0.2, 0, 'bees', 'd1'],
      ],
    );
    assert.equal((await loggedModels.get({ modelId: 'm-3' })).status, 'FAILED');
    for (const modelId of ['m-2', 'm-9', '../a', ''])
      await assert.rejects(loggedModels.get({ modelId }), { kind: 'notFound' });
  });

  it('says what is missing, and never leaves the store', async () => {
    store({});
    plant(folder(), { outside: { 'meta.yaml': runMeta('0', '../outside') } });
    for (const runId of ['nope', '../outside', '..', '', '.', 'a/b'])
      await assert.rejects(open(folder()).runs.get({ runId }), { kind: 'notFound' });
    await assert.rejects(open(folder()).runs.histories({ runIds: ['nope'], key: 'acc' }), { kind: 'notFound' });
  });

  it('stops a search when it is aborted', async () => {
    store({ a: { 'meta.yaml': runMeta('0', 'a') } });
    const query = { experimentIds: ['0'], view: 'all', maxResults: 9 } as const;
    await assert.rejects(open(folder()).runs.search(query, AbortSignal.abort()), { name: 'AbortError' });
  });
});
