import assert from 'node:assert/strict';
import type { ReducedPoints } from '../../../src/domain/reduce';
import { LineCache } from '../../../src/webview/runs/lineCache';

const points = (value: number, length = 1): ReducedPoints => {
  const values = new Float64Array(length).fill(value);
  return { steps: values, timestamps: values, values, total: length };
};

describe('Lines of a live chart', () => {
  it('are asked for again of runs that still log alone, each at its place', async () => {
    const cache = new LineCache();
    const asked: (readonly number[])[] = [];
    const read = (value: number) => (places: readonly number[]) => {
      asked.push(places);
      return Promise.resolve(places.map((place) => points(value + place)));
    };
    const runs = [
      { id: 'a', ended: true },
      { id: 'b', ended: false },
      { id: 'c', ended: true },
    ];
    const first = await cache.lines('auc', runs, read(0));
    const second = await cache.lines('auc', runs, read(10));
    assert.deepEqual(asked, [[0, 1, 2], [1]]);
    assert.deepEqual(
      [first, second].map((lines) => lines.map(({ values }) => values[0])),
      [
        [0, 1, 2],
        [0, 11, 2],
      ],
    );
    await cache.lines('loss', runs, read(0));
    assert.deepEqual(asked.at(-1), [0, 1, 2]);
  });

  it('are not kept where they could not be read, nor beyond a number of points', async () => {
    const cache = new LineCache(5);
    const runs = [{ id: 'a', ended: true }];
    await assert.rejects(cache.lines('auc', runs, () => Promise.reject(new Error('no'))));
    let asked = 0;
    const read = (): Promise<ReducedPoints[]> => Promise.resolve([points(++asked, 3)]);
    for (const request of ['auc', 'auc', 'loss', 'auc']) await cache.lines(request, runs, read);
    assert.equal(asked, 3);
  });
});
