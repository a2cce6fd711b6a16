import assert from 'node:assert/strict';
import { flatLines, groupAt, groupedLines, groupRows, nestedLines, parentRows } from '../../../src/domain/runLines';

const rows = Uint32Array.from([3, 1, 2, 0, 4]);

describe('The lines of a table of runs', () => {
  it('group rows by a value in their order, those without one last', () => {
    const groups = groupRows(rows, [{ codes: Int32Array.from([0, 1, -1, 1, 0]), dictionary: ['adam', 'sgd'] }]);
    assert.deepEqual(
      groups.map(({ value, rows: members }) => [value, [...members]]),
      [
        ['sgd', [3, 1]],
        ['adam', [0, 4]],
        [undefined, [2]],
      ],
    );
    const { lines, depths } = groupedLines(groups, ({ value }) => value === 'adam');
    assert.deepEqual([...lines], [-1, -2, 0, 4, -3]);
    assert.deepEqual([...depths], [0, 0, 1, 1, 0]);
    assert.equal(groupAt({ lines, depths, groups, nested: new Map() }, 1)?.value, 'adam');
    assert.equal(groupAt(flatLines(rows), 1), undefined);
  });

  it('group by a second column within the first, each folded on its own', () => {
    const optimizers = { codes: Int32Array.from([0, 1, -1, 1, 0]), dictionary: ['adam', 'sgd'] };
    const depths = { codes: Int32Array.from([0, 0, 0, 1, 1]), dictionary: ['3', '9'] };
    const groups = groupRows(rows, [optimizers, depths]);
    assert.deepEqual(
      groups.map(({ value, inner }) => [value, inner?.map(({ path, rows: own }) => [path, [...own]])]),
      [
        [
          'sgd',
          [
            [['sgd', '9'], [3]],
            [['sgd', '3'], [1]],
          ],
        ],
        [
          'adam',
          [
            [['adam', '3'], [0]],
            [['adam', '9'], [4]],
          ],
        ],
        [undefined, [[[undefined, '3'], [2]]]],
      ],
    );
    const open = groupedLines(groups, ({ path }) => path.join() === 'adam' || path.join() === 'adam,9');
    assert.deepEqual([...open.lines], [-1, -2, -3, -4, 4, -5]);
    assert.deepEqual([...open.depths], [0, 0, 1, 1, 2, 0]);
    assert.deepEqual(groupAt(open, 3)?.path, ['adam', '9']);
    assert.deepEqual([...groupedLines(groups, () => false).lines], [-1, -2, -3]);
  });

  it('put nested runs below their parents, folded where that is said', () => {
    const parents = Int32Array.from([-1, 0, 1, 4, 0]);
    const open = nestedLines(rows, parents, () => false);
    assert.deepEqual([...open.lines], [0, 1, 2, 4, 3]);
    assert.deepEqual([...open.depths], [0, 1, 2, 1, 2]);
    assert.deepEqual([...open.nested].sort(), [
      [0, 4],
      [1, 1],
      [4, 1],
    ]);
    assert.deepEqual([...nestedLines(rows, parents, (row) => row === 1).lines], [0, 1, 4, 3]);
    assert.deepEqual([...nestedLines(rows, parents, (row) => row === 0).lines], [0]);
  });

  it('lose no run whose parent is filtered out, missing, or its own descendant', () => {
    const without = nestedLines(Uint32Array.from([1, 2]), Int32Array.from([-1, 0, 1]), () => false);
    assert.deepEqual([...without.lines], [1, 2]);
    const circle = nestedLines(Uint32Array.from([0, 1]), Int32Array.from([1, 0]), () => false);
    assert.deepEqual([...circle.lines].sort(), [0, 1]);
    assert.deepEqual([...parentRows(['a', 'b', 'c'], [3], Int32Array.from([-1, 0, 1]), ['a', 'gone'])], [-1, 0, -1]);
    assert.deepEqual([...parentRows(['a'], [1], Int32Array.from([0]), ['a'])], [-1]);
  });

  it('stand below the parent of their own store where another one has the same ids', () => {
    const rows = parentRows(['a', 'b', 'a', 'b'], [2, 2], Int32Array.from([-1, 0, -1, 0]), ['a']);
    assert.deepEqual([...rows], [-1, 0, -1, 2]);
  });

  it('take chains as deep as anybody logs', () => {
    const deep = Int32Array.from({ length: 2000 }, (_, row) => row - 1);
    const { lines } = nestedLines(
      Uint32Array.from(deep, (_, row) => row),
      deep,
      () => false,
    );
    assert.equal(lines.length, 2000);
  });
});
