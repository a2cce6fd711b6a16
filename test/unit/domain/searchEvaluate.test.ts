import assert from 'node:assert/strict';
import type { Comparison } from '../../../src/domain/searchAst';
import { compareText, type FieldValue, likePattern, matches, sortBy } from '../../../src/domain/searchEvaluate';

const metric = { kind: 'metric', key: 'acc' } as const;
const tag = { kind: 'tag', key: 'team' } as const;

function holds(comparison: Comparison, ...values: FieldValue[]): boolean {
  return matches([comparison], () => values);
}

describe('searchEvaluate', () => {
  it('never matches a missing key, not even with !=', () => {
    for (const comparator of ['=', '!=', 'LIKE', 'ILIKE'] as const)
      assert.equal(holds({ field: tag, comparator, value: 'x' }), false, comparator);
    assert.equal(holds({ field: metric, comparator: '!=', value: 1 }), false);
    assert.equal(holds({ field: tag, comparator: 'NOT IN', value: ['x'] }), false);
  });

  it('finds missing keys with IS NULL only', () => {
    assert.equal(holds({ field: tag, comparator: 'IS NULL' }), true);
    assert.equal(holds({ field: tag, comparator: 'IS NULL' }, ''), false);
    assert.equal(holds({ field: tag, comparator: 'IS NOT NULL' }, ''), true);
  });

  it('asks for all comparisons', () => {
    const filter = [
      { field: metric, comparator: '>', value: 1 },
      { field: metric, comparator: '<=', value: 2 },
    ] as const;
    assert.deepEqual(
      [1, 1.5, 2, 3].filter((value) => matches(filter, () => [value])),
      [1.5, 2],
    );
  });

  it('compares NaN as Python does: unequal to everything and never beyond', () => {
    const truths = (['=', '!=', '>', '>=', '<', '<='] as const).map((comparator) =>
      holds({ field: metric, comparator, value: 1 }, NaN),
    );
    assert.deepEqual(truths, [false, true, false, false, false, false]);
  });

  it('matches a LIKE pattern from the start, case by case, without crossing line feeds (§1.15)', () => {
    const like = (value: string, text: string): boolean => likePattern(value, false).test(text);
    assert.equal(like('ab%', 'abc'), true);
    assert.equal(like('b%', 'abc'), false);
    assert.equal(like('%b%', 'abc'), true);
    assert.equal(like('a_c', 'a🎯c'), true);
    assert.equal(like('A%', 'abc'), false);
    assert.equal(likePattern('A%', true).test('abc'), true);
    assert.equal(like('%word', 'first\nword'), false);
    assert.equal(like('first%', 'first\nword'), true);
    assert.equal(like('first', 'first\n'), true);
    assert.equal(like('first', 'first\nword'), false);
  });

  it('takes every other character of a LIKE pattern literally', () => {
    const text = '.*+?^$()[]{}|/-\\ #&';
    assert.equal(likePattern(text, false).test(text), true);
    assert.equal(likePattern('a.c', false).test('abc'), false);
  });

  it('matches where any of several datasets does', () => {
    const field = { kind: 'dataset', key: 'name' } as const;
    assert.equal(holds({ field, comparator: '!=', value: 'bees' }, 'bees', 'birds'), true);
    assert.equal(holds({ field, comparator: '!=', value: 'bees' }, 'bees'), false);
    assert.equal(holds({ field, comparator: 'IN', value: ['birds', 'x'] }, 'bees', 'birds'), true);
  });

  it('puts NaN and then missing values last in either direction, and keeps ties in place', () => {
    const items = [
      { id: 'missing', value: undefined },
      { id: 'nan', value: NaN },
      { id: 'one', value: 1 },
      { id: 'inf', value: Infinity },
      { id: 'uno', value: 1 },
    ];
    const ids = (ascending: boolean): string[] =>
      sortBy(items, [{ field: metric, ascending }], (item) => item.value).map(({ id }) => id);
    assert.deepEqual(ids(true), ['one', 'uno', 'inf', 'nan', 'missing']);
    assert.deepEqual(ids(false), ['inf', 'one', 'uno', 'nan', 'missing']);
  });

  it('orders text by code points, as Python does', () => {
    const sorted = ['🎯', '\uffee', 'b', 'a', 'ab', 'B'].sort(compareText);
    assert.deepEqual(sorted, ['B', 'a', 'ab', 'b', '\uffee', '🎯']);
  });
});
