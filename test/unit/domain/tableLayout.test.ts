import assert from 'node:assert/strict';
import {
  arrangeColumns,
  flipGroup,
  flipHistory,
  moveColumn,
  pinColumn,
  pinnedCount,
  readLayout,
  resetLayout,
  resizeColumn,
  showColumn,
  starColumn,
  type TableLayout,
} from '../../../src/domain/tableLayout';

const columns = ['name', 'status', 'auc', 'loss', 'depth'].map((id) => ({
  id,
  width: 100,
  hiddenAtFirst: id === 'depth',
}));
const shown = (layout: TableLayout): string[] => arrangeColumns(columns, layout).map(({ id }) => id);

describe('The layout of a table', () => {
  it('groups by one column within another; a layout of one column from before is read', () => {
    const both = flipGroup(flipGroup({}, 'depth'), 'team');
    assert.deepEqual(both, { groupBy: ['depth', 'team'] });
    assert.deepEqual(flipGroup(both, 'depth'), { groupBy: ['team'] });
    assert.deepEqual(flipGroup({ groupBy: ['team'] }, 'team'), {});
    assert.deepEqual(readLayout({ groupBy: 'depth' }), { groupBy: ['depth'] });
  });

  it('keeps columns over histories, and of what was saved those that can be', () => {
    const best = { key: 'auc', of: 'best' } as const;
    const layout = flipHistory(flipHistory({}, best), { key: 'auc', of: 'min' });
    assert.deepEqual(readLayout(JSON.parse(JSON.stringify(layout))), layout);
    assert.deepEqual(flipHistory(layout, { ...best }).histories, [{ key: 'auc', of: 'min' }]);
    const broken = [best, { key: 'auc', of: 'median' }, { of: 'min' }, null];
    assert.deepEqual(readLayout({ histories: broken }), { histories: [best] });
  });

  it('hides and shows, also what does not show at first', () => {
    const [, , auc, , depth] = columns;
    assert.ok(auc && depth);
    assert.deepEqual(shown({}), ['name', 'status', 'auc', 'loss']);
    const hidden = showColumn({}, auc, false);
    assert.deepEqual(shown(hidden), ['name', 'status', 'loss']);
    assert.deepEqual(shown(showColumn(showColumn(hidden, auc, true), depth, true)), [
      'name',
      'status',
      'auc',
      'loss',
      'depth',
    ]);
    assert.deepEqual(shown(showColumn(showColumn({}, depth, true), depth, false)), shown({}));
  });

  it('moves a column either way, with the name always first', () => {
    assert.deepEqual(shown(moveColumn(columns, {}, 'loss', 'status')), ['name', 'loss', 'status', 'auc']);
    assert.deepEqual(shown(moveColumn(columns, {}, 'status', 'loss')), ['name', 'auc', 'loss', 'status']);
    assert.deepEqual(shown(moveColumn(columns, {}, 'name', 'loss')), shown({}));
    assert.deepEqual(shown(moveColumn(columns, {}, 'loss', 'name')), shown({}));
  });

  it('keeps pinned columns in front, and pins what is moved among them', () => {
    const pinned = pinColumn(pinColumn({}, 'loss', true), 'auc', true);
    assert.deepEqual(shown(pinned), ['name', 'loss', 'auc', 'status']);
    assert.equal(pinnedCount(arrangeColumns(columns, pinned), pinned), 3);
    const moved = moveColumn(columns, pinned, 'status', 'loss');
    assert.deepEqual(shown(moved), ['name', 'status', 'loss', 'auc']);
    assert.equal(pinnedCount(arrangeColumns(columns, moved), moved), 4);
    const out = moveColumn(columns, moved, 'loss', 'depth');
    assert.equal(pinnedCount(arrangeColumns(columns, out), out), 3);
    assert.deepEqual(shown(pinColumn(pinned, 'loss', false)), ['name', 'auc', 'status', 'loss']);
  });

  it('puts what is new since a move behind what was there', () => {
    const before = moveColumn(columns.slice(0, 3), {}, 'auc', 'status');
    assert.deepEqual(shown(before), ['name', 'auc', 'status', 'loss']);
  });

  it('gives no column a width in which it cannot be seen', () => {
    assert.equal(resizeColumn({}, 'auc', -5).widths?.['auc'], 40);
    assert.equal(arrangeColumns(columns, resizeColumn({}, 'auc', 250.4))[2]?.width, 250);
  });

  it('keeps the stars of columns when all else is as at first', () => {
    const layout = starColumn(starColumn({ hidden: ['a'] }, 'a', true), 'b', true);
    assert.deepEqual(resetLayout(layout), { starred: ['a', 'b'] });
    assert.deepEqual(starColumn(layout, 'a', false).starred, ['b']);
    assert.deepEqual(resetLayout({ hidden: ['a'] }), {});
  });

  it('reads what is usable of what somebody saved', () => {
    const layout = {
      order: ['a'],
      widths: { a: 80 },
      sorting: [{ column: 'a', ascending: true }],
      groupBy: ['b'],
      cells: 'heat',
      differing: true,
      starred: ['b'],
      onlyStarred: true,
    };
    assert.deepEqual(readLayout(JSON.parse(JSON.stringify(layout))), layout);
    assert.deepEqual(
      readLayout({ order: 'a', widths: { a: -1, b: '3' }, sorting: [{ column: 1 }, null], cells: 'red', hidden: [1] }),
      { widths: {}, sorting: [], hidden: [] },
    );
    assert.deepEqual(readLayout('x'), {});
  });
});
