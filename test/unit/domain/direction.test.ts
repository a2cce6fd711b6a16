import assert from 'node:assert/strict';
import { bestIndex, directionOf, isBetter } from '../../../src/domain/direction';

describe('Which way is better', () => {
  const cases: readonly (readonly [string, 'higher' | 'lower' | undefined])[] = [
    ['val_loss', 'lower'],
    ['valLoss', 'lower'],
    ['val/log_loss', 'lower'],
    ['cross_entropy', 'lower'],
    ['mean_squared_error', 'lower'],
    ['RMSE', 'lower'],
    ['accuracy', 'higher'],
    ['recall/malignant', 'higher'],
    ['roc_auc_score', 'higher'],
    ['f1:adults', 'higher'],
    ['epoch', undefined],
    ['learning_rate', undefined],
    ['glossary', undefined],
    ['accuracy_loss', undefined],
    ['system/gpu_error', undefined],
  ];
  for (const [key, direction] of cases) {
    it(`of ${key} is ${direction ?? 'not guessed'}`, () => {
      assert.equal(directionOf(key), direction);
    });
  }

  it('finds the best value past NaN and missing ones', () => {
    assert.equal(bestIndex([NaN, 0.2, undefined, 0.9], 'higher'), 3);
    assert.equal(bestIndex([0.3, 0.2, NaN], 'lower'), 1);
  });

  it('marks nothing where nothing is known or all are equal', () => {
    assert.equal(bestIndex([1, 2], undefined), undefined);
    assert.equal(bestIndex([1, 1], 'higher'), undefined);
    assert.equal(bestIndex([1, NaN], 'higher'), undefined);
  });

  it('never calls NaN better', () => {
    assert.equal(isBetter(NaN, 1, 'higher'), false);
    assert.equal(isBetter(NaN, 1, 'lower'), false);
  });
});
