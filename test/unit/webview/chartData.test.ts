import assert from 'node:assert/strict';
import { alignPoints, type ReducedPoints } from '../../../src/domain/reduce';
import { drawnValue, nearestPoints, sampledWords, summaryOf } from '../../../src/webview/shared/chartData';

function line(steps: number[], values: number[], total = steps.length): ReducedPoints {
  return {
    steps: Float64Array.from(steps),
    timestamps: Float64Array.from(steps),
    values: Float64Array.from(values),
    total,
  };
}

describe('chart data', () => {
  it('breaks the line where a value cannot be drawn, and not where another line has the point', () => {
    assert.deepEqual(
      [1, NaN, Infinity, undefined, -2].map((value) => drawnValue(value, false)),
      [1, null, null, undefined, -2],
    );
    assert.deepEqual(
      [1, 0, -2].map((value) => drawnValue(value, true)),
      [1, null, null],
    );
  });

  it('finds the nearest real point of each line, NaN too, and none beyond its ends', () => {
    const aligned = alignPoints([line([0, 10, 20], [1, NaN, 3]), line([9, 11], [5, 6])], 'step');
    assert.deepEqual(aligned.x, [0, 9, 10, 11, 20]);
    assert.deepEqual(nearestPoints(aligned, 1), [1, 0]);
    assert.deepEqual(nearestPoints(aligned, 2), [1, 0]);
    assert.deepEqual(nearestPoints(aligned, 0), [0, -1]);
    assert.deepEqual(nearestPoints(aligned, 4), [2, -1]);
  });

  it('says "n of m points" only where points were left out', () => {
    const named = (points: ReducedPoints) => ({ label: 'run', series: 0, points });
    assert.equal(sampledWords([named(line([1, 2], [1, 2]))]), '');
    assert.equal(sampledWords([named(line([1, 2], [1, 2], 900)), named(line([1], [1]))]), '3 of 901 points');
  });

  it('summarises finite values and says where there are none', () => {
    const summary = (points: ReducedPoints): string => summaryOf('auc', [{ label: 'fox', series: 0, points }], 'step');
    assert.equal(
      summary(line([0, 5], [0.5, 0.75])),
      'auc. fox: 2 points from 0 to 5, least 0.5000, greatest 0.7500, last 0.7500',
    );
    assert.equal(summary(line([0], [NaN])), 'auc. fox: 1 points from 0 to 0, none of them a finite number');
    assert.equal(summary(line([], [])), 'auc');
  });
});
