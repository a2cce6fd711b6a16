import assert from 'node:assert/strict';
import { storeKind, withoutCredentials } from '../../../src/domain/connection';

describe('connections', () => {
  it('take credentials out of what is shown, also where a password holds a slash or an at sign', () => {
    const cases: readonly (readonly [string, string])[] = [
      ['http://u:p@h:1/x', 'http://h:1/x'],
      ['http://u:p@w@h', 'http://h'],
      ['http://u:se/cret@h/x', 'http://h/x'],
      ['postgresql+psycopg2://u:p@h/db', 'postgresql+psycopg2://h/db'],
      ['http://h:5000/team@home/x', 'http://h:5000/team@home/x'],
      ['http://[::1]:5000/a@b', 'http://[::1]:5000/a@b'],
      ['http://h/@me', 'http://h/@me'],
      ['/a@b', '/a@b'],
    ];
    for (const [uri, shown] of cases) assert.equal(withoutCredentials(uri), shown);
  });

  it('know what they cannot read, Databricks by its bare name too', () => {
    assert.deepEqual(
      ['databricks', 'databricks-uc', 'databricks://p', 's3://b', './databricks', 'C:\\mlruns'].map(storeKind),
      ['unsupported', 'unsupported', 'unsupported', 'unsupported', 'files', 'files'],
    );
  });
});
