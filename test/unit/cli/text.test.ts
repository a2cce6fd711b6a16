import assert from 'node:assert/strict';
import { asText, oneLine } from '../../../src/cli/text';

describe('the text of the command line', () => {
  it('keeps line breaks and escape sequences of a store out of the terminal', () => {
    assert.equal(oneLine('two\nlines\u001b[31m \u202etfel'), 'two lines [31m  tfel');
    assert.equal(asText([{ name: 'a\nb' }]), 'name\na b');
  });
});
