import assert from 'node:assert/strict';
import { type ExportColumn, exportTable } from '../../../src/domain/exportTable';

const names = ['brisk-fox', 'a "b", c\nd', '<b>|x'];
const aucs = [0.1 + 0.2, NaN, undefined];
const columns: readonly ExportColumn[] = [
  { name: 'run_name', title: 'Run', valueAt: (row) => names[row] },
  { name: 'metrics.auc', title: 'auc', valueAt: (row) => aucs[row] },
];
const rows = Uint32Array.of(2, 0, 1);

describe('Exporting a table', () => {
  it('writes CSV that keeps every digit and every character, rows in their order', () => {
    assert.equal(
      exportTable('csv', columns, rows),
      'run_name,metrics.auc\n<b>|x,\nbrisk-fox,0.30000000000000004\n"a ""b"", c\nd",NaN\n',
    );
  });

  it('writes JSON that leaves out what is absent and can be read again', () => {
    assert.deepEqual(JSON.parse(exportTable('json', columns, rows)), [
      { run_name: '<b>|x' },
      { run_name: 'brisk-fox', 'metrics.auc': 0.30000000000000004 },
      { run_name: 'a "b", c\nd', 'metrics.auc': 'NaN' },
    ]);
  });

  it('writes Markdown in which a name breaks no table and makes no mark', () => {
    assert.equal(
      exportTable('markdown', columns, rows),
      '| Run | auc |\n| --- | ---: |\n| \\<b\\>\\|x |  |\n| brisk-fox | 0.30000000000000004 |\n| a "b", c d | NaN |\n',
    );
    assert.equal(exportTable('markdown', columns, new Uint32Array()), '| Run | auc |\n| --- | --- |\n');
  });
});
