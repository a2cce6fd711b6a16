import assert from 'node:assert/strict';
import { favouriteRows, starred } from '../../../src/domain/favourites';
import { packTexts } from '../../../src/domain/runAttributes';

describe('Favourites', () => {
  it('are kept by registry, each once, the last one last', () => {
    const runs = ['a', 'b', 'a'].map((runId) => ({ registry: 'local', runId }));
    const kept = starred({ prod: ['x'] }, runs, true);
    assert.deepEqual(kept, { prod: ['x'], local: ['a', 'b'] });
    assert.deepEqual(starred(kept, [{ registry: 'local', runId: 'a' }], true)['local'], ['b', 'a']);
    assert.deepEqual(starred(kept, [{ registry: 'local', runId: 'a' }], false), { prod: ['x'], local: ['b'] });
  });

  it('are found by their source: another registry’s run may have the same id', () => {
    const rows = favouriteRows(packTexts(['a', 'b', 'a', 'c']), [2, 2], [['b', 'gone'], ['a']]);
    assert.deepEqual([...rows], [1, 2]);
    assert.equal(favouriteRows(packTexts(['a']), [1], []).size, 0);
  });
});
