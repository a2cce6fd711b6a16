import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { RunBatch } from '../../../../src/domain/ports';
import { experimentMeta, open, plant, runMeta, type Tree, useFolder } from './tree';

const runId = 'a'.repeat(32);
const nothing: RunBatch = { runId, metrics: [], params: [], tags: [] };
const point = { value: 1, step: 0, timestamp: 5 };

describe('file store: writes', () => {
  const folder = useFolder();
  const run = (...names: string[]): string => path.join(folder(), '1', runId, ...names);
  const planted = (more: Tree = {}): ReturnType<typeof open> => {
    const files = { 'meta.yaml': runMeta('1', runId), metrics: {}, params: {}, artifacts: {}, ...more };
    plant(folder(), { '1': { 'meta.yaml': experimentMeta('1', 'one'), [runId]: files } });
    return open(folder());
  };
  const allFiles = (): string[] => fs.readdirSync(folder(), { recursive: true, encoding: 'utf8' }).sort();

  it('a key that is the folder of another is refused before anything is written', async () => {
    const { runs } = planted({ metrics: { val: '1 1.0 0\n' }, tags: { a: { b: 'x' } } });
    const before = allFiles();
    const params = [{ key: 'fresh', value: '1' }];
    for (const batch of [
      { metrics: [{ ...point, key: 'val/acc' }], params },
      { tags: [{ key: 'a', value: 'x' }], params },
      { params: [...params, { key: 'fresh/deep', value: '1' }] },
    ])
      await assert.rejects(runs.log({ ...nothing, ...batch }), { kind: 'invalid', message: /folder of the other/ });
    assert.deepEqual(allFiles(), before);
  });

  it('a key of many bytes is refused before anything is written', async () => {
    const { runs } = planted();
    const before = allFiles();
    const tags = [
      { key: 'ok', value: '' },
      { key: '日'.repeat(100), value: '' },
    ];
    await assert.rejects(runs.log({ ...nothing, tags }), { kind: 'invalid', message: /too long/ });
    assert.deepEqual(allFiles(), before);
  });

  it('writes through no link, and deletes nothing that one leads to', async () => {
    const { runs } = planted();
    const outside = path.join(folder(), '..', `${path.basename(folder())}-outside`);
    plant(outside, { secret: 'kept' });
    fs.symlinkSync(outside, run('tags'));
    await assert.rejects(runs.setTag({ runId, key: 'secret', value: 'x' }), { kind: 'unsupported', message: /a link/ });
    fs.rmSync(run('tags'));
    fs.mkdirSync(run('tags'));
    fs.symlinkSync(outside, run('tags', 'out'));
    await assert.rejects(runs.setTag({ runId, key: 'out/secret', value: 'x' }), { kind: 'unsupported' });
    await assert.rejects(runs.deleteTag({ runId, key: 'out/secret' }), { kind: 'notFound' });
    await assert.rejects(runs.deleteTag({ runId, key: `../../../../${path.basename(outside)}/secret` }), {
      kind: 'notFound',
    });
    assert.equal(fs.readFileSync(path.join(outside, 'secret'), 'utf8'), 'kept');
    fs.rmSync(outside, { recursive: true });
  });

  it('glues no point to half a line that a killed writer left', async () => {
    const { runs } = planted({ metrics: { m: '1 0.5 0\n2 0.2' } });
    await runs.log({ ...nothing, metrics: [{ ...point, key: 'm', step: 3 }] });
    assert.equal(fs.readFileSync(run('metrics', 'm'), 'utf8'), '1 0.5 0\n2 0.2\n5 1.0 3\n');
  });

  it('writes numbers as Python does', async () => {
    const { runs } = planted();
    const values = [NaN, Infinity, -Infinity, 1e-7, 1e21, 0.1, -3, 123456789012345680];
    await runs.log({ ...nothing, metrics: values.map((value) => ({ ...point, key: 'm', value })) });
    const lines = fs.readFileSync(run('metrics', 'm'), 'utf8').trimEnd().split('\n');
    assert.deepEqual(
      lines.map((line) => line.split(' ')[1]),
      ['nan', 'inf', '-inf', '1e-7', '1e+21', '0.1', '-3.0', '123456789012345680'],
    );
  });

  it('keeps what it does not know of a run’s meta.yaml', async () => {
    const { runs } = planted({ 'meta.yaml': runMeta('1', runId, { new_field: '1:30', user_id: "'yes'" }) });
    await runs.update({ runId, status: 'KILLED' });
    const meta = fs.readFileSync(run('meta.yaml'), 'utf8');
    for (const line of ['status: 5', 'tags: []', 'new_field: 1:30', 'user_id: "yes"'])
      assert.ok(meta.includes(`${line}\n`), meta);
  });

  it('an experiment with a single quote is refused: MLflow’s file store could not find it by name', async () => {
    const { experiments } = planted();
    await assert.rejects(experiments.create({ name: "it's" }), { kind: 'invalid', message: /single quote/ });
    await assert.rejects(experiments.rename({ experimentId: '1', name: "it's" }), { kind: 'invalid' });
  });

  it('the default experiment stays, and one whose place in the trash is taken', async () => {
    const { experiments } = planted();
    plant(folder(), { '0': { 'meta.yaml': experimentMeta('0', 'Default') }, '.trash': { '1': { x: '' } } });
    await assert.rejects(experiments.delete({ experimentId: '0' }), { kind: 'invalid' });
    await assert.rejects(experiments.delete({ experimentId: '1' }), { kind: 'conflict' });
    assert.equal((await experiments.get({ experimentId: '1' })).lifecycleStage, 'active');
  });

  it('leaves nothing behind but what it wrote', async () => {
    const { experiments, models, runs } = planted();
    const { experimentId } = await experiments.create({ name: 'new', tags: [{ key: 'a/b', value: 'c' }] });
    await models.createVersion({ name: 'm', source: 's3://b/x', newModel: true, tags: [{ key: 't', value: 'v' }] });
    await models.createVersion({ name: 'gone', source: 's3://b/x', newModel: true });
    await models.delete({ name: 'gone' });
    await runs.setTag({ runId, key: 'k', value: 'v' });
    const written = allFiles().filter((file) => file.split('/')[0] !== '1');
    assert.deepEqual(
      written,
      [
        ...['', '/meta.yaml', '/tags', '/tags/a', '/tags/a/b'].map((end) => experimentId + end),
        'models',
        ...['', '/meta.yaml', '/version-1', '/version-1/meta.yaml', '/version-1/tags', '/version-1/tags/t'].map(
          (end) => `models/m${end}`,
        ),
      ].sort(),
    );
  });
});
