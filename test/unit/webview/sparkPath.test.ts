import assert from 'node:assert/strict';
import { sparkPath } from '../../../src/webview/details/sparkPath';

describe('A sparkline', () => {
  const path = (...values: number[]) =>
    sparkPath(
      Float64Array.from(values, (_, i) => i),
      Float64Array.from(values),
      10,
      10,
    );

  it('runs from the first to the last point, the greatest on top', () => {
    assert.equal(path(0, 2, 1), 'M0 10h0L5 0L10 5');
  });

  it('breaks where a value is no finite number, and leaves a dot between two breaks', () => {
    assert.equal(path(0, NaN, 1, Infinity, 1), 'M0 10h0M5 0h0M10 0h0');
  });

  it('stays in its box with the greatest numbers, with one value and with none', () => {
    assert.equal(path(-1e308, 1e308), 'M0 10h0L10 0');
    assert.equal(path(7), 'M5 5h0');
    assert.equal(path(NaN, NaN), '');
  });
});
