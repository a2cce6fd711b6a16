import assert from 'node:assert/strict';
import { packTexts } from '../../../src/domain/runAttributes';
import type { RunsContent } from '../../../src/panels/runs/runs.messages';
import { foundAgain } from '../../../src/webview/runs/rowValues';

/** Of a table what tells its runs apart: their ids, those of each registry below those of the one before. */
function tableOf(idsOf: Readonly<Record<string, readonly string[]>>): RunsContent {
  const runIds = packTexts(Object.values(idsOf).flat());
  const content = {
    attributes: { runIds },
    lengths: Object.values(idsOf).map((ids) => ids.length),
    sources: Object.keys(idsOf).map((registry) => ({ registry, experimentIds: ['1'] })),
  };
  return content as unknown as RunsContent;
}

describe('Runs that were selected before a table was read again', () => {
  it('are selected wherever they stand now; those that are gone are not', () => {
    const before = tableOf({ local: ['a', 'b', 'c'] });
    assert.deepEqual(foundAgain([0, 2], before, tableOf({ local: ['new', 'b', 'a'] })), [2]);
    assert.deepEqual(foundAgain([], before, before), []);
    assert.deepEqual(foundAgain([0], undefined, before), []);
  });

  it('are not taken for those of a copy of their store, which have the same ids', () => {
    const before = tableOf({ local: ['a', 'b'], copy: ['a', 'b'] });
    assert.deepEqual(foundAgain([2], before, tableOf({ local: ['b', 'a'], copy: ['b', 'a'] })), [3]);
  });
});
