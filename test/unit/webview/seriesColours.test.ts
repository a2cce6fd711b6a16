import assert from 'node:assert/strict';
import { joinSeries, leaveSeries, toggleSeries } from '../../../src/webview/shared/seriesColours';

describe('Series colours', () => {
  it('are given in order of joining and kept while others come and go', () => {
    const three = joinSeries({}, ['b', 'a', 'c']);
    assert.deepEqual(three, { b: 0, a: 1, c: 2 });
    const two = leaveSeries(three, ['a']);
    assert.deepEqual(two, { b: 0, c: 2 });
    assert.deepEqual(joinSeries(two, ['c', 'd', 'e']), { b: 0, c: 2, d: 1, e: 3 });
    assert.deepEqual(toggleSeries(toggleSeries(two, 'b'), 'b'), { b: 0, c: 2 });
  });

  it('take a name that every object has for a run like any other', () => {
    assert.equal(joinSeries({}, ['constructor'])['constructor'], 0);
  });
});
