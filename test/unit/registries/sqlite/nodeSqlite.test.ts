import assert from 'node:assert/strict';
import { UserError } from '../../../../src/domain/errors';
import { databaseClass } from '../../../../src/registries/sqlite/nodeSqlite';

describe('A Node without SQLite', () => {
  for (const [title, host] of [
    ['built without it', { getBuiltinModule: () => undefined }],
    ['too old to be asked', {}],
  ] as const) {
    it(`says what to use instead: ${title}`, () => {
      assert.throws(
        () => databaseClass(host as Parameters<typeof databaseClass>[0]),
        (error) => error instanceof UserError && error.kind === 'unsupported' && error.text.includes('Node.js 22.13'),
      );
    });
  }
});
