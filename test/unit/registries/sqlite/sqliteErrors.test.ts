import assert from 'node:assert/strict';
import { UserError } from '../../../../src/domain/errors';
import { explain, needsRollback } from '../../../../src/registries/sqlite/sqliteErrors';

describe('errors of SQLite', () => {
  const failed = (errcode: number, message: string): Error => Object.assign(new Error(message), { errcode });

  it('tells a store that a killed writer left from one without access', () => {
    const sentence = (errcode: number): string => String(explain(failed(errcode, 'readonly'), 'x.db'));
    assert.match(sentence(776), /half-written/);
    for (const errcode of [8, 14, 264]) assert.match(sentence(errcode), /could not be opened/);
    assert.equal(needsRollback(failed(8, 'readonly')), false);
  });

  it('names a table or column that the file lacks, and leaves our own mistakes as they are', () => {
    for (const name of ['table: registered_model_tags', 'column: runs.name']) {
      const error = explain(failed(1, `no such ${name}`), 'x.db');
      assert.ok(error instanceof UserError && error.kind === 'invalid');
      assert.ok(error.message.includes(name.replace(':', '')), error.message);
    }
    const mistake = failed(1, 'near "SELEC": syntax error');
    assert.equal(explain(mistake, 'x.db'), mistake);
  });
});
