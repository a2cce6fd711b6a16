import assert from 'node:assert/strict';
import { joinSeries, leaveSeries, onlySeries, toggleSeries } from '../../../src/webview/shared/seriesColours';

describe('Series colours', () => {
  it('are given in order of joining and kept while others come and go', () => {
    const three = joinSeries({}, ['b', 'a', 'c']);
    assert.deepEqual(three, { b: 0, a: 1, c: 2 });
    const two = leaveSeries(three, ['a']);
    assert.deepEqual(two, { b: 0, c: 2 });
    assert.deepEqual(joinSeries(two, ['c', 'd', 'e']), { b: 0, c: 2, d: 1, e: 3 });
    assert.deepEqual(toggleSeries(toggleSeries(two, ['b']), ['b']), { b: 0, c: 2 });
  });

  it('of several runs join where one is missing and leave where none is', () => {
    const some = toggleSeries({ a: 0 }, ['a', 'b']);
    assert.deepEqual(some, { a: 0, b: 1 });
    assert.deepEqual(toggleSeries(some, ['a', 'b']), {});
  });

  it('of chosen runs alone are those that they had', () => {
    assert.deepEqual(onlySeries({ a: 0, b: 1, c: 2 }, ['c', 'd']), { c: 2, d: 0 });
  });

  it('take a name that every object has for a run like any other', () => {
    assert.equal(joinSeries({}, ['constructor'])['constructor'], 0);
  });
});
