import assert from 'node:assert/strict';
import { fieldOf, parseTextUri, textUriParts } from '../../../src/app/textAddress';
import { UserError } from '../../../src/domain/errors';
import { versionRef } from '../../../src/domain/ref';

describe('The address of a text', () => {
  it('names the thing and the field, whatever they are called', () => {
    for (const address of [{ ref: versionRef('r', 'a/b?#%', '4') }, { ref: versionRef('r', 'm', '1'), tag: 'a/b' }]) {
      const { query } = textUriParts(address, 'name');
      assert.deepEqual(parseTextUri(query), address);
    }
    assert.deepEqual(fieldOf({ ref: versionRef('r', 'm', '1') }), { kind: 'description' });
  });

  it('shows a tab that people recognize: Markdown for a description', () => {
    assert.equal(textUriParts({ ref: versionRef('r', 'm', '1') }, 'a/b v1').path, '/a b v1.md');
    assert.equal(textUriParts({ ref: versionRef('r', 'm', '1'), tag: 'why' }, 'm v1').path, '/m v1 why');
  });

  it('refuses what names nothing', () => {
    for (const query of ['', '{', '{}', '{"ref":1}'])
      assert.throws(
        () => parseTextUri(query),
        (error) => error instanceof UserError && error.kind === 'invalid',
      );
  });
});
