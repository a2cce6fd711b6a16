import assert from 'node:assert/strict';
import { Background } from '../../../../src/registries/files/background';
import { FileStore } from '../../../../src/registries/files/fileStore';
import { fileFrames } from '../../../../src/registries/files/frames';
import type { Pieces } from '../../../../src/registries/files/pieces';
import { searchRuns } from '../../../../src/registries/files/runSearch';
import { experimentMeta, plant, runMeta, type Tree, useFolder } from './tree';

const noted: string[] = [];

function* pieces(...names: readonly (string | (() => void))[]): Pieces<void> {
  for (const name of names) {
    if (typeof name === 'string') noted.push(name);
    else name();
    yield undefined;
  }
}

describe('What is done behind an answer', () => {
  const root = useFolder();
  beforeEach(() => noted.splice(0));

  const lastOf = (background: Background): Promise<void> =>
    new Promise((resolve) => background.addLast(pieces(resolve)));

  it('is the newest work first, before what was begun, and the last when nothing else is left', async () => {
    const background = new Background(0);
    background.addLast(pieces('save'));
    background.addFirst(pieces('frame 1', () => background.addFirst(pieces('page 1', 'page 2')), 'frame 2'));
    await lastOf(background);
    assert.deepEqual(noted, ['frame 1', 'page 1', 'page 2', 'frame 2', 'save']);
  });

  it('goes on with the next work after one that failed, and with what is added after all was done', async () => {
    const background = new Background(0);
    const fails = (): void => {
      throw new Error('unreadable');
    };
    background.addLast(pieces(fails, 'never'));
    background.addLast(pieces('next'));
    await lastOf(background);
    await new Promise(setImmediate);
    background.addFirst(pieces('later'));
    await lastOf(background);
    assert.deepEqual(noted, ['next', 'later']);
  });

  it('has its first piece at once, then waits for calls to end, and ends with the store', async () => {
    const background = new Background(0);
    let release = (): void => undefined;
    const call = background.during(() => new Promise<void>((resolve) => (release = resolve)));
    background.addFirst(pieces('begun', 'looked'));
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.deepEqual(noted, ['begun']);
    release();
    await call;
    await lastOf(background);
    assert.deepEqual(noted, ['begun', 'looked']);
    background.addFirst(pieces('not any more'));
    background.end();
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.deepEqual(noted, ['begun', 'looked']);
  });

  it('looks at the runs of the page that was asked for last before the others of a whole frame', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const runs = names.map((name, i): readonly [string, Tree] => [
      name.repeat(32),
      {
        'meta.yaml': runMeta('0', name.repeat(32), { start_time: `${1000 - i}` }),
        metrics: { auc: '1 1 0\n' },
        params: {},
        tags: {},
      },
    ]);
    plant(root(), { '0': { 'meta.yaml': experimentMeta('0', 'Default'), ...Object.fromEntries(runs) } });
    // As if the files had been written ten seconds ago: what is younger is never believed.
    const store = new FileStore(root(), { quietMs: 0, now: () => Date.now() + 10_000 });
    const query = { experimentIds: ['0'], view: 'active' } as const;
    await store.run(() => searchRuns(store, { ...query, maxResults: 6 }));
    const { nextPageToken = '' } = await store.run(() => searchRuns(store, { ...query, maxResults: 4 }));
    const { runs: known } = store;
    const confirm = known.confirm.bind(known);
    known.confirm = (run) => {
      noted.push(run.info.runId);
      return confirm(run);
    };
    let release = (): void => undefined;
    // While somebody asks nothing is looked at.
    const asking = store.run(function* () {
      yield new Promise<void>((resolve) => (release = resolve));
    });
    await fileFrames(store).open(query);
    await store.run(() => searchRuns(store, { ...query, maxResults: 2, fromMemory: true, pageToken: nextPageToken }));
    release();
    await asking;
    for (let turns = 0; noted.length < 8 && turns < 1000; turns++) await new Promise(setImmediate);
    store.dispose();
    assert.equal(noted.map(([letter]) => letter).join(''), 'aefbcdef');
  });
});
