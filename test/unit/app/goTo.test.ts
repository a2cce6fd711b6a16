import assert from 'node:assert/strict';
import { Finder } from '../../../src/app/goTo';
import { aModel, anExperiment, aRun, aVersion, FakeStore } from './fakeStore';

const id = '0123456789abcdef0123456789abcdef';

function storeWithAll(): FakeStore {
  const store = new FakeStore();
  store.experiments = [anExperiment('1', { name: 'Tumour screening' }), anExperiment('22', { name: 'wine' })];
  store.runs = [
    aRun(id, { runName: 'brisk-fox' }),
    aRun('f'.repeat(32), { runName: "it's 50%", status: 'FAILED', experimentId: '22' }),
  ];
  store.models = [aModel('tumour-classifier', [{ alias: 'champion', version: '3' }]), aModel('wine/quality')];
  store.versions = [aVersion('tumour-classifier', '3'), aVersion('wine/quality', '3')];
  return store;
}

async function found(typed: string, store = storeWithAll()): Promise<string[]> {
  const results = await new Finder(store.registry, 'active').find(typed);
  return results.map(({ ref, name, about }) => `${ref.kind} ${name}${about === undefined ? '' : ` (${about})`}`);
}

describe('Go To', () => {
  it('offers experiments and models before anything is typed', async () => {
    const all = ['experiment Tumour screening', 'experiment wine', 'model tumour-classifier', 'model wine/quality'];
    assert.deepEqual(await found(''), all);
  });

  it('finds by part of a name in any case, one kind after the other', async () => {
    assert.deepEqual(await found('TUMOUR'), ['experiment Tumour screening', 'model tumour-classifier']);
    assert.deepEqual(await found('fox'), ['run brisk-fox (Tumour screening)']);
    assert.deepEqual(await found("'s 50%"), ["run it's 50% (wine)"]);
  });

  it('finds a run by its id, its start, or its URI', async () => {
    const fox = ['run brisk-fox (Tumour screening)'];
    assert.deepEqual(await found(id), fox);
    assert.deepEqual(await found('01234567'), fox);
    assert.deepEqual(await found(`runs:/${id}/model`), fox);
    assert.deepEqual(await found('e'.repeat(32)), []);
  });

  it('finds an experiment by its id', async () => {
    assert.deepEqual(await found('22'), ['experiment wine (22)']);
  });

  it('finds a version by number or alias, with part of the name, and by its URI', async () => {
    const version = 'version tumour-classifier v3';
    assert.deepEqual(await found('tumour-classifier/3'), [version]);
    assert.deepEqual(await found('tumour v3'), [version]);
    assert.deepEqual(await found('models:/wine/quality/3'), ['version wine/quality v3']);
    assert.deepEqual(await found('@champ'), [`${version} (@champion)`]);
    assert.deepEqual(await found('tumour v9'), []);
  });

  it('finds what it can where the store has no model registry, and says why where nothing is found', async () => {
    const store = storeWithAll();
    store.before = (read) => (read.startsWith('models') ? Promise.reject(new Error('no registry')) : undefined);
    assert.deepEqual(await found('fox', store), ['run brisk-fox (Tumour screening)']);
    await assert.rejects(found('nothing', store), /no registry/);
  });

  it('stops when the person types on', async () => {
    const typing = new AbortController();
    typing.abort();
    await assert.rejects(new Finder(storeWithAll().registry, 'active').find('fox', typing.signal), {
      name: 'AbortError',
    });
  });
});
