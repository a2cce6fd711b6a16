import assert from 'node:assert/strict';
import { Deployments } from '../../../src/app/deploy';
import { Downloads } from '../../../src/app/downloads';
import { RegistrySet } from '../../../src/app/registrySet';
import { UserError } from '../../../src/domain/errors';
import type { Registry } from '../../../src/domain/ports';
import type { Endpoint, Target } from '../../../src/domain/target';

/** Endpoint `e` of a version with these artifacts. */
function deploymentsOf(files: Readonly<Record<string, string>>): Deployments {
  const artifacts = {
    read: ({ path }: { path: string }) => {
      const text = files[path];
      if (text === undefined) return Promise.reject(new UserError('notFound', 'There is none.'));
      return Promise.resolve({ bytes: new TextEncoder().encode(text), truncated: false });
    },
  };
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
  return new Deployments(registries, target as Target, downloads);
}

describe('Trying an endpoint', () => {
  it('that a window before has started looks for the registry of its version first', async () => {
    const deployments = deploymentsOf({ 'serving_input_example.json': '{"inputs": [[1]]}' });
    assert.equal((await deployments.tryIt('e')).payload, '{"inputs": [[1]]}');
  });

  it('sends the example of a model that MLflow logged before it kept one for servers', async () => {
    const deployments = deploymentsOf({ 'input_example.json': '{"columns": ["a"], "data": [[1]]}' });
    assert.equal((await deployments.tryIt('e')).payload, '{"dataframe_split":{"columns":["a"],"data":[[1]]}}');
  });

  it('says that a version has no example, or one that no server takes', async () => {
    await assert.rejects(deploymentsOf({}).tryIt('e'), /m v1 was logged without an input example/);
    const sparse = '{"data": [1], "indices": [0], "indptr": [0, 1], "shape": [1, 1]}';
    await assert.rejects(deploymentsOf({ 'input_example.json': sparse }).tryIt('e'), /of a kind that no server takes/);
  });
});
