import assert from 'node:assert/strict';
import {
  firstPort,
  layoutRules,
  moved,
  stuckCount,
  visibleColumns,
  visibleRows,
} from '../../../src/webview/runs/gridLayout';

describe('A grid’s window', () => {
  it('draws what is seen and a little more, never what is not there', () => {
    const port = { ...firstPort, height: 220, spare: 6 };
    assert.deepEqual(visibleRows(port, 100_000), { start: 0, end: 16 });
    assert.deepEqual(visibleRows({ ...port, top: 22 * 50_000 }, 100_000), { start: 49_994, end: 50_016 });
    assert.deepEqual(visibleRows({ ...port, top: 22 * 500 }, 3), { start: 3, end: 3 });
  });

  it('draws the columns that it cuts, with what stands before them', () => {
    const widths = [100, 50, 200, 100].map((width) => ({ width }));
    assert.deepEqual(visibleColumns(0, 120, widths), { start: 0, end: 2, offset: 0 });
    assert.deepEqual(visibleColumns(120, 100, widths), { start: 1, end: 3, offset: 100 });
    assert.deepEqual(visibleColumns(9999, 100, widths), { start: 4, end: 4, offset: 450 });
    assert.deepEqual(visibleColumns(0, 100, []), { start: 0, end: 0, offset: 0 });
  });

  it('keeps still only as many pinned columns as leave room to scroll', () => {
    const columns = [200, 100, 100, 100].map((width) => ({ width }));
    assert.equal(stuckCount(columns, 3, 1000), 3);
    assert.equal(stuckCount(columns, 3, 550), 2);
    assert.equal(stuckCount(columns, 3, 100), 1);
    assert.equal(
      layoutRules(columns.slice(0, 2), 1, 9),
      '.canvas{width:300px;height:220px}.c0{width:200px;inset-inline-start:0px}.c1{width:100px}',
    );
  });

  it('is walked by keys as the grid pattern says', () => {
    const size = { rows: 10, columns: 4, page: 5 };
    const press = (key: string, ctrlKey = false) =>
      moved({ row: 3, column: 1 }, { key, ctrlKey, metaKey: false }, size);
    assert.deepEqual(press('ArrowDown'), { row: 4, column: 1 });
    assert.deepEqual(press('PageDown'), { row: 8, column: 1 });
    assert.deepEqual(press('End', true), { row: 9, column: 3 });
    assert.deepEqual(press('Home'), { row: 3, column: 0 });
    assert.deepEqual(moved({ row: 0, column: 0 }, { key: 'ArrowUp', ctrlKey: false, metaKey: false }, size), {
      row: -1,
      column: 0,
    });
    assert.equal(press('x'), undefined);
  });
});
