import assert from 'node:assert/strict';
import { redact } from '../../../src/domain/redact';

describe('What must not be logged or printed', () => {
  for (const [said, kept] of [
    ['GET http://ada:pass@host:5000/a failed', 'GET http://host:5000/a failed'],
    ['at postgresql+psycopg2://ada:p@ss@host/db', 'at postgresql+psycopg2://host/db'],
    ['Authorization: Bearer abc.def-1', 'Authorization: Bearer …'],
    ["{ Authorization: 'Basic YWRhOnBhc3M=' }", "{ Authorization: 'Basic …' }"],
    ['{"authorization":"abc"}', '{"authorization":"…"}'],
    ['it sent Bearer abcdef123', 'it sent Bearer …'],
    ['/a?X-Amz-Signature=0af&part=1&access_token=xyz', '/a?X-Amz-Signature=…&part=1&access_token=…'],
    ['/a?sig=0af#top', '/a?sig=…#top'],
  ] as const) {
    it(`is hidden in ${said}`, () => assert.equal(redact(said), kept));
  }

  it('is all that is hidden', () => {
    const text = 'mail ada@example.org about http://host/a?page_size=3: basic needs, bearer of news, key=3';
    assert.equal(redact(text), text);
  });
});
