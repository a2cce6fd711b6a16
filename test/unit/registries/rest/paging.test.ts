import assert from 'node:assert/strict';
import { JsonObject } from '../../../../src/registries/rest/json';
import { pageToken } from '../../../../src/registries/rest/restTracking';

describe('pages of a server', () => {
  it('end without a token, and fail where a server gives the same page for ever', () => {
    const page = (token?: string): JsonObject => JsonObject.from({ next_page_token: token }, '');
    assert.deepEqual(pageToken(page(), 'a'), {});
    assert.deepEqual(pageToken(page(''), undefined), {});
    assert.deepEqual(pageToken(page('b'), 'a'), { nextPageToken: 'b' });
    assert.throws(() => pageToken(page('a'), 'a'), { kind: 'unreachable' });
  });
});
