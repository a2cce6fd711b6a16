import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import type { Registry, RunQuery } from '../../../../src/domain/ports';
import type { RunTable } from '../../../../src/domain/run';
import { createFilesRegistry } from '../../../../src/registries/files/filesRegistry';
import { experimentMeta, plant, runMeta, useFolder } from './tree';

/** As if the files had been written ten seconds ago: what is younger is never believed. */
const later = (): number => Date.now() + 10_000;

const all = { experimentIds: ['0'], view: 'all', maxResults: 1000 } as const satisfies RunQuery;

/** Counts the files of such names that are looked at meanwhile. */
async function looks(isCounted: (name: string) => boolean, work: () => Promise<unknown>): Promise<number> {
  const real = createRequire(path.resolve('package.json'))('node:fs') as { statSync: unknown };
  const { statSync } = fs;
  let count = 0;
  real.statSync = (...args: Parameters<typeof statSync>) => {
    if (isCounted(String(args[0]))) count++;
    return statSync(...args);
  };
  try {
    await work();
  } finally {
    real.statSync = statSync;
  }
  return count;
}

describe('file store: the newest runs from memory', () => {
  const folder = useFolder();
  beforeEach(() => {
    plant(folder(), { '0': { 'meta.yaml': experimentMeta('0', 'Default') } });
  });

  const file = (...parts: string[]): string => path.join(folder(), '0', ...parts);
  const plantRun = (id: string, fields: Readonly<Record<string, string>>): void => {
    plant(file(id), { 'meta.yaml': runMeta('0', id, fields), tags: { team: 'red' } });
  };
  const open = (): Registry => createFilesRegistry({ name: 'store', trackingUri: folder() }, { now: later });
  const search = async (registry: Registry, query: Partial<RunQuery> = {}): Promise<RunTable> =>
    (await registry.runs.search({ ...all, ...query })).table;

  it('gives the same pages from memory, with a look at the meta.yaml of their runs alone', async () => {
    for (let i = 0; i < 40; i++) {
      const id = `run${i}`;
      const stage = i % 3 === 0 ? 'deleted' : 'active';
      plantRun(id, { start_time: `${i}`, lifecycle_stage: stage });
    }
    const registry = open();
    await search(registry, all);
    for (const view of ['active', 'deleted', 'all'] as const) {
      for (let pageToken: string | undefined = ''; pageToken !== undefined;) {
        const query: RunQuery = { ...all, view, maxResults: 7, pageToken };
        const expected = await registry.runs.search(query);
        assert.deepEqual(await registry.runs.search({ ...query, fromMemory: true }), expected);
        pageToken = expected.nextPageToken;
      }
    }
    const metas = await looks(
      (name) => name.endsWith('meta.yaml'),
      () => search(registry, { view: 'active', maxResults: 7, fromMemory: true }),
    );
    // Seven, one that tells of the next page, and every third that is deleted.
    assert.ok(metas >= 8 && metas < 15, String(metas));
  });

  it('shows a run at once that came back from the bin', async () => {
    plantRun('a', {});
    plantRun('c', { start_time: '1800000000000', lifecycle_stage: 'deleted' });
    const registry = open();
    const active: Partial<RunQuery> = { view: 'active', maxResults: 1, fromMemory: true };
    await search(registry);
    assert.deepEqual((await search(registry, active)).runIds, ['a']);
    fs.writeFileSync(file('c', 'meta.yaml'), runMeta('0', 'c', { start_time: '1800000000000' }));
    assert.deepEqual((await search(registry, active)).runIds, ['c']);
  });
});
