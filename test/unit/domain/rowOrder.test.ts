import assert from 'node:assert/strict';
import { allRows, orderRows, searchRows, type SortValues } from '../../../src/domain/rowOrder';

const numbers = (...values: number[]): SortValues => ({ kind: 'number', values: Float64Array.from(values) });

describe('Rows of a table', () => {
  it('go by a number with NaN last in either direction, ties as they were', () => {
    const by = numbers(2, NaN, -Infinity, 2, Infinity, NaN);
    assert.deepEqual([...orderRows(allRows(6), [{ by, ascending: true }])], [2, 0, 3, 4, 1, 5]);
    assert.deepEqual([...orderRows(allRows(6), [{ by, ascending: false }])], [4, 0, 3, 2, 1, 5]);
  });

  it('go by a text as people count, absent ones last', () => {
    const by: SortValues = { kind: 'text', codes: Int32Array.of(0, 1, -1, 2, 0), dictionary: ['v10', 'v2', 'V1'] };
    assert.deepEqual([...orderRows(allRows(5), [{ by, ascending: true }])], [3, 1, 0, 4, 2]);
    assert.deepEqual([...orderRows(allRows(5), [{ by, ascending: false }])], [0, 4, 1, 3, 2]);
  });

  it('go by texts that are not coded just so', () => {
    const by: SortValues = { kind: 'texts', texts: ['v10', 'v2', 'v1', 'v2'] };
    assert.deepEqual([...orderRows(allRows(4), [{ by, ascending: true }])], [2, 1, 3, 0]);
  });

  it('go by the second key where the first is equal', () => {
    const keys = [
      { by: numbers(1, 1, 0, 0), ascending: true },
      { by: numbers(1, 2, 3, 4), ascending: false },
    ];
    assert.deepEqual([...orderRows(allRows(4), keys)], [3, 2, 1, 0]);
  });

  it('are found by a part of their text, capitals or not', () => {
    const texts = ['Brisk Fox', 'calm owl', 'fox-two', ''];
    assert.deepEqual([...searchRows(allRows(4), texts, ' fox ')], [0, 2]);
    assert.equal(searchRows(allRows(4), texts, ' ').length, 4);
    assert.equal(searchRows(allRows(4), texts, 'none').length, 0);
  });
});
