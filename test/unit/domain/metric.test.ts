import assert from 'node:assert/strict';
import { parseMetricValue } from '../../../src/domain/metric';

describe('A metric value that is typed', () => {
  it('is a number as scripts write it', () => {
    const typed = ['0.5', ' -1e-3 ', 'nan', 'NaN', 'inf', '+inf', '-Infinity', '-0'];
    assert.deepEqual(typed.map(parseMetricValue), [0.5, -0.001, NaN, NaN, Infinity, Infinity, -Infinity, -0]);
  });

  it('is nothing else', () => {
    for (const typed of ['', ' ', 'x', '1,5', '1e999', '0.5 s'])
      assert.equal(parseMetricValue(typed), undefined, typed);
  });
});
