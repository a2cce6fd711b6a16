import assert from 'node:assert/strict';
import { filterRows, filterText } from '../../../src/domain/filterRows';
import { parseFilter } from '../../../src/domain/search';

const rowsOf = (text: string) => filterRows(parseFilter(text, 'runs'));

describe('A filter as rows', () => {
  const kept = [
    'metrics.auc > 0.9',
    "metrics.auc > 0.9 AND params.depth = '3' OR status = 'FAILED'",
    "metrics.`val/loss` <= 0.00001 AND tags.`mlflow.user` ILIKE '%ada%'",
    "status IN ('FAILED', 'KILLED') AND params.depth > 3",
    "tags.note IS NULL OR run_name LIKE 'brisk%' AND start_time >= 1700000000000",
    `tags.note = "it's"`,
    '',
  ];
  for (const text of kept) {
    it(`gives back ${text === '' ? 'nothing for nothing' : text}`, () => {
      assert.equal(filterText(rowsOf(text) ?? []), text);
    });
  }

  it('takes off parentheses that change nothing, and leaves as text what rows cannot show', () => {
    assert.equal(
      filterText(rowsOf("(metrics.a > 1 AND status = 'FAILED')") ?? []),
      "metrics.a > 1 AND status = 'FAILED'",
    );
    assert.equal(rowsOf("metrics.a > 1 AND (status = 'FAILED' OR status = 'KILLED')"), undefined);
    assert.equal(rowsOf('NOT metrics.a > 1'), undefined);
  });

  it('leaves out a row that has no name yet, and writes an empty number so that the error says where', () => {
    const rows = [{ joiner: 'AND', name: '', comparator: '=', value: '1' } as const];
    assert.equal(filterText(rows), '');
    assert.throws(() =>
      parseFilter(filterText([{ joiner: 'AND', name: 'metrics.a', comparator: '>', value: '' }]), 'runs'),
    );
  });
});
