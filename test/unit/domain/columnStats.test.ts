import assert from 'node:assert/strict';
import { bestOf, finiteRange, shareOf, statsOf } from '../../../src/domain/columnStats';

const all = (values: readonly number[]): [Float64Array, Uint32Array] => [
  Float64Array.from(values),
  Uint32Array.from(values, (_, row) => row),
];

describe('What the numbers of a column come to', () => {
  it('counts mean, deviation and extremes over rows that have a number', () => {
    const stats = statsOf(...all([2, NaN, 4, 4, 4, 5, 5, 7, 9]));
    assert.deepEqual({ ...stats, sd: stats?.sd.toFixed(4) }, { count: 8, mean: 5, sd: '2.1381', min: 2, max: 9 });
    assert.equal(statsOf(...all([NaN, NaN])), undefined);
    assert.deepEqual(statsOf(...all([3])), { count: 1, mean: 3, sd: NaN, min: 3, max: 3 });
    assert.equal(statsOf(...all([0.1, 0.1, 0.1]))?.sd, 0);
  });

  it('does not overflow where no number does', () => {
    assert.equal(statsOf(...all([1e308, 1.5e308]))?.mean, 1.25e308);
    assert.equal(shareOf(0, { min: -1e308, max: 1e308 }), 0.5);
  });

  it('knows the best only by a direction and where values differ', () => {
    const stats = statsOf(...all([1, 2, 3]));
    assert.equal(bestOf(stats, 'lower'), 1);
    assert.equal(bestOf(stats, 'higher'), 3);
    assert.equal(bestOf(stats, undefined), undefined);
    assert.equal(bestOf(statsOf(...all([1, 1])), 'higher'), undefined);
  });

  it('draws shares between finite ends, one run that diverged or not', () => {
    assert.deepEqual(finiteRange(...all([1, Infinity, 3, NaN])), { min: 1, max: 3 });
    assert.equal(finiteRange(...all([NaN, Infinity])), undefined);
    const many = Array.from({ length: 1201 }, (_, row) => (row === 1200 ? 7 : row === 500 ? -7 : 0));
    assert.deepEqual(finiteRange(...all(many)), { min: -7, max: 7 });
    assert.equal(shareOf(Infinity, { min: 1, max: 3 }), 1);
    assert.equal(shareOf(2, { min: 1, max: 3 }), 0.5);
    assert.equal(shareOf(undefined, { min: 1, max: 3 }), undefined);
    assert.equal(shareOf(1, { min: 1, max: 1 }), undefined);
  });
});
