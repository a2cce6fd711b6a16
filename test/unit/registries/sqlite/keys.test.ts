import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compareKeys } from '../../../../src/registries/sqlite/keys';

describe('keys of an order', () => {
  it('stand as in SQLite: nothing, then numbers, then texts by their bytes', () => {
    const sorted = [null, -1.7e308, -1, 0, 5, 1e300, '', '10', '9', 'Z', 'a', 'ä', '\uffee', '😀'];
    for (const [i, a] of sorted.entries()) {
      for (const [j, b] of sorted.entries()) assert.equal(Math.sign(compareKeys(a, b)), Math.sign(i - j), `${a} ${b}`);
    }
  });

  it('compare texts as their UTF-8 does', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const bytes = Buffer.compare(Buffer.from(a), Buffer.from(b));
        assert.equal(Math.sign(compareKeys(a, b)), bytes);
      }),
    );
  });
});
