import assert from 'node:assert/strict';
import { packGroups, unpackGroups } from '../../../src/domain/packedGroups';
import { groupRows } from '../../../src/domain/runLines';

const depth = { codes: Int32Array.of(0, 1, 0, -1, 1, 0), dictionary: ['3', '5'] };
const seed = { codes: Int32Array.of(0, 0, 1, 1, 0, -1), dictionary: ['a', 'b'] };

describe('Groups that were packed', () => {
  it('are the same groups again, one within another too', () => {
    const rows = Uint32Array.of(5, 4, 3, 2, 1, 0);
    const one = groupRows(rows, [depth]);
    assert.deepEqual(unpackGroups(packGroups(one, 1)), one);
    const two = groupRows(rows, [depth, seed]);
    assert.deepEqual(unpackGroups(packGroups(two, 2)), two);
    assert.deepEqual(unpackGroups(packGroups([], 2)), []);
  });
});
