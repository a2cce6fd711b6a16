import assert from 'node:assert/strict';
import type { BrowseChange } from '../../../src/app/browse';
import { UserError } from '../../../src/domain/errors';
import { browsing, many, scope, storeOf } from './browsing';
import { aModel, anExperiment, aRun, aVersion, type FakeStore, options } from './fakeStore';

describe('What the trees show, read again behind them', () => {
  const shown = {
    ...{ experiments: true, models: true, runs: [scope], runIds: ['r0'], loggedModelsOf: [] },
    versionsOf: ['m'],
    folders: [],
  };

  async function drawn(store: FakeStore, pageSize = 3) {
    const browsed = browsing(store, options(), pageSize);
    const { browser } = browsed;
    const draw = async () => ({
      experiments: (await browser.experiments('r')).items,
      rows: (await browser.runs(scope)).items,
      run: await browser.run('r', 'r0'),
      models: (await browser.models('r')).items,
      versions: (await browser.versions('r', 'm')).items,
    });
    await draw();
    store.asked.length = 0;
    return { ...browsed, draw };
  }

  function full(): FakeStore {
    const store = storeOf(...many(8));
    store.models = [aModel('m')];
    store.versions = [aVersion('m', '1')];
    return store;
  }

  it('stays as it is, the same objects, while nothing differs', async () => {
    const store = full();
    const { browser, draw, changes } = await drawn(store);
    const before = await draw();
    assert.equal(await browser.refresh('r', shown, true), false);
    const after = await draw();
    assert.deepEqual(changes, []);
    assert.equal(after.rows[0], before.rows[0]);
    assert.equal(after.run, before.run);
  });

  const differences: readonly [string, (store: FakeStore) => void, BrowseChange][] = [
    ['a run that is new', (store) => store.runs.unshift(aRun('new')), 'experiments'],
    ['a metric that moved', (store) => (store.runs[0] = aRun('r0', { auc: 0.5 })), 'experiments'],
    ['a metric that is NaN', (store) => (store.runs[0] = aRun('r0', { auc: NaN })), 'experiments'],
    ['a run that ended', (store) => (store.runs[1] = aRun('r1', { status: 'FAILED' })), 'experiments'],
    ['a tag', (store) => (store.runs[2] = aRun('r2', { tags: [{ key: 'a', value: 'b' }] })), 'experiments'],
    ['a run that is gone', (store) => store.runs.splice(1, 1), 'experiments'],
    ['an experiment’s name', (store) => (store.experiments = [anExperiment('1', { name: 'new' })]), 'experiments'],
    ['an alias', (store) => (store.models = [aModel('m', [{ alias: 'a', version: '1' }])]), 'models'],
    ['a version', (store) => store.versions.unshift(aVersion('m', '2')), 'models'],
  ];
  for (const [what, change, where] of differences) {
    it(`differs by ${what}, and is drawn without another reading`, async () => {
      const store = full();
      const { browser, draw, changes } = await drawn(store);
      const before = await draw();
      change(store);
      assert.equal(await browser.refresh('r', shown, true), true);
      assert.deepEqual(changes, [where]);
      store.asked.length = 0;
      assert.notDeepEqual(await draw(), before);
      assert.deepEqual(store.asked, []);
    });
  }

  it('keeps the rows that are as they were, so that only others are drawn anew', async () => {
    const store = full();
    const { browser, draw } = await drawn(store);
    const before = (await draw()).rows;
    store.runs[1] = aRun('r1', { auc: 1 });
    await browser.refresh('r', shown, true);
    const after = (await draw()).rows;
    assert.deepEqual(
      after.map((row, i) => row === before[i]),
      [true, false, true],
    );
  });

  it('says why a store cannot be read any more', async () => {
    const store = full();
    const { browser, draw } = await drawn(store);
    store.before = () => Promise.reject(new UserError('notFound', 'It does not exist.'));
    assert.equal(await browser.refresh('r', shown, true), true);
    await assert.rejects(draw(), /does not exist/);
    assert.equal(await browser.refresh('r', shown, true), false);
  });

  it('keeps as many rows as were loaded', async () => {
    const store = full();
    const { browser, draw } = await drawn(store);
    await browser.more({ kind: 'runs', ...scope });
    store.runs.unshift(aRun('new'));
    await browser.refresh('r', shown, true);
    assert.deepEqual(
      (await draw()).rows.map(({ runId }) => runId),
      ['new', 'r0', 'r1', 'r2', 'r3', 'r4'],
    );
  });

  it('reads what is not shown when it is next seen, and not before', async () => {
    const store = full();
    const { browser, draw } = await drawn(store);
    store.runs.unshift(aRun('new'));
    await browser.refresh('r', { ...shown, runs: [], runIds: [], models: false, versionsOf: [] }, true);
    assert.deepEqual(store.asked, ['experiments']);
    assert.equal((await draw()).rows[0]!.runId, 'new');
  });

  it('of a server’s long list reads the top, and of its runs only those that run or differ', async () => {
    const store = storeOf(...many(300));
    const { browser, draw, top } = await drawn(store, 100);
    for (let i = 0; i < 2; i++) await browser.more({ kind: 'runs', ...scope });
    store.asked.length = 0;
    await browser.refresh('r', { ...shown, models: false }, false);
    assert.deepEqual(store.asked, ['experiments', 'runs']);
    store.runs[0] = aRun('r0', { status: 'RUNNING' });
    await browser.refresh('r', { ...shown, models: false }, false);
    assert.deepEqual(store.asked.slice(2), ['experiments', 'runs', 'run r0']);
    assert.equal((await draw()).run.status, 'RUNNING');
    assert.equal((await top()).length, 300);
  });

  it('stays when the store cannot be reached, and heals when a failed one can', async () => {
    const store = full();
    const { browser, draw } = await drawn(store);
    const before = await draw();
    store.before = () => Promise.reject(new UserError('unreachable', 'No answer.'));
    await assert.rejects(browser.refresh('r', shown, false), /No answer/);
    assert.deepEqual(await draw(), before);
    store.registries.forget();
    await assert.rejects(draw(), /No answer/);
    store.before = () => undefined;
    assert.equal(await browser.refresh('r', shown, false), true);
    assert.deepEqual((await draw()).rows.length, 3);
  });
});
