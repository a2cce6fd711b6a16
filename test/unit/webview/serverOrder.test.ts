import assert from 'node:assert/strict';
import { parseOrderBy } from '../../../src/domain/search';
import { columnId, type Column, historyId } from '../../../src/webview/runs/columns';
import { serverOrder } from '../../../src/webview/runs/serverOrder';

const metric = { group: 'metrics', key: 'val/loss' } as const;
const best = { key: 'val/loss', of: 'best' } as const;
const columns: readonly Column[] = [
  { id: 'name', title: 'Run', width: 1, group: 'run' },
  { id: 'duration', title: 'Duration', width: 1, group: 'run' },
  { id: columnId(metric), title: 'val/loss', width: 1, group: 'metrics', name: metric },
  { id: historyId(best), title: 'best', width: 1, group: 'metrics', name: { ...metric, of: 'min' }, of: 'best' },
  { id: 'datasets', title: 'Datasets', width: 1, group: 'run', name: { group: 'datasets', key: '' } },
];

describe('The order that is asked of a server', () => {
  it('is the sorting in MLflow’s words', () => {
    const order = serverOrder(columns, [
      { column: columnId(metric), ascending: false },
      { column: 'name', ascending: true },
    ]);
    assert.deepEqual(order, ['metrics.`val/loss` DESC', 'run_name ASC']);
    assert.equal(parseOrderBy(order, 'runs').length, 2);
  });

  it('ends where MLflow cannot sort', () => {
    const sorting = ['name', 'duration', 'name'].map((column) => ({ column, ascending: true }));
    assert.deepEqual(serverOrder(columns, sorting), ['run_name ASC']);
    for (const column of [historyId(best), 'datasets'])
      assert.deepEqual(serverOrder(columns, [{ column, ascending: true }]), []);
    assert.deepEqual(serverOrder(columns, [{ column: 'gone', ascending: true }]), []);
  });
});
