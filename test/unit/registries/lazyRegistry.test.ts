import assert from 'node:assert/strict';
import type { Registry, StoreDescription } from '../../../src/domain/ports';
import { lazyRegistry } from '../../../src/registries/lazyRegistry';
import { WorkerHost } from '../../../src/registries/workerHost';

const connection = { name: 'r', trackingUri: 'http://127.0.0.1' };

describe('A registry that is loaded by its first call', () => {
  it('is loaded again where that failed, and disposed with what was loaded', async () => {
    let failing = true;
    let disposed = 0;
    const opened = { describe: () => Promise.resolve({} as StoreDescription), dispose: () => disposed++ };
    const load = () =>
      failing ? Promise.reject(new Error('no file')) : Promise.resolve(opened as unknown as Registry);
    const registry = lazyRegistry(connection, load);
    await assert.rejects(registry.describe({}), /no file/);
    failing = false;
    await registry.describe({});
    registry.dispose();
    await new Promise(setImmediate);
    assert.equal(disposed, 1);
    await assert.rejects(registry.runs.get({ runId: 'a' }), { kind: 'cancelled' });
  });
});

describe('A worker that was disposed', () => {
  it('is not started again by a late call', () => {
    const host = new WorkerHost({ kind: 'bodies' }, 'nowhere.js', 'r');
    host.dispose();
    assert.throws(() => host.channel(), { kind: 'cancelled' });
  });
});
