import assert from 'node:assert/strict';
import { EndNotices } from '../../../src/app/endNotices';
import { RunningRuns } from '../../../src/app/runningRuns';
import type { Ref } from '../../../src/domain/ref';
import { aRun, FakeStore } from './fakeStore';

const ref: Ref = { kind: 'run', registry: 'r', id: 'a' };

describe('Runs whose end is awaited', () => {
  function awaiting(status: 'RUNNING' | 'FINISHED') {
    const store = new FakeStore();
    store.runs = [aRun('a', { status })];
    const notices = new EndNotices(store.registries);
    const told: string[] = [];
    notices.onDidEnd(({ run }) => told.push(`${run.runId} ${run.status}`));
    return { store, notices, told };
  }

  it('are asked for until they end, and told of once', async () => {
    const { store, notices, told } = awaiting('RUNNING');
    assert.equal(notices.follower.shown('r'), undefined);
    assert.equal(await notices.await(ref), true);
    assert.deepEqual(notices.follower.shown('r')?.runs, [{ experimentId: '1', runId: 'a' }]);
    assert.equal(await notices.follower.refresh('r', true), false);
    store.runs = [aRun('a', { status: 'KILLED' })];
    await notices.follower.refresh('r', true);
    assert.equal(notices.follower.shown('r'), undefined);
    await notices.follower.refresh('r', true);
    assert.deepEqual(told, ['a KILLED']);
  });

  it('are not awaited where they have ended, and not told of where they are removed', async () => {
    assert.equal(await awaiting('FINISHED').notices.await(ref), false);
    const { store, notices, told } = awaiting('RUNNING');
    await notices.await(ref);
    store.runs = [];
    await notices.follower.refresh('r', true);
    assert.deepEqual(told, []);
    assert.equal(notices.follower.shown('r'), undefined);
  });
});

describe('Running runs', () => {
  it('are counted in the experiments that are loaded; a store that takes long is asked less', async () => {
    const store = new FakeStore();
    store.runs = [aRun('a', { status: 'RUNNING' }), aRun('b')];
    let time = 0;
    let takes = 0;
    store.before = () => void (time += takes);
    const running = new RunningRuns(store.registries, { experimentIds: () => ['1'] }, () => time);
    const follower = running.follower(() => true);
    assert.equal(await follower.refresh('r', true), true);
    assert.deepEqual(
      running.of('r').map(({ runId }) => runId),
      ['a'],
    );
    assert.equal(await follower.refresh('r', true), false);
    takes = 1000;
    for (let second = 0; second < 60; second++, time += 1000) await follower.refresh('r', true);
    assert.ok(store.asked.length <= 6, `${store.asked.length} searches of 1 s in a minute`);
  });
});
