import assert from 'node:assert/strict';
import { parseDelimited, type TextTable } from '../../../src/domain/delimited';
import { diffTables } from '../../../src/domain/tableDiff';

describe('Two tables as one', () => {
  const table = (text: string): TextTable => parseDelimited(text, { rows: 100, columns: 10 }, false);
  const words = (base: string, other: string): string[] =>
    diffTables(table(base), table(other)).rows.map(
      ({ change, cells }) =>
        `${change}: ${cells.map((cell) => (cell.base === cell.other ? cell.base : `${cell.base ?? '–'}→${cell.other ?? '–'}`)).join(' ')}`,
    );

  it('match rows by a first column that names them, wherever they stand', () => {
    assert.deepEqual(words('class,recall\na,0.9\nb,0.8\nc,1', 'class,recall\nb,0.7\na,0.9\nd,1'), [
      'same: a 0.9',
      'changed: b 0.8→0.7',
      'removed: c→– 1→–',
      'added: –→d –→1',
    ]);
    assert.equal(diffTables(table('class,r\na,1'), table('class,r\na,1')).key, 'class');
  });

  it('match rows by their place where no column names them', () => {
    assert.deepEqual(words('x,y\n1,2\n1,3', 'x,y\n1,2\n1,4'), ['same: 1 2', 'changed: 1 3→4']);
  });

  it('have the columns of both, and are there where one is empty or nothing is in common', () => {
    assert.deepEqual(words('k,a\nx,1', 'k,b\nx,2'), ['changed: x 1→– –→2']);
    assert.deepEqual(words('', 'k,b\nx,2'), ['added: –→x –→2']);
    assert.deepEqual(words('', ''), []);
  });
});
