import assert from 'node:assert/strict';
import { judgedBy, matchesPattern, noContract, primaryOf, ruleOf } from '../../../src/domain/contract';
import { segmentFamilies } from '../../../src/domain/segments';

describe('Segments', () => {
  const keys = ['auc', 'auc.market-SE', 'auc.market-DE', 'recall/malignant', 'recall/benign', 'f1:adults', 'val/loss'];

  it('are guessed where two or more parts share a metric that is known', () => {
    assert.deepEqual(
      segmentFamilies(keys, []).map(({ metric, segments, guessed }) => [
        metric,
        segments.map((s) => s.segment),
        guessed,
      ]),
      [
        ['auc', ['market-SE', 'market-DE'], true],
        ['recall', ['malignant', 'benign'], true],
      ],
    );
  });

  it('are those of the patterns where there are any', () => {
    assert.deepEqual(segmentFamilies(keys, ['f1:*', 'nothing/*', 'no star']), [
      { metric: 'f1', segments: [{ segment: 'adults', key: 'f1:adults' }], guessed: false },
    ]);
    assert.deepEqual(
      segmentFamilies(['a/x/recall', 'a/y/recall'], ['a/*/recall'])[0]?.segments.map(({ segment }) => segment),
      ['x', 'y'],
    );
  });
});

describe('Patterns', () => {
  for (const [pattern, name, fits] of [
    ['recall/*', 'recall/malignant', true],
    ['recall/*', 'recall/', true],
    ['recall', 'recall/x', false],
    ['*', '', true],
    ['a*b*c', 'a-b-b-c', true],
    ['a*a', 'a', false],
    ['*.*', 'no dot', false],
    ['x.y', 'x_y', false],
  ] as const) {
    it(`${pattern} ${fits ? 'fits' : 'does not fit'} '${name}'`, () => {
      assert.equal(matchesPattern(pattern, name), fits);
    });
  }

  it('a pattern of many stars is answered at once', () => {
    assert.equal(matchesPattern('*a'.repeat(2000), 'a'.repeat(1999)), false);
  });
});

describe('What is better', () => {
  const contract = {
    ...noContract,
    metrics: [
      { pattern: '*loss*', direction: 'lower' },
      { pattern: 'gloss', direction: 'higher', primary: true },
      { pattern: 'val/*', direction: 'higher' },
    ],
  } as const;

  it('is what the contract says, by name before the longest pattern, else a guess that is called one', () => {
    assert.deepEqual(judgedBy(contract, 'gloss'), { direction: 'higher', guessed: false });
    assert.equal(ruleOf(contract, 'val/loss')?.pattern, '*loss*');
    assert.deepEqual(judgedBy(contract, 'accuracy'), { direction: 'higher', guessed: true });
    assert.equal(judgedBy(contract, 'epoch'), undefined);
  });

  it('the primary metric is the contract’s, else the first that is known and no segment', () => {
    assert.equal(primaryOf(contract, ['accuracy', 'gloss']), 'gloss');
    assert.equal(primaryOf(noContract, ['epoch', 'recall/malignant', 'auc']), 'auc');
    assert.equal(primaryOf(noContract, ['epoch']), undefined);
  });
});
