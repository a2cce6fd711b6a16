import assert from 'node:assert/strict';
import { flatLines, groupedLines } from '../../../src/domain/runLines';
import { selectRows } from '../../../src/webview/runs/selectRows';

type How = 'only' | 'toggle' | 'range' | 'all';

describe('Selecting rows', () => {
  const rows = Uint32Array.of(5, 3, 9, 1);
  const select = (how: How, position: number, before: number[] = [], lines = flatLines(rows)) => [
    ...selectRows(new Set(before), lines, rows, 2, { how, position }),
  ];

  it('takes one, adds and removes one, a range from the anchor either way, or all that match', () => {
    assert.deepEqual(select('only', 1, [9]), [3]);
    assert.deepEqual(select('toggle', 1, [9]), [9, 3]);
    assert.deepEqual(select('toggle', 2, [9]), []);
    assert.deepEqual(select('range', 0), [5, 3, 9]);
    assert.deepEqual(select('range', 3), [9, 1]);
    assert.deepEqual(select('all', 0), [5, 3, 9, 1]);
    assert.deepEqual(select('only', 99, [1]), [1]);
  });

  it('takes a group for its runs, folded or not', () => {
    const groups = [
      { value: 'a', path: ['a'], rows: Uint32Array.of(5, 3) },
      { value: 'b', path: ['b'], rows: Uint32Array.of(9, 1) },
    ];
    const lines = groupedLines(groups, ({ value }) => value === 'b');
    assert.deepEqual(select('only', 0, [], lines), [5, 3]);
    assert.deepEqual(select('toggle', 0, [5], lines), [5, 3]);
    assert.deepEqual(select('toggle', 0, [5, 3, 1], lines), [1]);
    assert.deepEqual(select('range', 0, [], lines), [5, 3, 9, 1]);
    assert.deepEqual(select('all', 0, [], lines), [5, 3, 9, 1]);
  });
});
