import assert from 'node:assert/strict';
import { allPages } from '../../../src/app/allPages';
import type { Page } from '../../../src/domain/ports';

describe('All pages of a list', () => {
  it('are read by the tokens that they give, to the one that gives none', async () => {
    const asked: unknown[] = [];
    const pages: readonly Page<number>[] = [
      { items: [1, 2], nextPageToken: 'a' },
      { items: [], nextPageToken: 'b' },
      { items: [3] },
    ];
    const all = await allPages((from) => Promise.resolve(pages[asked.push(from) - 1]!));
    assert.deepEqual(all, [1, 2, 3]);
    assert.deepEqual(asked, [{}, { pageToken: 'a' }, { pageToken: 'b' }]);
  });
});
