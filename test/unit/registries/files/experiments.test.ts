import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { View } from '../../../../src/domain/experiment';
import { experimentMeta, open, plant, runMeta, useFolder } from './tree';

describe('file store: experiments', () => {
  const folder = useFolder();
  const names = async (view: View = 'active', filter = '', orderBy: readonly string[] = []): Promise<string[]> => {
    const page = await open(folder()).experiments.search({ view, filter, orderBy, maxResults: 100 });
    return page.items.map(({ name }) => name);
  };

  it('trap 30: keeps ids beyond 2^53, quoted or bare', async () => {
    plant(folder(), {
      '725488412345678912': { 'meta.yaml': experimentMeta('725488412345678912', 'quoted') },
      '725488412345678913': {
        'meta.yaml': 'experiment_id: 725488412345678913\nname: bare\nartifact_location: x\nlifecycle_stage: active\n',
      },
    });
    const { items } = await open(folder()).experiments.search({ view: 'all', orderBy: ['name ASC'], maxResults: 9 });
    assert.deepEqual(
      items.map(({ experimentId, creationTime }) => [experimentId, creationTime]),
      [
        ['725488412345678913', undefined],
        ['725488412345678912', 1700000000000],
      ],
    );
  });

  it('says that a folder which was read before is gone, and reads it again once it is back', async () => {
    const root = path.join(folder(), 'mlruns');
    plant(root, { '0': { 'meta.yaml': experimentMeta('0', 'Default') } });
    const registry = open(root);
    const search = () => registry.experiments.search({ view: 'active', maxResults: 9 });
    const { items } = await search();
    fs.renameSync(root, `${root} away`);
    await assert.rejects(search(), { kind: 'notFound', message: `There is no folder "${root}".` });
    await assert.rejects(registry.models.search({ maxResults: 9 }), { kind: 'notFound' });
    fs.renameSync(`${root} away`, root);
    assert.deepEqual((await search()).items, items);
  });

  it('reads the trash as deleted, tags with slashes, and skips what is no experiment', async () => {
    plant(folder(), {
      '0': { 'meta.yaml': experimentMeta('0', 'Default'), tags: { plain: 'a\nb', nested: { key: '' } } },
      '1': { 'meta.yaml': experimentMeta('2', 'other id') },
      '3': { artifacts: {} },
      '4': { 'meta.yaml': '\tbroken' },
      models: { m: { 'meta.yaml': experimentMeta('models', 'a model') } },
      '.trash': { '5': { 'meta.yaml': experimentMeta('5', 'gone').replace('active', 'deleted') } },
      '.hidden': { 'meta.yaml': experimentMeta('.hidden', 'hidden') },
      file: 'x',
    });
    assert.deepEqual(await names('active'), ['Default']);
    assert.deepEqual(await names('deleted'), ['gone']);
    assert.deepEqual(await names('all'), ['Default', 'gone']);
    const experiment = await open(folder()).experiments.get({ experimentId: '0' });
    assert.deepEqual(experiment.tags, [
      { key: 'nested/key', value: '' },
      { key: 'plain', value: 'a\nb' },
    ]);
    assert.equal((await open(folder()).experiments.get({ experimentId: '5' })).lifecycleStage, 'deleted');
  });

  it('filters, orders and pages as MLflow does: newest first, then the greater id', async () => {
    for (const [id, time] of [
      ['1', 5],
      ['2', 7],
      ['3', 7],
    ] as const)
      plant(folder(), { [id]: { 'meta.yaml': experimentMeta(id, `e${id}`).replace('1700000000000', String(time)) } });
    assert.deepEqual(await names(), ['e2', 'e3', 'e1']);
    assert.deepEqual(await names('active', "name != 'e2'", ['last_update_time ASC']), ['e3', 'e1']);
    const registry = open(folder());
    const first = await registry.experiments.search({ view: 'active', maxResults: 2 });
    const token = first.nextPageToken;
    assert.ok(token);
    const second = await registry.experiments.search({ view: 'active', maxResults: 2, pageToken: token });
    assert.deepEqual([second.items.map(({ name }) => name), second.nextPageToken], [['e1'], undefined]);
    for (const pageToken of ['x', 'e30='])
      await assert.rejects(registry.experiments.search({ view: 'active', maxResults: 2, pageToken }), {
        kind: 'invalid',
      });
  });

  it('tells whether an experiment holds traces', async () => {
    plant(folder(), {
      '0': { 'meta.yaml': experimentMeta('0', 'a'), traces: { 'tr-1': { 'trace_info.yaml': '' } } },
      '1': { 'meta.yaml': experimentMeta('1', 'b'), traces: {} },
    });
    const { experiments } = open(folder());
    assert.deepEqual(
      await Promise.all(['0', '1', '9'].map((experimentId) => experiments.holdsTraces({ experimentId }))),
      [true, false, false],
    );
  });

  it('never looks for an id outside the store', async () => {
    plant(folder(), { outside: { 'meta.yaml': experimentMeta('outside', 'x') }, store: { '.trash': {} } });
    const registry = open(path.join(folder(), 'store'));
    for (const experimentId of ['../outside', '..', '.', '', 'a/b', '.trash', 'models'])
      await assert.rejects(registry.experiments.get({ experimentId }), { kind: 'notFound' }, experimentId);
  });

  it('opens file URIs, encoded ones too', async () => {
    const root = path.join(folder(), 'my runs #1%');
    plant(root, { '0': { 'meta.yaml': experimentMeta('0', 'Default') } });
    const { summary } = await open(pathToFileURL(root).href).describe({});
    assert.equal(summary, 'File store');
  });

  it('survives links that go round', async () => {
    plant(folder(), { '0': { 'meta.yaml': experimentMeta('0', 'Default'), tags: { a: '1' } } });
    fs.symlinkSync(folder(), path.join(folder(), '0', 'tags', 'round'));
    fs.symlinkSync('self', path.join(folder(), '0', 'tags', 'self'));
    fs.symlinkSync(folder(), path.join(folder(), 'loop'));
    const { items } = await open(folder()).experiments.search({ view: 'all', maxResults: 9 });
    assert.deepEqual(
      items.map(({ tags }) => tags),
      [[{ key: 'a', value: '1' }]],
    );
  });
});

describe('file store: what is no store', () => {
  const folder = useFolder();
  const refusal = async (root = folder()): Promise<{ kind: string; text: string }> => {
    const registry = open(root);
    const error: unknown = await registry.describe({}).then(
      () => assert.fail('was taken for a store'),
      (reason: unknown) => reason,
    );
    await assert.rejects(registry.experiments.search({ view: 'all', maxResults: 9 }), {
      message: (error as Error).message,
    });
    return error as { kind: string; text: string };
  };

  it('trap 41: says so where mlruns holds only artifacts, and names the database beside it', async () => {
    const root = path.join(folder(), 'mlruns');
    plant(root, { '0': { abc: { artifacts: { 'a.txt': '' } }, models: { 'm-1': { artifacts: {} } } } });
    assert.match((await refusal(root)).text, /^mlruns\/ was written by MLflow's database mode: .* artifacts only\./);
    fs.writeFileSync(path.join(folder(), 'mlflow.db'), '');
    assert.match((await refusal(root)).text, /Open mlflow\.db instead\?$/);
  });

  it('says what is wrong with a missing folder, a file, an experiment and any other folder', async () => {
    plant(folder(), {
      'mlflow.db': 'x',
      other: { inner: { 'x.txt': '' } },
      above: { mlruns: {} },
      one: { 'meta.yaml': runMeta('0', 'one') },
    });
    const at = (name: string): Promise<{ kind: string; text: string }> => refusal(path.join(folder(), name));
    assert.equal((await at('nothing')).kind, 'notFound');
    assert.match((await at('mlflow.db')).text, /sqlite:\/\/\//);
    assert.match((await at('other')).text, /nothing in it has a meta\.yaml/);
    assert.match((await at('above')).text, /above.mlruns/);
    assert.match((await at('one')).text, /the folder above/);
  });

  it('takes a new store without experiments, and looks again at what was refused', async () => {
    const registry = open(folder());
    await assert.rejects(registry.describe({}), { kind: 'invalid' });
    plant(folder(), { '.trash': {} });
    assert.deepEqual((await registry.experiments.search({ view: 'all', maxResults: 9 })).items, []);
  });

  it('writes nothing where it only reads', async () => {
    plant(folder(), { '0': { 'meta.yaml': experimentMeta('0', 'Default') } });
    const { capabilities } = await open(folder()).describe({});
    assert.deepEqual(fs.readdirSync(folder()), ['0']);
    assert.equal(capabilities.write, true);
    assert.equal(capabilities.webUi, false);
  });
});
