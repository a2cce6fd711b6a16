import assert from 'node:assert/strict';
import { indentJson } from '../../../src/domain/jsonText';

describe('JSON as lines', () => {
  it('is what JSON.stringify would write', () => {
    const value = { a: [1, 'x: {"}', { b: null }], c: {}, d: [], 'e\\"': true };
    assert.equal(indentJson(JSON.stringify(value)), JSON.stringify(value, null, 2));
    assert.equal(indentJson(JSON.stringify(value, null, 7)), JSON.stringify(value, null, 2));
  });

  it('changes no number, passes what Python adds, and ends where the text ends', () => {
    assert.equal(
      indentJson('[9007199254740993,NaN,-Infinity,1e400]'),
      '[\n  9007199254740993,\n  NaN,\n  -Infinity,\n  1e400\n]',
    );
    assert.equal(indentJson('{"a":[1,"cut of'), '{\n  "a": [\n    1,\n    "cut of');
  });

  it('does not grow without end on hostile nesting', () => {
    assert.ok(indentJson('['.repeat(20_000)).length < 20_000 * 90);
  });
});
