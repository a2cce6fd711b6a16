import assert from 'node:assert/strict';
import { Logging } from '../../../src/app/logging';
import { UserError } from '../../../src/domain/errors';
import { valueOf } from '../../../src/domain/experiment';
import type { Registry } from '../../../src/domain/ports';
import { SampleStore, useSample } from './sampleStore';

const timestamp = 1_800_000_000_000;

describe('Logging to a run', () => {
  const sample = useSample();
  const logging = (): Logging => new Logging(sample().registries);

  it('adds points, older ones, NaN and infinities too, and params, all read back', async () => {
    const ref = await sample().run();
    const values = [1, NaN, Infinity, -Infinity, -0];
    const metrics = values.map((value, i) => ({ key: 'written', value, step: 10 - i, timestamp }));
    const run = await logging().apply(await logging().preview({ ref, metrics, params: [{ key: 'p', value: 'a=b' }] }));
    assert.equal(valueOf(run.params, 'p'), 'a=b');
    assert.equal(run.metrics.find(({ key }) => key === 'written')?.step, 10);
    const [history] = await sample().other.runs.histories({ runIds: [ref.id], key: 'written' });
    assert.equal(history?.values.length, 5);
    assert.deepEqual(sample().forgotten, [ref]);
  });

  it('takes more than MLflow takes at once', async () => {
    const ref = await sample().run();
    const metrics = Array.from({ length: 2500 }, (_, step) => ({ key: 'long', value: step, step, timestamp }));
    const params = Array.from({ length: 150 }, (_, i) => ({ key: `p${i}`, value: String(i) }));
    const run = await logging().apply(await logging().preview({ ref, metrics, params }));
    assert.equal(run.metrics.find(({ key }) => key === 'long')?.value, 2499);
  });

  it('refuses a param that has another value, before and while one looks, and writes nothing', async () => {
    const ref = await sample().run();
    const request = {
      ref,
      metrics: [{ key: 'written', value: 1, step: 0, timestamp }],
      params: [{ key: 'p', value: '1' }],
    };
    const preview = await logging().preview(request);
    await sample().other.runs.log({ runId: ref.id, metrics: [], params: [{ key: 'p', value: '2' }], tags: [] });
    await assert.rejects(logging().apply(preview), isConflict(/has the param p = '2' already/));
    await assert.rejects(logging().preview(request), isConflict(/has the param p = '2' already/));
    const { metrics } = await sample().other.runs.get({ runId: ref.id });
    assert.ok(metrics.every(({ key }) => key !== 'written'));
  });

  it('refuses a deleted run', async () => {
    const ref = await sample().run();
    await sample().other.runs.delete({ runId: ref.id });
    await assert.rejects(logging().preview({ ref, metrics: [], params: [] }), isConflict(/is deleted/));
  });

  it('never says done for a point that does not read back', async () => {
    const deaf = (registry: Registry): Registry => ({
      ...registry,
      runs: { ...registry.runs, log: () => Promise.resolve() },
    });
    const store = new SampleStore(deaf);
    try {
      const metrics = [{ key: 'lost', value: 1, step: 0, timestamp }];
      const own = new Logging(store.registries);
      const preview = await own.preview({ ref: await store.run(), metrics, params: [] });
      await assert.rejects(own.apply(preview), isConflict(/lost was logged, but does not read back/));
    } finally {
      store.dispose();
    }
  });
});

function isConflict(sentence: RegExp): (error: unknown) => boolean {
  return (error) => error instanceof UserError && error.kind === 'conflict' && sentence.test(error.message);
}
