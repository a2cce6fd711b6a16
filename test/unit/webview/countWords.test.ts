import assert from 'node:assert/strict';
import { exportedWords } from '../../../src/webview/runs/countWords';

describe('Words on the runs of a table', () => {
  it('say where one or many are after an export', () => {
    assert.equal(exportedWords(1, 'runs.csv'), '1 run is in runs.csv');
    assert.equal(exportedWords(2, 'the clipboard'), '2 runs are in the clipboard');
  });
});
