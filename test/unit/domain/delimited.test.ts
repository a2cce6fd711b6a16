import assert from 'node:assert/strict';
import { parseDelimited } from '../../../src/domain/delimited';

describe('The head of a table in a text', () => {
  const size = { rows: 2, columns: 3 };
  const read = (text: string, cut = false) => parseDelimited(text, size, cut);

  it('has quotes, separators and line ends as people write them', () => {
    const rows = [
      ['a, b', 'say "hi"'],
      ['two\nlines', ''],
    ];
    assert.deepEqual(read('\uFEFFx,y\r\n"a, b","say ""hi"""\r\n"two\nlines",\r\n').rows, rows);
    assert.deepEqual(read('x;y\n1,5;2').rows, [['1,5', '2']]);
    assert.deepEqual(read('x\ty\r1\t2').rows, [['1', '2']]);
  });

  it('says what is left out: rows, columns, and a last row that is cut', () => {
    assert.deepEqual(read('a\n1\n2\n3'), { columns: ['a'], rows: [['1'], ['2']], moreRows: true, moreColumns: 0 });
    assert.equal(read('a\n1\n2').moreRows, false);
    assert.equal(read('a,b,c,d,e\n1,2,3,4,5').moreColumns, 2);
    assert.deepEqual(read('a\n1\n2', true), { columns: ['a'], rows: [['1']], moreRows: true, moreColumns: 0 });
  });

  it('takes anything: nothing, ragged rows, a quote without end', () => {
    assert.deepEqual(read(''), { columns: [], rows: [], moreRows: false, moreColumns: 0 });
    assert.deepEqual(read('a,b\n1\n1,2,3').rows, [['1'], ['1', '2', '3']]);
    assert.deepEqual(read('a\n"1,2').rows, [['1,2']]);
  });
});
