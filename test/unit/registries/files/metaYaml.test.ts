import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  type Fields,
  mapField,
  numberField,
  parseFields,
  parseMeta,
  textField,
} from '../../../../src/registries/files/metaYaml';
import { metaText } from '../../../../src/registries/files/metaWriter';

function field(text: string): string | undefined {
  const meta = parseMeta(`x: ${text}\n`);
  assert.ok(meta, text);
  return textField(meta, 'x');
}

describe('meta.yaml', () => {
  it('trap 31: ids that look like floats stay text', () => {
    for (const id of [
      '123e45678901234567890123456789012',
      '1e5',
      '12e03',
      '725488412345678912',
      '0777',
      '0o17',
      '1_000',
    ])
      assert.equal(field(id), id);
  });

  it('keeps what YAML 1.1 makes other types of: the field says what it is', () => {
    for (const text of ['yes', 'off', '1:30', '0b11', '2024-01-01', 'true', 'run:x', '-5'])
      assert.equal(field(text), text);
  });

  it('finds the same fields where it looks only for those that are asked for', () => {
    const keys = ['end_time', 'run_id', 'run_name', 'status', 'x'];
    const value = fc.constantFrom(
      '',
      ' ',
      ' 5',
      ' a-b',
      " ''",
      " 'a'",
      " 'a''b'",
      ' "a"',
      ' "a\\n"',
      ' {}',
      ' []',
      ' a b',
      ' a: b',
    );
    const end = fc.constantFrom('\n', '\n', '\n', '\r\n', '\n\n', '\n  b: c\n');
    const line = fc.tuple(fc.constantFrom(...keys), value, end);
    // As MLflow writes them, and as it does not.
    const inOrder = fc
      .tuple(fc.subarray(keys.slice(0, 4)), fc.array(value, { minLength: 4, maxLength: 4 }))
      .map(([names, values]) => names.map((name, i): [string, string, string] => [name, values[i] ?? '', '\n']));
    const of = (fields: Fields | undefined): unknown[] =>
      [...keys, 'b', ''].map((name) => fields && [textField(fields, name), numberField(fields, name)]);
    fc.assert(
      fc.property(fc.oneof(inOrder, fc.array(line, { maxLength: 6 })), (lines) => {
        const text = lines.map(([name, content, lineEnd]) => `${name}:${content}${lineEnd}`).join('');
        if (text !== '') assert.deepEqual(of(parseFields(text)), of(parseMeta(text)), text);
      }),
      { numRuns: 2000 },
    );
  });

  it('tells null from the quoted word', () => {
    for (const text of ['null', '~', 'Null', 'NULL', '']) assert.equal(field(text), undefined, text);
    for (const text of ["'null'", '"~"', "''"]) assert.equal(field(text), text.slice(1, -1));
  });

  it('reads quotes, escapes and scalars over several lines', () => {
    assert.equal(field("'a''b: # c'"), "a'b: # c");
    assert.equal(field('"a\\n\\u2028\\x85b"'), 'a\n\u2028\u0085b');
    assert.equal(field("'first\n\n  second\n  third'"), 'first\nsecond third');
    assert.equal(field('one\n  two'), 'one two');
    assert.equal(field('|-\n  one\n  two'), 'one\ntwo');
  });

  it('reads numbers of times and statuses, and nothing else as numbers', () => {
    const meta = parseMeta("a: 1700000000000\nb: null\nc: '3'\nd: abc\ne: 1.5e3\nf: .nan\n")!;
    const numbers = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((key) => numberField(meta, key));
    assert.deepEqual(numbers, [1700000000000, undefined, 3, undefined, 1500, undefined, undefined]);
  });

  it('reads nested maps and leaves lists out', () => {
    const meta = parseMeta("aliases:\n  champion: '3'\n  null: 4\ntags:\n- a\nname: n\n")!;
    assert.deepEqual(mapField(meta, 'aliases'), [
      { key: 'champion', value: '3' },
      { key: 'null', value: '4' },
    ]);
    assert.deepEqual(mapField(meta, 'tags'), []);
    assert.equal(textField(meta, 'name'), 'n');
  });

  it('trap 43: reads CRLF, and a byte-order mark', () => {
    assert.equal(textField(parseMeta('x: 1\r\nname: a b\r\n')!, 'name'), 'a b');
    assert.equal(textField(parseMeta('\ufeffname: a\n')!, 'name'), 'a');
  });

  it('finds no mapping in what is none', () => {
    for (const text of [
      '',
      '\n',
      'a: 1\n- b\n',
      'just text',
      '- a\n- b\n',
      '\tname: x\n',
      "name: 'cut",
      '\0\x01\x02',
      '{a: ',
      '&a *a',
    ])
      assert.equal(parseMeta(text), undefined, JSON.stringify(text));
  });

  it('stays small on a bomb of anchors and on deep nesting', () => {
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]'];
    for (let i = 1; i < 30; i++) bomb.push(`a${i}: &a${i} [${`*a${i > 1 ? i - 1 : ''},`.repeat(9)}]`);
    const meta = parseMeta(`${bomb.join('\n')}\nname: n\n`)!;
    assert.equal(textField(meta, 'name'), 'n');
    for (const part of ['[', '{', '- ', '? ', '&a ', '!a ', '[}', 'a: '])
      assert.equal(parseMeta(`x: ${part.repeat(300_000)}`), undefined, part);
  });

  it('trap 32: reads back every text that it writes, on one line and in ASCII controls', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, other) => {
        const written = metaText({ text, other, refused: '\u007f\u0085\u2028\ufeff\uffff', number: 5, nothing: null });
        assert.ok(!/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/.test(written));
        const meta = parseMeta(written)!;
        assert.equal(textField(meta, 'text'), text);
        assert.equal(textField(meta, 'other'), other);
        assert.equal(numberField(meta, 'number'), 5);
        assert.equal(textField(meta, 'nothing'), undefined);
      }),
    );
  });

  it('trap 32: quotes what YAML 1.1 would take for another type, and sorts keys', () => {
    assert.equal(
      metaText({ b: 'yes', a: '<<', c: new Map([['k', { text: '3', plain: false }]]), d: new Map() }),
      'a: "<<"\nb: "yes"\nc:\n  "k": "3"\nd: {}\n',
    );
  });

  it('writes what stood bare bare again', () => {
    const meta = parseMeta("a: 5\nb: null\nc: '5'\nd:\n  k: 7\n")!;
    assert.equal(metaText(Object.fromEntries(meta)), 'a: 5\nb: null\nc: "5"\nd:\n  "k": 7\n');
  });
});
