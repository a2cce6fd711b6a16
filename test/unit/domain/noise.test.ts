import assert from 'node:assert/strict';
import { noiseOf, statistics, tQuantile } from '../../../src/domain/noise';

describe('Noise over seeds', () => {
  // From the t table of any statistics book.
  for (const [freedom, t] of [
    [2, 4.303],
    [3, 3.182],
    [10, 2.228],
    [30, 2.042],
    [1000, 1.962],
  ] as const) {
    it(`t at 97.5 % with ${freedom} degrees of freedom is about ${t}`, () => {
      assert.ok(Math.abs(tQuantile(freedom) / t - 1) < 0.01, String(tQuantile(freedom)));
    });
  }

  it('means and spreads leave out what is not finite and keep small spreads of large numbers', () => {
    assert.deepEqual(statistics([1e9 + 1, NaN, 1e9 + 2, Infinity, 1e9 + 3]), { n: 3, mean: 1e9 + 2, sd: 1 });
    assert.deepEqual(statistics([]), { n: 0, mean: 0, sd: 0 });
  });

  it('a difference within the spread of both groups is within noise', () => {
    const noise = noiseOf([0.9, 0.92, 0.91], [0.915, 0.9, 0.93]);
    assert.equal(noise.kind, 'within');
    assert.deepEqual(noise.runs, [3, 3]);
  });

  it('a difference beyond it is not; the interval is Welch’s', () => {
    const noise = noiseOf([1, 2, 3, 4], [11, 12, 13, 14]);
    assert.ok(noise.kind === 'beyond' && noise.method === 'welch');
    // 10 ± 2.4469 · sqrt(2 · 1.6667 / 4)
    assert.deepEqual(
      noise.interval.map((value) => Number(value.toFixed(2))),
      [7.77, 12.23],
    );
  });

  it('one value is held against the spread of the other’s repetitions', () => {
    const noise = noiseOf([1, 2, 3], [20]);
    assert.ok(noise.kind === 'beyond' && noise.method === 'prediction');
    assert.equal(noiseOf([3.1], [1, 2, 3]).kind, 'within');
  });

  it('fewer than three runs on both sides give no verdict', () => {
    assert.deepEqual(noiseOf([1, 2], [5, 6]), { kind: 'unknown', runs: [2, 2] });
    assert.deepEqual(noiseOf([1, 2, 3], [NaN]), { kind: 'unknown', runs: [3, 0] });
  });

  it('repetitions without any spread make every difference one beyond noise, and none within', () => {
    assert.equal(noiseOf([1, 1, 1], [2, 2, 2]).kind, 'beyond');
    assert.equal(noiseOf([1, 1, 1], [1, 1, 1]).kind, 'within');
  });
});
