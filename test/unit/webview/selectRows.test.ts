import assert from 'node:assert/strict';
import { selectRows } from '../../../src/webview/runs/selectRows';

describe('Selecting rows', () => {
  const rows = Uint32Array.of(5, 3, 9, 1);
  const select = (how: 'only' | 'toggle' | 'range' | 'all', position: number, before: number[] = []) => [
    ...selectRows(new Set(before), rows, 2, { how, position }),
  ];

  it('takes one, adds and removes one, a range from the anchor either way, or all in view', () => {
    assert.deepEqual(select('only', 1, [9]), [3]);
    assert.deepEqual(select('toggle', 1, [9]), [9, 3]);
    assert.deepEqual(select('toggle', 2, [9]), []);
    assert.deepEqual(select('range', 0), [5, 3, 9]);
    assert.deepEqual(select('range', 3), [9, 1]);
    assert.deepEqual(select('all', 0), [5, 3, 9, 1]);
    assert.deepEqual(select('only', 99, [1]), [1]);
  });
});
