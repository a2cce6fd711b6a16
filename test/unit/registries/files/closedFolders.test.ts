import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { asAnyone } from '../../../asAnyone';
import { experimentMeta, modelMeta, open, plant, runMeta, useFolder } from './tree';

/** Windows has no modes: nothing of this can be met there. */
if (process.platform !== 'win32')
  describe('file store: folders without access', function () {
    const closed: string[] = [];
    // Before the folder is removed: who is not root could not.
    afterEach(() => {
      for (const entry of closed.splice(0)) fs.chmodSync(entry, 0o755);
    });
    const folder = useFolder();
    const runs = { experimentIds: ['0'], view: 'all', maxResults: 9 } as const;
    const close = (...parts: string[]): void => {
      const entry = path.join(folder(), ...parts);
      fs.chmodSync(entry, 0);
      closed.push(entry);
    };

    beforeEach(() => {
      plant(folder(), {
        '0': {
          'meta.yaml': experimentMeta('0', 'Default'),
          a: { 'meta.yaml': runMeta('0', 'a', { start_time: '3' }), tags: { t: 'x' }, params: { p: '1' } },
          b: { 'meta.yaml': runMeta('0', 'b', { start_time: '2' }), tags: { t: 'x' }, metrics: { m: '1 2 0\n' } },
          c: { 'meta.yaml': runMeta('0', 'c', { start_time: '1' }) },
        },
        '1': { 'meta.yaml': experimentMeta('1', 'Other') },
        models: { m: { 'meta.yaml': modelMeta('m') }, n: { 'meta.yaml': modelMeta('n') } },
      });
      fs.chmodSync(folder(), 0o755);
    });

    it('lists the other experiments and models, and says which is missing', async () => {
      close('1');
      close('models', 'n');
      await asAnyone(async () => {
        const experiments = await open(folder()).experiments.search({ view: 'all', maxResults: 9 });
        assert.deepEqual(
          experiments.items.map(({ name }) => name),
          ['Default'],
        );
        assert.match(experiments.note ?? '', /1" is missing here: access is denied/);
        const models = await open(folder()).models.search({ maxResults: 9 });
        assert.deepEqual(
          models.items.map(({ name }) => name),
          ['m'],
        );
        assert.match(models.note ?? '', /n" is missing here/);
      });
    });

    it('lists the other runs, filtered too, and finds a run beside a closed experiment', async () => {
      close('0', 'a');
      close('0', 'c', 'meta.yaml');
      close('1');
      await asAnyone(async () => {
        const { table, note } = await open(folder()).runs.search(runs);
        assert.deepEqual(table.runIds, ['b']);
        assert.match(note ?? '', /a" and 1 more are missing here/);
        const filtered = await open(folder()).runs.search({ ...runs, filter: "tags.t = 'x'" });
        assert.deepEqual(filtered.table.runIds, ['b']);
        assert.equal((await open(folder()).runs.get({ runId: 'b' })).runId, 'b');
        await assert.rejects(open(folder()).runs.get({ runId: 'a' }), { kind: 'unsupported' });
      });
    });

    it('shows a run of which a part is closed', async () => {
      close('0', 'a', 'params');
      close('0', 'b', 'metrics', 'm');
      await asAnyone(async () => {
        const { table, note } = await open(folder()).runs.search(runs);
        assert.deepEqual(table.runIds, ['a', 'b', 'c']);
        assert.deepEqual(
          table.tags.map(({ key }) => key),
          ['t'],
        );
        assert.match(note ?? '', /a" and 1 more/);
      });
    });

    it('says why where the experiment itself is closed', async () => {
      close('0');
      await asAnyone(async () => {
        await assert.rejects(open(folder()).runs.search(runs), { kind: 'unsupported' });
        const both = await open(folder()).runs.search({ ...runs, experimentIds: ['1', '0'] });
        assert.match(both.note ?? '', /0" is missing here/);
      });
    });
  });

describe('file store: links', () => {
  const folder = useFolder();

  it('reads no param, tag or metric through a link that leads out of the store', async () => {
    plant(folder(), {
      secret: { key: 'secret', metric: '1 5 0\n' },
      store: {
        '0': {
          'meta.yaml': experimentMeta('0', 'Default'),
          a: { 'meta.yaml': runMeta('0', 'a'), params: { own: '1' }, tags: {}, metrics: {} },
        },
      },
    });
    const root = path.join(folder(), 'store');
    const [run, secret] = [path.join(root, '0', 'a'), path.join(folder(), 'secret')];
    fs.symlinkSync(path.join(secret, 'key'), path.join(run, 'params', 'stolen'));
    fs.symlinkSync(path.join(secret, 'key'), path.join(run, 'tags', 'stolen'));
    fs.symlinkSync(secret, path.join(run, 'tags', 'folder'));
    fs.symlinkSync(path.join(secret, 'metric'), path.join(run, 'metrics', 'stolen'));
    fs.symlinkSync('own', path.join(run, 'params', 'same'));
    const { runs } = open(root);
    const { params, tags, metrics } = await runs.get({ runId: 'a' });
    assert.deepEqual(params, [
      { key: 'own', value: '1' },
      { key: 'same', value: '1' },
    ]);
    assert.deepEqual([tags, metrics], [[], []]);
    const query = { experimentIds: ['0'], view: 'all', maxResults: 9 } as const;
    for (const filter of ["tags.stolen = 'secret'", "tags.`folder/key` = 'secret'", 'metrics.stolen = 5'])
      assert.deepEqual((await runs.search({ ...query, filter })).table.runIds, [], filter);
    assert.deepEqual((await runs.search({ ...query, filter: "params.same = '1'" })).table.runIds, ['a']);
    const [history] = await runs.histories({ runIds: ['a'], key: 'stolen' });
    assert.equal(history?.values.length, 0);
  });
});
