import assert from 'node:assert/strict';
import { datasetsText } from '../../../src/domain/dataset';
import { historyValue } from '../../../src/domain/historyValue';

function historyOf(points: readonly (readonly [step: number, timestamp: number, value: number])[]) {
  const column = (i: 0 | 1 | 2): Float64Array => Float64Array.from(points, (point) => point[i]);
  return { runId: 'r', key: 'loss', steps: column(0), timestamps: column(1), values: column(2) };
}

describe('historyValue', () => {
  const history = historyOf([
    [3, 10, 0.5],
    [-5, 30, NaN],
    [-5, 20, 0.7],
    [9, 5, -Infinity],
    [9, 6, 0.9],
  ]);

  it('takes the least and the greatest of what is no NaN, infinities too', () => {
    assert.equal(historyValue(history, 'min'), -Infinity);
    assert.equal(historyValue(history, 'max'), 0.9);
  });

  it('the first is the least by step, then time, whatever the order of the points', () => {
    assert.equal(historyValue(history, 'first'), 0.7);
    assert.equal(
      historyValue(
        historyOf([
          [2, 2, 7],
          [1, 9, NaN],
        ]),
        'first',
      ),
      NaN,
    );
    assert.equal(
      historyValue(
        historyOf([
          [1, 1, NaN],
          [1, 1, 4],
          [1, 1, 3],
        ]),
        'first',
      ),
      3,
    );
  });

  it('is NaN where nothing else was logged, and nothing where nothing was', () => {
    assert.deepEqual(
      (['min', 'max', 'first'] as const).map((of) => historyValue(historyOf([[1, 1, NaN]]), of)),
      [NaN, NaN, NaN],
    );
    assert.equal(historyValue(historyOf([]), 'min'), undefined);
  });
});

describe('datasetsText', () => {
  it('is equal for runs that used the same, in any order, for one purpose or two', () => {
    const [bees, wasps] = [
      { name: 'bees', digest: 'a1b2c3d4e5f6' },
      { name: 'wasps', digest: '' },
    ];
    assert.equal(datasetsText([wasps, bees, bees]), 'bees (a1b2c3d4), wasps');
    assert.equal(datasetsText([bees, wasps]), datasetsText([wasps, bees]));
    assert.equal(datasetsText([]), undefined);
  });
});
