import assert from 'node:assert/strict';
import type { Metric } from '../../src/domain/metric';
import { newWorkCount, workDone } from '../../src/domain/workCount';
import type { BackendName, Opened } from './backends';
import { has, isFrom } from './mlflow';
import type { ExperimentReading, Json } from './oracle';
import { hostile, kindOf, refusedKeys } from './values';

const long = 'x'.repeat(5000);
/** Servers before MLflow 2.8 refuse a longer one. */
const longParam = long.slice(0, has('longParams') ? undefined : 250);

/** What changes runs and experiments: written by us, then read back by MLflow's client. */
export function runWrites(name: BackendName, of: () => Opened): void {
  const ask = <T>(deed: 'run' | 'points' | 'experiment' | 'make_run', ...args: unknown[]): Promise<T> =>
    of().backend.oracle.ask<T>(deed, of().backend.uri, ...args);
  const experimentOf = (id: string): Promise<ExperimentReading> => ask('experiment', id);
  let experimentId = '';
  let runId = '';

  it('an experiment that we make is MLflow’s: its name, its tags, and a place for artifacts', async () => {
    const { experiments } = of().registry;
    // MLflow's file store has no single quotes in a name.
    const title = `written näïve 🚀 "x" ${name === 'files' ? '' : "'y'"} ${of().variant}`;
    const tags = [
      { key: 'why', value: hostile },
      { key: 'a.b/c', value: long },
    ];
    const made = await experiments.create({ name: title, tags });
    experimentId = made.experimentId;
    const read = await experimentOf(experimentId);
    assert.deepEqual(
      [read.name, read.stage, read.tags, read.location],
      [title, 'active', { why: hostile, 'a.b/c': long }, made.artifactLocation],
    );
    assert.ok(read.location.endsWith(`/${experimentId}`), read.location);
    assert.deepEqual([read.created, read.updated], [made.creationTime, made.lastUpdateTime]);
    assert.deepEqual(await experiments.get({ experimentId }), made);
    runId = await ask('make_run', experimentId, 'by MLflow');
  });

  it('an experiment’s name and tags change as MLflow changes them', async () => {
    const { experiments } = of().registry;
    const { updated } = await experimentOf(experimentId);
    await experiments.rename({ experimentId, name: `renamed ${of().variant}` });
    await experiments.setTag({ experimentId, key: 'why', value: 'because' });
    const read = await experimentOf(experimentId);
    assert.deepEqual([read.name, read.tags['why']], [`renamed ${of().variant}`, 'because']);
    assert.ok(read.updated > updated);
  });

  it('a tag of an experiment is deleted, where the server can', async () => {
    const { experiments } = of().registry;
    await experiments.setTag({ experimentId, key: 'short/lived', value: 'x' });
    const deleting = kindOf(experiments.deleteTag({ experimentId, key: 'short/lived' }));
    if (name === 'rest' && !isFrom('3.4')) {
      assert.equal(await deleting, 'unsupported');
      return;
    }
    assert.equal(await deleting, 'done');
    const { tags } = await experimentOf(experimentId);
    assert.ok(!('short/lived' in tags) && tags['why'] === 'because');
    assert.equal(await kindOf(experiments.deleteTag({ experimentId, key: 'short/lived' })), 'notFound');
    assert.equal(await kindOf(experiments.deleteTag({ experimentId: '999999', key: 'why' })), 'notFound');
  });

  it('a taken name, a deleted one’s too, is refused in words', async () => {
    const { experiments } = of().registry;
    for (const taken of ['first', 'gone']) {
      assert.equal(await kindOf(experiments.create({ name: taken })), 'conflict');
      assert.equal(await kindOf(experiments.rename({ experimentId, name: taken })), 'conflict');
    }
    assert.equal(await kindOf(experiments.create({ name: '' })), 'invalid');
    assert.equal(await kindOf(experiments.create({ name: 'n'.repeat(501) })), 'invalid');
    assert.equal(await kindOf(experiments.rename({ experimentId: '999999', name: 'x' })), 'notFound');
    assert.equal(await kindOf(experiments.setTag({ experimentId, key: '../x', value: '' })), 'invalid');
  });

  it('a run’s name is written as its tag as well, from either side', async () => {
    const { runs } = of().registry;
    await runs.update({ runId, name: hostile });
    let read = await ask<Json>('run', runId);
    assert.deepEqual([read['run_name'], (read['tags'] as Json)['mlflow.runName']], [hostile, hostile]);
    await runs.setTag({ runId, key: 'mlflow.runName', value: 'by its tag' });
    read = await ask<Json>('run', runId);
    assert.deepEqual([read['run_name'], (read['tags'] as Json)['mlflow.runName']], ['by its tag', 'by its tag']);
    assert.equal((await runs.get({ runId })).runName, 'by its tag');
  });

  it('a run ends with its status and time', async () => {
    const { runs } = of().registry;
    await runs.update({ runId, status: 'FAILED', endTime: 1_700_000_060_000 });
    const read = await ask<Json>('run', runId);
    assert.deepEqual([read['status'], read['end_time'], read['run_name']], ['FAILED', 1_700_000_060_000, 'by its tag']);
  });

  it('tags of a run, set, changed and deleted', async () => {
    const { runs } = of().registry;
    const tags = async (): Promise<Json> => (await ask<Json>('run', runId))['tags'] as Json;
    for (const [key, value] of [
      ['mlflow.note.content', hostile],
      ['a.b/c d', long],
      ['empty', ''],
      ['größe', 'x'],
    ] as const) {
      await runs.setTag({ runId, key, value });
      assert.equal((await tags())[key], value);
    }
    await runs.setTag({ runId, key: 'empty', value: 'not any more' });
    assert.equal((await tags())['empty'], 'not any more');
    await runs.deleteTag({ runId, key: 'empty' });
    assert.ok(!('empty' in (await tags())));
    assert.equal(await kindOf(runs.deleteTag({ runId, key: 'empty' })), 'notFound');
  });

  it('trap 46: a batch of points, params and tags; the latest is by step, then time, then value', async () => {
    const { runs } = of().registry;
    const point = (key: string, value: number, step: number, timestamp = 5): Metric => ({
      key,
      value,
      step,
      timestamp,
    });
    const metrics = [
      point('loss', 0.5, 3),
      point('loss', 0.25, 7, 4),
      point('loss', 0.75, 7, 6),
      point('loss', 0.5, 7, 6),
      point('loss', 0.125, -5),
      point('val/loss', 1 / 3, 1),
      point('nan', NaN, 0),
      point('up', Infinity, 0),
      point('down', -Infinity, 0),
      point('tiny', 1e-300, Number.MAX_SAFE_INTEGER, 1_700_000_000_000),
    ];
    const params = [
      { key: 'dir/lr', value: '0.01' },
      { key: 'text', value: hostile },
      { key: 'long', value: longParam },
    ];
    await runs.log({ runId, metrics, params, tags: [{ key: 'batch', value: hostile }] });
    const read = await ask<Json>('run', runId);
    assert.deepEqual(read['params'], { 'dir/lr': '0.01', text: hostile, long: longParam });
    assert.equal((read['tags'] as Json)['batch'], hostile);
    const infinity = name === 'files' ? 'Infinity' : Number.MAX_VALUE;
    assert.deepEqual(read['metrics'], {
      loss: 0.75,
      'val/loss': 1 / 3,
      nan: 'NaN',
      up: infinity,
      down: name === 'files' ? '-Infinity' : -Number.MAX_VALUE,
      tiny: 1e-300,
    });
    assert.equal((await ask<unknown[]>('points', runId, 'loss')).length, 5);
    const own = await runs.get({ runId });
    const latest = (key: string): number | undefined => own.metrics.find((one) => one.key === key)?.value;
    assert.deepEqual([latest('loss'), latest('nan'), latest('up')], [0.75, NaN, Infinity]);
    assert.equal(own.metrics.find(({ key }) => key === 'tiny')?.step, Number.MAX_SAFE_INTEGER);
  });

  it('a later point is the latest, an earlier one is not', async () => {
    const { runs } = of().registry;
    const log = (value: number, step: number): Promise<void> =>
      runs.log({ runId, metrics: [{ key: 'loss', value, step, timestamp: 1 }], params: [], tags: [] });
    const latest = async (): Promise<unknown> => ((await ask<Json>('run', runId))['metrics'] as Json)['loss'];
    await log(9, 6);
    assert.equal(await latest(), 0.75);
    await log(0.0625, 8);
    assert.equal(await latest(), 0.0625);
  });

  it('a param never changes: the same value is nothing, another is refused with all of its batch', async () => {
    const { runs } = of().registry;
    const log = (value: string): Promise<void> =>
      runs.log({
        runId,
        metrics: [{ key: 'with it', value: 1, step: 0, timestamp: 1 }],
        params: [
          { key: `new ${value}`, value },
          { key: 'dir/lr', value },
        ],
        tags: [],
      });
    assert.equal(await kindOf(log('0.02')), 'invalid');
    const { metrics, params } = await ask<{ metrics: Json; params: Json }>('run', runId);
    assert.ok(!('with it' in metrics) && !('new 0.02' in params));
    await log('0.01');
    assert.equal((await ask<{ params: Json }>('run', runId)).params['new 0.01'], '0.01');
  });

  it('what MLflow refuses is refused in a sentence, and nothing is written', async () => {
    const { runs } = of().registry;
    const before = await ask<Json>('run', runId);
    const nothing = { runId, metrics: [], params: [], tags: [] };
    const good = { key: 'unwritten', value: '1' };
    for (const key of refusedKeys) {
      assert.equal(await kindOf(runs.setTag({ runId, key, value: 'x' })), 'invalid', key);
      assert.equal(await kindOf(runs.log({ ...nothing, params: [good, { key, value: 'x' }] })), 'invalid', key);
      const metrics = [{ key, value: 1, step: 0, timestamp: 0 }];
      assert.equal(await kindOf(runs.log({ ...nothing, params: [good], metrics })), 'invalid', key);
    }
    const many = (count: number): { key: string; value: string }[] =>
      Array.from({ length: count }, (_, i) => ({ key: `k${i}`, value: 'x' }));
    assert.equal(await kindOf(runs.log({ ...nothing, params: many(101) })), 'invalid');
    assert.equal(await kindOf(runs.log({ ...nothing, tags: many(101) })), 'invalid');
    assert.equal(await kindOf(runs.log({ ...nothing, params: [good, good] })), 'invalid');
    assert.equal(await kindOf(runs.setTag({ runId, key: 'long', value: 'y'.repeat(8001) })), 'invalid');
    assert.equal(await kindOf(runs.update({ runId, name: '' })), 'invalid');
    assert.equal(await kindOf(runs.update({ runId: 'f'.repeat(32), name: 'x' })), 'notFound');
    assert.deepEqual(await ask<Json>('run', runId), before);
  });

  it('a batch as large as MLflow takes it', async () => {
    const { runs } = of().registry;
    const metrics = Array.from({ length: 800 }, (_, i) => ({ key: `m${i % 8}`, value: i, step: i, timestamp: i }));
    const pairs = Array.from({ length: 100 }, (_, i) => ({ key: `big ${i}`, value: String(i) }));
    await runs.log({ runId, metrics, params: pairs, tags: pairs });
    const read = await ask<{ metrics: Json; params: Json; tags: Json }>('run', runId);
    assert.deepEqual([read.metrics['m7'], read.params['big 99'], read.tags['big 99']], [799, '99', '99']);
    assert.equal((await ask<unknown[]>('points', runId, 'm3')).length, 100);
  });

  it('a deleted run is kept, takes no writes, and comes back', async () => {
    const { runs } = of().registry;
    await runs.delete({ runId });
    assert.equal((await ask<Json>('run', runId))['lifecycle_stage'], 'deleted');
    assert.equal(await kindOf(runs.setTag({ runId, key: 'x', value: 'x' })), 'invalid');
    assert.equal(await kindOf(runs.update({ runId, name: 'x' })), 'invalid');
    assert.equal(await kindOf(runs.deleteTag({ runId, key: 'batch' })), 'invalid');
    assert.equal(
      await kindOf(runs.log({ runId, metrics: [], params: [], tags: [{ key: 'x', value: 'x' }] })),
      'invalid',
    );
    await runs.restore({ runId });
    assert.equal((await ask<Json>('run', runId))['lifecycle_stage'], 'active');
    await runs.setTag({ runId, key: 'back', value: 'yes' });
    assert.equal(await kindOf(runs.delete({ runId: 'f'.repeat(32) })), 'notFound');
  });

  it('trap 18: an experiment goes with its runs and comes back with all of them', async () => {
    const { experiments, runs } = of().registry;
    const before = await ask<string>('make_run', experimentId, 'deleted before');
    await runs.delete({ runId: before });
    const [gone, back] = [newWorkCount(), newWorkCount()];
    await experiments.delete({ experimentId, count: gone });
    let read = await experimentOf(experimentId);
    assert.deepEqual([read.stage, read.runs], ['deleted', { [runId]: 'deleted', [before]: 'deleted' }]);
    assert.equal((await experiments.get({ experimentId })).lifecycleStage, 'deleted');
    assert.equal(await kindOf(runs.restore({ runId })), 'invalid');
    assert.equal(await kindOf(experiments.rename({ experimentId, name: 'x' })), 'invalid');
    assert.equal(await kindOf(experiments.setTag({ experimentId, key: 'x', value: 'x' })), 'invalid');
    assert.notEqual(await kindOf(experiments.deleteTag({ experimentId, key: 'why' })), 'done');
    assert.equal(await kindOf(experiments.delete({ experimentId })), 'notFound');
    await experiments.restore({ experimentId, count: back });
    // Only a file store writes each run; how far it is, it tells while it does.
    const counts = [workDone(gone), workDone(back)];
    assert.deepEqual(
      counts,
      name === 'files'
        ? [
            { done: 2, all: 2 },
            { done: 2, all: 2 },
          ]
        : [undefined, undefined],
    );
    read = await experimentOf(experimentId);
    assert.deepEqual([read.stage, read.runs], ['active', { [runId]: 'active', [before]: 'active' }]);
    assert.equal(await kindOf(experiments.restore({ experimentId })), 'notFound');
  });

  it('MLflow goes on with what we wrote: logs, renames, deletes and searches', async () => {
    const { registry, backend } = of();
    assert.deepEqual(await backend.oracle.ask('carry_on', backend.uri, experimentId, runId), {
      runs: [runId],
      name: 'carried on',
      loss: 0.125,
    });
    assert.equal((await registry.runs.get({ runId })).runName, 'carried on');
  });
}
