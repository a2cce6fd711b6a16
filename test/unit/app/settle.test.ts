import assert from 'node:assert/strict';
import { settleAll } from '../../../src/app/settle';

describe('Many items that each succeed or fail', () => {
  it('are a few at a time, and a failure stops no other', async () => {
    let [running, most] = [0, 0];
    const settled = await settleAll([1, 2, 3, 4, 5, 6, 7, 8, 9], async (item) => {
      most = Math.max(most, ++running);
      await Promise.resolve();
      running--;
      if (item === 2) throw new Error('two');
      return item;
    });
    assert.equal(most, 4);
    assert.deepEqual(settled.failed, [{ item: 2, error: new Error('two') }]);
    assert.deepEqual([settled.done.length, settled.left], [8, 0]);
  });

  it('are not begun after an abort', async () => {
    const stop = new AbortController();
    const begun: number[] = [];
    const work = (item: number): Promise<number> => {
      begun.push(item);
      stop.abort();
      return Promise.resolve(item);
    };
    const settled = await settleAll([1, 2, 3, 4, 5, 6], work, stop.signal);
    assert.deepEqual([begun, settled.done, settled.left], [[1], [1], 5]);
  });
});
