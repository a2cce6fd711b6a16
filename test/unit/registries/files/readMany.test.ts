import assert from 'node:assert/strict';
import * as path from 'node:path';
import { createFilesRegistry } from '../../../../src/registries/files/filesRegistry';
import { answerHelp } from '../../../../src/registries/files/helperThread';
import type { ReadingHelper } from '../../../../src/registries/files/readMany';
import { experimentMeta, plant, runMeta, type Tree, useFolder } from './tree';

const count = 600;

describe('file store: many runs read by two', () => {
  const folder = useFolder();
  const query = { experimentIds: ['0'], view: 'all', maxResults: 1000 } as const;
  const ids = Array.from({ length: count }, (_, i) => `r${String(i).padStart(3, '0')}`);
  let ended = 0;
  const search = (startHelper?: (root: string) => ReadingHelper) =>
    createFilesRegistry({ name: 'store', trackingUri: folder() }, startHelper && { startHelper }).runs.search(query);
  const helped = (read: ReadingHelper['read']) => search(() => ({ read, dispose: () => ended++ }));

  beforeEach(() => {
    ended = 0;
    const runs = ids.map((id, i): [string, Tree] => [
      id,
      { 'meta.yaml': runMeta('0', id), metrics: { m: `1 ${i} 0\n` }, params: { p: id }, tags: i % 7 ? {} : { t: id } },
    ]);
    plant(folder(), { '0': { 'meta.yaml': experimentMeta('0', 'Default'), ...Object.fromEntries(runs) } });
  });

  it('gives what one reads', async () => {
    const alone = await search();
    assert.deepEqual(alone.table.runIds, ids);
    const answer = answerHelp(folder());
    const asked: string[] = [];
    const both = await helped((dirs) => {
      asked.push(...dirs);
      return answer(dirs, new AbortController().signal);
    });
    assert.deepEqual(both, alone);
    assert.equal(ended, 1);
    assert.ok(asked.length >= 100 && new Set(asked).size === asked.length && asked.length < count);
    assert.ok(asked.includes(path.join(folder(), '0', ids[count - 1] ?? '')));
  });

  it('does without a helper that fails or answers too little', async () => {
    const alone = await search();
    assert.deepEqual(await helped(() => Promise.reject(new Error('ended'))), alone);
    assert.deepEqual(await helped(() => Promise.resolve([])), alone);
    assert.equal(ended, 2);
  });
});
