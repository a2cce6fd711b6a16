import assert from 'node:assert/strict';
import { RunsTable } from '../../../src/app/runsTable';
import type { Registry } from '../../../src/domain/ports';
import { useSample } from './sampleStore';

describe('The first rows of a table of runs', () => {
  const sample = useSample();
  const query = { view: 'active' } as const;

  async function tableOf(registry: Registry): Promise<RunsTable> {
    const { items } = await registry.experiments.search({ view: 'active', maxResults: 100 });
    const experimentIds = items.map(({ experimentId }) => experimentId);
    return new RunsTable([{ registry: 'r', experimentIds }], () => registry);
  }

  it('are those that the whole table begins with, their columns too', async () => {
    const { other } = sample();
    const [early, late] = [await tableOf(other), await tableOf(other)];
    const first = await early.first(query, undefined, 5);
    const whole = await late.open(query);
    assert.ok(first && whole.attributes.length > 5);
    assert.deepEqual([first.reading, first.lengths, first.attributes.metrics], [true, [5], []]);
    assert.deepEqual(first.attributes.runIds, whole.attributes.runIds.slice(0, 5));
    for (const key of [...first.keys.metrics, 'nobody logged it']) {
      const [some, all] = await Promise.all([early, late].map((table) => table.column({ group: 'metrics', key })));
      assert.ok(some && all && 'values' in some && 'values' in all);
      assert.deepEqual([...some.values], [...all.values.slice(0, 5)], key);
    }
    const texts = await early.column({ group: 'params', key: first.keys.params[0]! });
    assert.ok('codes' in texts && texts.codes.length === 5);
    assert.equal((await early.open(query)).reading, undefined);
    assert.equal(await early.first(query, undefined, 5), undefined);
    late.close();
    early.close();
  });

  it('are nothing of their own where they are all, of a server, and of several sources', async () => {
    const { other } = sample();
    assert.equal(await (await tableOf(other)).first(query, undefined, 10_000), undefined);
    const served = { ...other, connection: { name: 'r', trackingUri: 'http://127.0.0.1:1' } };
    assert.equal(await (await tableOf(served)).first(query, undefined, 5), undefined);
    const sources = ['a', 'b'].map((registry) => ({ registry, experimentIds: ['1'] }));
    assert.equal(await new RunsTable(sources, () => other).first(query, undefined, 5), undefined);
  });
});
