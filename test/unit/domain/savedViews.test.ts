import assert from 'node:assert/strict';
import { UserError } from '../../../src/domain/errors';
import { parseViews, type SavedView, viewsText, withView } from '../../../src/domain/savedViews';

const view: SavedView = { name: 'Best by auc', filter: 'metrics.auc > 0.9', layout: { groupBy: ['x'], cells: 'heat' } };

describe('The views of a workspace', () => {
  it('are read as they were written, one by a name', () => {
    const other = { ...view, name: 'Failed', filter: "status = 'FAILED'" };
    const views = withView(withView([], view), other);
    assert.deepEqual(parseViews(viewsText(views)), views);
    const changed = withView(views, { ...view, filter: '' });
    assert.deepEqual(
      changed.map(({ name, filter }) => [name, filter]),
      [
        ['Best by auc', ''],
        ['Failed', "status = 'FAILED'"],
      ],
    );
    assert.deepEqual(parseViews(''), []);
  });

  it('leave out what nobody can use, and say so where the file is none of views', () => {
    const text = JSON.stringify({ views: [null, { name: 3 }, { name: 'a', filter: 7, layout: { order: 'x' } }] });
    assert.deepEqual(parseViews(text), [{ name: 'a', filter: '', layout: {} }]);
    for (const broken of ['{', '[]', '{"views": {}}', 'x'.repeat(1_000_001)])
      assert.throws(
        () => parseViews(broken),
        (error) => error instanceof UserError && error.kind === 'invalid',
      );
  });
});
