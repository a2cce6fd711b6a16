import assert from 'node:assert/strict';
import { Deployments } from '../../../src/app/deploy';
import { Downloads } from '../../../src/app/downloads';
import { RegistrySet } from '../../../src/app/registrySet';
import type { Registry } from '../../../src/domain/ports';
import type { Endpoint, Target } from '../../../src/domain/target';

describe('Trying an endpoint', () => {
  it('that a window before has started looks for the registry of its version first', async () => {
    const bytes = new TextEncoder().encode('{"inputs": [[1]]}');
    const artifacts = { read: () => Promise.resolve({ bytes, truncated: false }) };
    const registries: RegistrySet = new RegistrySet(
      () => ({ artifacts, dispose: () => undefined }) as unknown as Registry,
      Date.now,
      () => {
        registries.setConnections([{ name: 'r', trackingUri: '/store' }]);
        return Promise.resolve();
      },
    );
    const target: Pick<Target, 'list' | 'invoke'> = {
      list: () => Promise.resolve([{ id: 'e', registry: 'r', modelName: 'm', version: '1' } as Endpoint]),
      invoke: (_id, body) => Promise.resolve({ status: 200, body, latencyMs: 1 }),
    };
    const downloads = new Downloads(registries, () => assert.fail('downloaded'), Date.now);
    const deployments = new Deployments(registries, target as Target, downloads);
    assert.equal((await deployments.tryIt('e')).payload, '{"inputs": [[1]]}');
  });
});
