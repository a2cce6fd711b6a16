import assert from 'node:assert/strict';
import { orderByNumbers } from '../../../src/domain/radixOrder';
import { allRows } from '../../../src/domain/rowOrder';

const special = [0, -0, NaN, Infinity, -Infinity, 1e308, -1e308, Number.MIN_VALUE, -Number.MIN_VALUE, 2 ** 53, 1, -1];

/** Numbers of all magnitudes, many of them equal; the same in each run. */
function manyValues(length: number): Float64Array {
  let state = 42;
  const random = (): number => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
  return Float64Array.from({ length }, () => {
    const kind = random();
    if (kind < 0.2) return special[Math.floor(random() * special.length)] ?? 0;
    if (kind < 0.5) return Math.floor(random() * 20) - 10;
    return (random() - 0.5) * 10 ** Math.floor(random() * 600 - 300);
  });
}

/** The plain sort, which compares. */
function compared(rows: Uint32Array, values: Float64Array, ascending: boolean): number[] {
  const at = (row: number): number => values[row] ?? NaN;
  const sign = ascending ? 1 : -1;
  return [...rows].sort((a, b) => {
    if (Number.isNaN(at(a)) || Number.isNaN(at(b))) return Number(Number.isNaN(at(a))) - Number(Number.isNaN(at(b)));
    return at(a) === at(b) ? 0 : at(a) < at(b) ? -sign : sign;
  });
}

describe('Numbers ordered by their bits', () => {
  it('come as a comparison brings them, of any size and sign', () => {
    const values = manyValues(20_000);
    for (const ascending of [true, false]) {
      const rows = allRows(values.length).reverse();
      assert.deepEqual([...orderByNumbers(rows, values, ascending)], compared(rows, values, ascending));
    }
  });

  it('leave equal numbers as they were, zero of either sign too', () => {
    const values = Float64Array.of(0, -0, 0, -0);
    assert.deepEqual([...orderByNumbers(Uint32Array.of(3, 0, 2, 1), values, true)], [3, 0, 2, 1]);
    assert.deepEqual([...orderByNumbers(Uint32Array.of(3, 0, 2, 1), values, false)], [3, 0, 2, 1]);
  });

  it('are of the rows that are given, and leave those as they are', () => {
    const rows = Uint32Array.of(4, 2, 0);
    assert.deepEqual([...orderByNumbers(rows, Float64Array.of(3, 9, 1, 9, 2), true)], [2, 4, 0]);
    assert.deepEqual([...rows], [4, 2, 0]);
    assert.equal(orderByNumbers(new Uint32Array(), new Float64Array(3), true).length, 0);
  });
});
