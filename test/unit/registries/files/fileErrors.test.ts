import assert from 'node:assert/strict';
import { UserError } from '../../../../src/domain/errors';
import { fileError } from '../../../../src/registries/files/fileErrors';

describe('file errors', () => {
  it('become a sentence with the file and a next step', () => {
    const kinds = ['EACCES', 'EROFS', 'ENOSPC', 'ENOENT', 'EIO'].map((code) => {
      const cause = Object.assign(new Error(code), { code, syscall: 'open', path: '/store/x' });
      const error = fileError(cause);
      assert.ok(error instanceof UserError);
      assert.match(error.message, /\/store\/x/);
      assert.ok(error.next);
      assert.equal(error.cause, cause);
      return error.kind;
    });
    assert.deepEqual(kinds, ['unsupported', 'unsupported', 'unsupported', 'notFound', 'unreachable']);
  });

  it('name the folder that refused a temporary file', () => {
    const path = '/store/models/m/.meta.yaml.12.ab.tmp';
    const error = fileError(Object.assign(new Error('EACCES'), { code: 'EACCES', syscall: 'open', path }));
    assert.match(String(error), /"\/store\/models\/m"/);
  });

  it('leave everything else as it is', () => {
    for (const error of [new Error('bug'), new UserError('invalid', 'x'), 'text'])
      assert.equal(fileError(error), error);
  });
});
