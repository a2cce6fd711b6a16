import assert from 'node:assert/strict';
import { ChartLines } from '../../../src/app/charts';
import type { Metric } from '../../../src/domain/metric';
import type { Registry } from '../../../src/domain/ports';

describe('The lines of charts', () => {
  it('are read again only for metrics whose latest point moved', async () => {
    const asked: string[] = [];
    const registry = {
      runs: {
        histories: ({ runIds, key }: { runIds: string[]; key: string }) => {
          asked.push(key);
          const points = { steps: Float64Array.of(0), timestamps: Float64Array.of(0), values: Float64Array.of(1) };
          return Promise.resolve(runIds.map((runId) => ({ runId, key, ...points })));
        },
      },
    } as unknown as Registry;
    const charts = new ChartLines(() => registry);
    const draw = async () => {
      for (const key of ['auc', 'loss']) {
        await charts.read([{ registry: 'r', runId: 'a' }], key, { axis: 'step', buckets: 10 });
      }
    };
    const latest = (loss: number) => {
      const metrics: Metric[] = [
        { key: 'auc', value: NaN, timestamp: 0, step: 0 },
        { key: 'loss', value: loss, timestamp: 0, step: 0 },
      ];
      return [{ registry: 'r', runId: 'a', metrics }];
    };
    await draw();
    charts.forgetMoved(latest(1), latest(1));
    await draw();
    assert.deepEqual(asked, ['auc', 'loss']);
    charts.forgetMoved(latest(1), latest(0.5));
    await draw();
    assert.deepEqual(asked, ['auc', 'loss', 'loss']);
  });

  describe('that several charts wait for', () => {
    const line = [{ registry: 'r', runId: 'a' }];
    const drawn = { axis: 'step', buckets: 10 } as const;
    /** A store that answers when the test says so, or is cancelled. */
    const scene = () => {
      const asked: { readonly signal: AbortSignal | undefined; answer(): void }[] = [];
      const histories = (_query: unknown, signal?: AbortSignal) =>
        new Promise((resolve, reject) => {
          const points = { steps: Float64Array.of(0), timestamps: Float64Array.of(0), values: Float64Array.of(1) };
          asked.push({ signal, answer: () => resolve([{ runId: 'a', key: 'auc', ...points }]) });
          signal?.addEventListener('abort', () => reject(signal.reason as Error));
        });
      return { asked, charts: new ChartLines(() => ({ runs: { histories } }) as unknown as Registry) };
    };

    it('are drawn in the others when one of them goes', async () => {
      const { asked, charts } = scene();
      const leaving = new AbortController();
      const first = charts.read(line, 'auc', drawn, leaving.signal);
      const second = charts.read(line, 'auc', drawn, new AbortController().signal);
      leaving.abort();
      await assert.rejects(first, { name: 'AbortError' });
      asked[0]!.answer();
      assert.equal((await second)[0]?.total, 1);
      assert.equal(asked.length, 1);
    });

    it('are no longer read when all of them are gone, and asked for again by the next', async () => {
      const { asked, charts } = scene();
      const leaving = new AbortController();
      const both = [1, 2].map(() => charts.read(line, 'auc', drawn, leaving.signal));
      leaving.abort();
      const results = await Promise.allSettled(both);
      assert.ok(results.every(({ status }) => status === 'rejected'));
      assert.ok(asked[0]!.signal?.aborted);
      const next = charts.read(line, 'auc', drawn);
      asked[1]!.answer();
      assert.equal((await next)[0]?.total, 1);
    });
  });
});
