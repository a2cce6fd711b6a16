import assert from 'node:assert/strict';
import { noContract } from '../../../src/domain/contract';
import { browsing, many, scope, storeOf } from './browsing';
import { aModel, anExperiment, aRun, aVersion, contractOf, FakeStore, options } from './fakeStore';

describe('Browsing', () => {
  it('asks the store nothing before it is asked something', () => {
    const store = storeOf(...many(3));
    browsing(store);
    assert.deepEqual(store.asked, []);
  });

  it('reads a page of runs by one search, once however often the tree asks', async () => {
    const store = storeOf(...many(5));
    const { top } = browsing(store);
    assert.deepEqual(await top(), ['r0', 'r1', 'r2']);
    await top();
    assert.deepEqual(store.asked, ['runs']);
  });

  it('adds a page, and reads as far again after a refresh', async () => {
    const store = storeOf(...many(8));
    const { browser, top, changes } = browsing(store);
    await top();
    await browser.more({ kind: 'runs', ...scope });
    assert.equal((await top()).length, 6);
    assert.deepEqual(changes, ['experiments']);
    store.registries.forget();
    assert.equal((await top()).length, 6);
    assert.equal(store.asked.filter((read) => read === 'runs').length, 3);
  });

  it('keeps what is loaded when the next page fails, and shows a run once that moved between two pages', async () => {
    const store = storeOf(...many(5));
    const { browser, top } = browsing(store);
    await top();
    store.before = () => Promise.reject(new Error('cut'));
    await assert.rejects(browser.more({ kind: 'runs', ...scope }), /cut/);
    store.before = () => undefined;
    store.runs.unshift(aRun('new'));
    await browser.more({ kind: 'runs', ...scope });
    assert.deepEqual(await top(), ['r0', 'r1', 'r2', 'r3', 'r4']);
  });

  it('drops a page that comes after a refresh', async () => {
    const store = storeOf(...many(6));
    const { browser, top } = browsing(store);
    await top();
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    store.before = () => held;
    const late = browser.more({ kind: 'runs', ...scope });
    while (store.asked.length < 2) await new Promise(setImmediate);
    store.before = () => undefined;
    store.registries.forget();
    release();
    await late;
    assert.deepEqual(await top(), ['r0', 'r1', 'r2']);
  });

  it('fetches the missing parents of a page by one search, with theirs by another', async () => {
    const store = storeOf(
      aRun('aa', { parent: 'bb' }),
      aRun('cc', { parent: 'dd' }),
      aRun('ee'),
      aRun('bb', { parent: 'ff' }),
      aRun('dd'),
      aRun('ff'),
    );
    const { top } = browsing(store);
    assert.deepEqual(await top(), ['ff', 'dd', 'ee']);
    assert.deepEqual(store.asked, [
      'runs',
      "runs attributes.run_id IN ('bb', 'dd')",
      "runs attributes.run_id IN ('ff')",
    ]);
  });

  it('shows a run at the top whose parent is deleted, in another experiment, or no run at all', async () => {
    const store = storeOf(
      aRun('a', { parent: 'gone' }),
      aRun('b', { parent: 'far' }),
      aRun('c', { parent: "x' OR 1=1" }),
      aRun('d', { parent: '1234' }),
      aRun('1234', { experimentId: '2' }),
      aRun('gone', { lifecycleStage: 'deleted' }),
      aRun('far', { experimentId: '2' }),
    );
    const { top, how } = browsing(store, options(), 4);
    assert.deepEqual(await top(), ['a', 'b', 'c', 'd']);
    how.setShowsDeleted(true);
    assert.deepEqual(await top(), ['gone', 'b', 'c', 'd']);
  });

  it('shows children at the top when their parent cannot be read', async () => {
    const store = storeOf(aRun('a', { parent: 'p' }));
    store.before = (read) => (read.includes('IN') ? Promise.reject(new Error('cut')) : undefined);
    assert.deepEqual(await browsing(store).top(), ['a']);
  });

  it('finds the runs nested under one by its tag, within the filter', async () => {
    const store = storeOf(aRun('p'), aRun('a', { parent: 'p', auc: 0.9 }), aRun('b', { parent: 'p', auc: 0.1 }));
    const { browser, how } = browsing(store);
    how.setRunFilter('metrics.auc > 0.5');
    const { items } = await browser.runs({ ...scope, parentId: 'p' });
    assert.deepEqual(
      items.map(({ runId }) => runId),
      ['a'],
    );
    assert.deepEqual(store.asked, ["runs metrics.auc > 0.5 AND tags.mlflow.parentRunId = 'p'"]);
  });

  it('evaluates an OR within what is nested, and says that Ringside does', async () => {
    const store = storeOf(
      aRun('p'),
      aRun('a', { parent: 'p', auc: 0.9 }),
      aRun('b', { parent: 'p', auc: 0.1 }),
      aRun('c'),
    );
    const { browser, how } = browsing(store);
    how.setRunFilter('metrics.auc > 0.5 OR metrics.auc < 0.2');
    const { items } = await browser.runs({ ...scope, parentId: 'p' });
    assert.deepEqual(items.map(({ runId }) => runId).sort(), ['a', 'b']);
    assert.match(how.runFilterNote ?? '', /MLflow has no OR/);
    for (const filter of ['metrics.auc > 0.5', 'not a filter', '']) {
      how.setRunFilter(filter);
      assert.equal(how.runFilterNote, undefined, filter);
    }
  });

  it('sorts by a metric as the store does and by duration itself, runs without an end last', async () => {
    const store = storeOf(
      aRun('a', { auc: 0.1, startTime: 0, endTime: 50 }),
      aRun('b', { startTime: 0 }),
      aRun('c', { auc: 0.9, startTime: 0, endTime: 10 }),
      aRun('d', { auc: 0.5, startTime: 0, endTime: 30 }),
    );
    const { top, how, browser } = browsing(store, options(), 2);
    await how.setSort(scope, { by: 'metric', key: 'auc', ascending: false });
    assert.deepEqual(await top(), ['c', 'd']);
    await how.setSort(scope, { by: 'duration', ascending: true });
    assert.deepEqual(await top(), ['c', 'd']);
    await browser.more({ kind: 'runs', ...scope });
    assert.deepEqual(await top(), ['c', 'd', 'a', 'b']);
    await how.setSort(scope, { by: 'duration', ascending: false });
    await browser.more({ kind: 'runs', ...scope });
    assert.deepEqual((await top()).slice(0, 2), ['a', 'd']);
  });

  it('remembers order and headline metric per experiment, and takes the first well-known metric without', async () => {
    const store = storeOf(aRun('a', { metrics: ['system/cpu', 'ambient', 'auc/SE', 'loss', 'auc'].map(metric) }));
    const { browser, how } = browsing(store);
    const { rows } = await browser.runs(scope);
    assert.equal(await browser.headlineOf(scope, rows), 'auc');
    await how.setHeadline(scope, 'loss');
    await how.setSort(scope, { by: 'name', ascending: true });
    assert.equal(await browser.headlineOf(scope, rows), 'loss');
    assert.deepEqual(how.sortOf(scope), { by: 'name', ascending: true });
    assert.deepEqual(how.sortOf({ ...scope, experimentId: '2' }), { by: 'start', ascending: false });
  });

  it('takes the primary metric of the team where nobody chose, any metric where none is well known', async () => {
    const contract = contractOf({ ...noContract, metrics: [{ pattern: 'ambient', primary: true }] });
    const store = storeOf(
      aRun('a', { metrics: ['ambient', 'auc'].map(metric) }),
      aRun('b', { metrics: [metric('x')] }),
    );
    const { browser } = browsing(store, options(), 3, contract);
    const { rows } = await browser.runs(scope);
    assert.equal(await browser.headlineOf(scope, rows), 'ambient');
    const plain = browsing(storeOf(aRun('b', { metrics: ['y', 'x'].map(metric) })));
    assert.equal(await plain.browser.headlineOf(scope, (await plain.browser.runs(scope)).rows), 'x');
  });

  it('gives the reason that the store gives for itself where reading fails', async () => {
    const store = new FakeStore();
    store.before = (read) => Promise.reject(new Error(read === 'describe' ? 'why' : 'no such table'));
    await assert.rejects(browsing(store).browser.experiments('r'), /why/);
  });

  it('lists experiments though the store cannot say what it is', async () => {
    const store = new FakeStore();
    store.before = (read) => (read === 'describe' ? Promise.reject(new Error('why')) : undefined);
    assert.equal((await browsing(store).browser.experiments('r')).items.length, 1);
  });

  it('keeps a run that was gone to in the list, with all above it', async () => {
    const store = storeOf(...many(5), aRun('c', { parent: 'p' }), aRun('p'));
    const { browser, top } = browsing(store);
    await top();
    const { path } = await browser.showRun('r', 'c');
    assert.deepEqual(
      path.map(({ runId }) => runId),
      ['p', 'c'],
    );
    assert.deepEqual(await top(), ['r0', 'r1', 'r2', 'p']);
    store.runs = store.runs.filter(({ runId }) => runId !== 'p');
    store.registries.forget();
    assert.deepEqual(await top(), ['r0', 'r1', 'r2']);
  });

  it('filters models by part of a name that holds quotes and wildcards', async () => {
    const store = new FakeStore();
    store.models = ['50%_off', '50 xoff', `it's "so"`, 'ÄRGER', 'other'].map((name) => aModel(name));
    const { browser, how } = browsing(store);
    const names = async (part: string) => {
      how.setModelFilter(part);
      return (await browser.models('r')).items.map(({ name }) => name);
    };
    assert.deepEqual(await names('%_O'), ['50%_off']);
    assert.deepEqual(await names(`'s "S`), [`it's "so"`]);
    assert.deepEqual(await names('ärg'), ['ÄRGER']);
    assert.equal((await names('')).length, 5);
  });

  it('reads the runs of versions by one run and one search per experiment', async () => {
    const store = storeOf(aRun('aa'), aRun('bb'), aRun('cc', { experimentId: '2' }));
    const versions = ['gone', 'aa', 'bb', 'cc', ''].map((runId, i) => aVersion('m', String(i), runId));
    const runs = await browsing(store).browser.sourceRuns('r', versions);
    assert.deepEqual([...runs.keys()], ['aa', 'bb', 'cc']);
    assert.deepEqual(store.asked, ['run gone', 'run aa', "runs attributes.run_id IN ('bb', 'cc')", 'run cc']);
  });

  it('reads models again when a version changes, and leaves experiments as they are', async () => {
    const store = storeOf(aRun('a'));
    const { browser, changes, top } = browsing(store);
    await top();
    await browser.models('r');
    store.registries.forget({ kind: 'version', registry: 'r', id: 'm/1' });
    await top();
    await browser.models('r');
    assert.deepEqual(store.asked, ['runs', 'models', 'models']);
    assert.deepEqual(changes, ['models']);
  });

  it('shows deleted experiments only when asked to', async () => {
    const store = new FakeStore();
    store.experiments = [anExperiment('1'), anExperiment('2', { lifecycleStage: 'deleted' })];
    const { browser, how } = browsing(store);
    assert.equal((await browser.experiments('r')).items.length, 1);
    how.setShowsDeleted(true);
    assert.equal((await browser.experiments('r')).items.length, 2);
  });
});

function metric(key: string) {
  return { key, value: 1, timestamp: 0, step: 0 };
}
