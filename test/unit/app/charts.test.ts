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
});
