import assert from 'node:assert/strict';
import type { CompareRow } from '../../../src/domain/compare';
import { judgedBy, matchesPattern, noContract, primaryFirst, primaryOf, ruleOf } from '../../../src/domain/contract';
import {
  allFamilies,
  heatMapOf,
  nestedFamilies,
  segmentFamilies,
  type SegmentFamily,
} from '../../../src/domain/segments';

function row(key: string, ...values: (number | null)[]): CompareRow {
  return { group: 'metrics', key, values, differs: true };
}

describe('Segments', () => {
  const keys = ['auc', 'auc.market-SE', 'auc.market-DE', 'recall/malignant', 'recall/benign', 'f1:adults', 'val/loss'];
  const rows = keys.map((key) => row(key, 1, 2));
  const familiesOf = (patterns: readonly string[] | undefined, names = keys): [string, string[]][] =>
    segmentFamilies(
      names.map((key) => row(key, 1, 2)),
      { ...noContract, ...(patterns && { segments: patterns }) },
    ).map(({ metric, segments }) => [metric, segments.map(({ segment }) => segment)]);

  it('are guessed where two or more parts share a metric that is known', () => {
    assert.deepEqual(familiesOf(undefined), [
      ['auc', ['market-SE', 'market-DE']],
      ['recall', ['malignant', 'benign']],
    ]);
    assert.deepEqual(new Set(segmentFamilies(rows, noContract).map(({ from }) => from)), new Set(['names']));
  });

  for (const [pattern, names, family] of [
    ['f1:*', keys, ['f1', ['adults']]],
    ['a/*/recall', ['a/x/recall', 'a/y/recall'], ['a/recall', ['x', 'y']]],
    ['recall/o*', ['recall/old', 'recall/other', 'recall/young'], ['recall', ['old', 'other']]],
    ['auc_*', ['auc_young', 'auc'], ['auc', ['young']]],
    ['*_recall', ['young_recall'], ['recall', ['young']]],
    ['auc.market-S*', keys, ['auc', ['market-SE']]],
    ['*', ['auc'], ['*', ['auc']]],
    ['recall/*', ['recall/'], ['recall', ['recall/']]],
  ] as const) {
    it(`of '${pattern}' are whole words of the name`, () =>
      assert.deepEqual(familiesOf([pattern], [...names]), [family]));
  }

  it('would be written as one pattern for each separator', () => {
    const mixed = ['recall/a', 'recall/b', 'recall.c'].map((key) => row(key, 1, 2));
    assert.deepEqual(segmentFamilies(mixed, noContract)[0]?.patterns, ['recall/*', 'recall.*']);
  });

  it('are none where the team said so, those of nested runs neither', () => {
    const nested = nestedFamilies(
      [0, 1].map(() => ['a', 'b'].map((segment) => ({ segment, metrics: [{ key: 'f1', value: 1 }] }))),
    );
    assert.deepEqual(
      allFamilies(rows, nested, noContract).map(({ from }) => from),
      ['names', 'names', 'nested'],
    );
    assert.deepEqual(allFamilies(rows, nested, { ...noContract, segments: [] }), []);
  });

  it('are only those of the patterns where there are any', () => {
    assert.deepEqual(familiesOf(['nothing/*', 'no star', '']), []);
  });

  it('of nested runs are those that two items have; of two runs of one name the newest counts', () => {
    const run = (segment: string, auc: number) => ({ segment, metrics: [{ key: 'auc', value: auc }] });
    const [family, ...others] = nestedFamilies([
      [run('SE', 0.9), run('SE', 0.1), run('DE', 0.8), run('alone', 0.5)],
      [run('DE', 0.7), run('SE', 0.95)],
    ]);
    assert.deepEqual(
      family?.segments.map(({ segment, row: { key, values } }) => [segment, key, values]),
      [
        ['SE', 'auc/SE', [0.9, 0.95]],
        ['DE', 'auc/DE', [0.8, 0.7]],
      ],
    );
    assert.deepEqual(others, []);
    assert.deepEqual(nestedFamilies([[run('SE', 1)], []]), []);
  });
});

describe('The heat map of a family', () => {
  const family = (metric: string, ...rows: CompareRow[]): SegmentFamily => ({
    metric,
    from: 'names',
    patterns: [],
    segments: rows.map((of) => ({ segment: of.key, row: of })),
  });
  const order = (of: SegmentFamily): string[] => heatMapOf(of, noContract).rows.map(({ segment }) => segment);

  it('puts the segment first that lost most against the baseline, by the metric’s direction', () => {
    assert.deepEqual(order(family('recall', row('a', 0.5, 0.6), row('b', 0.9, 0.8), row('c', 0.9, 0.7))), [
      'c',
      'b',
      'a',
    ]);
    assert.deepEqual(order(family('loss', row('a', 0.5, 0.6), row('b', 0.9, 0.8))), ['a', 'b']);
  });

  it('of one item puts the worst first, and leaves the order where nobody knows what is better', () => {
    assert.deepEqual(order(family('recall', row('a', 0.9), row('b', 0.5))), ['b', 'a']);
    assert.deepEqual(order(family('mystery', row('z', 0.9, 1), row('a', 0.5, 0.1))), ['z', 'a']);
  });

  it('is hottest at the worst value, cold at the best, and has no heat where all are equal', () => {
    const heat = (of: SegmentFamily) =>
      heatMapOf(of, noContract).rows.map(({ cells }) => cells.map((cell) => cell.heat));
    assert.deepEqual(heat(family('recall', row('a', 0, 0.5), row('b', 0.5, 1))), [
      [4, 2],
      [2, 0],
    ]);
    assert.deepEqual(heat(family('recall', row('a', 1, 1))), [[undefined, undefined]]);
    assert.deepEqual(heat(family('recall', row('a', -1e308, 1e308))), [[4, 0]]);
  });

  it('shows NaN, infinity and what is absent without heat or change', () => {
    const [first] = heatMapOf(family('recall', row('a', NaN, Infinity, null, 1)), noContract).rows;
    assert.deepEqual(first?.cells, [{ value: NaN }, { value: Infinity }, { value: undefined }, { value: 1 }]);
  });

  it('has room for 100,000 segments', () => {
    const rows = Array.from({ length: 100_000 }, (_, i) => row(String(i), i, i + 1));
    assert.equal(heatMapOf(family('recall', ...rows), noContract).rows.length, 100_000);
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
    assert.equal(primaryOf(noContract, ['acc.market-SE', 'epoch', 'val/acc']), 'val/acc');
    assert.equal(primaryOf(noContract, ['epoch', 'recall/malignant']), undefined);
    assert.equal(primaryOf(noContract, ['train_loss', 'trainAuc', 'val/auc', 'strain_error']), 'strain_error');
    assert.equal(primaryOf(noContract, ['train-logloss', 'validation-auc']), 'validation-auc');
    assert.equal(primaryOf(noContract, ['epoch', 'training_loss']), 'training_loss');
    assert.deepEqual(primaryFirst(noContract, ['epoch', 'train_auc', 'val/auc']), ['val/auc', 'epoch', 'train_auc']);
    assert.deepEqual(primaryFirst(contract, ['accuracy', 'gloss']), ['gloss', 'accuracy']);
    assert.deepEqual(primaryFirst(noContract, ['b', 'a']), ['b', 'a']);
  });
});
