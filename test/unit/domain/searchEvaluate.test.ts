import assert from 'node:assert/strict';
import type { Comparison } from '../../../src/domain/searchAst';
import { parseFilter } from '../../../src/domain/search';
import { compareText, type FieldValue, matches, sortBy } from '../../../src/domain/searchEvaluate';
import { likeTest } from '../../../src/domain/searchLike';

const metric = { kind: 'metric', key: 'acc' } as const;
const tag = { kind: 'tag', key: 'team' } as const;

type Unplaced = Omit<Comparison, 'span'>;

const placed = (comparison: Unplaced): Comparison => ({ ...comparison, span: { start: 0, end: 0 } });

function holds(comparison: Unplaced, ...values: FieldValue[]): boolean {
  return matches([placed(comparison)], () => values);
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
      [1, 1.5, 2, 3].filter((value) => matches(filter.map(placed), () => [value])),
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
    const like = (value: string, text: string): boolean => likeTest(value, { ignoreCase: false, rules: 'files' })(text);
    assert.equal(like('ab%', 'abc'), true);
    assert.equal(like('b%', 'abc'), false);
    assert.equal(like('%b%', 'abc'), true);
    assert.equal(like('a_c', 'a🎯c'), true);
    assert.equal(like('A%', 'abc'), false);
    assert.equal(likeTest('A%', { ignoreCase: true, rules: 'files' })('abc'), true);
    assert.equal(like('%word', 'first\nword'), false);
    assert.equal(like('first%', 'first\nword'), true);
    assert.equal(like('first', 'first\n'), true);
    assert.equal(like('first', 'first\nword'), false);
    assert.equal(like('%', ''), true);
    assert.equal(like('', ''), true);
    assert.equal(like('', 'a'), false);
    assert.equal(like('a%a', 'a'), false);
    assert.equal(like('a%b%c', 'abxbxc'), true);
    assert.equal(like('%ab', 'abxab'), true);
  });

  it('matches a LIKE pattern over line feeds where a database decides', () => {
    const like = (value: string, text: string): boolean => likeTest(value, { ignoreCase: false, rules: 'sql' })(text);
    assert.equal(like('%word', 'first\nword'), true);
    assert.equal(like('first_word', 'first\nword'), true);
    assert.equal(like('first', 'first\n'), false);
  });

  it('takes every other character of a LIKE pattern literally', () => {
    const text = '.*+?^$()[]{}|/-\\ #&';
    const test = (pattern: string) => likeTest(pattern, { ignoreCase: true, rules: 'files' });
    assert.equal(test(text)(text), true);
    assert.equal(test('a.c')('abc'), false);
  });

  it('no LIKE pattern takes long', () => {
    const test = likeTest(`${'%a'.repeat(2_000)}%b`, { ignoreCase: true, rules: 'files' });
    assert.equal(test('a'.repeat(8_000)), false);
  });

  it('OR, NOT and parentheses are evaluated as they read', () => {
    const values: Readonly<Record<string, FieldValue>> = { a: 'x', n: '0.10', acc: 0.5 };
    const found = (filter: string) =>
      matches(parseFilter(filter, 'runs'), ({ key }) => (key in values ? [values[key]!] : []));
    assert.equal(found("params.a = 'y' OR metrics.acc > 0.4"), true);
    assert.equal(found("params.a = 'y' OR params.b = 'x'"), false);
    assert.equal(found("NOT params.b = 'x'"), true);
    assert.equal(found("NOT (params.a = 'x' AND metrics.acc > 1)"), true);
    assert.equal(found("(params.a = 'y' OR params.a = 'x') AND NOT metrics.acc > 0.4"), false);
    assert.equal(found('params.n = 0.1 AND params.n < 1'), true);
    assert.equal(found('params.a != 0.1 OR params.a > 0'), false);
    assert.equal(found("params.a IN ('z', 'x') AND metrics.gone IS NULL"), true);
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
