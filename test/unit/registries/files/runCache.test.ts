import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { FrameColumn } from '../../../../src/domain/frame';
import type { Registry, RunQuery } from '../../../../src/domain/ports';
import type { RunTable } from '../../../../src/domain/run';
import { createFilesRegistry } from '../../../../src/registries/files/filesRegistry';
import type { FileStoreOptions } from '../../../../src/registries/files/fileStore';
import { experimentMeta, plant, runMeta, type Tree, useFolder } from './tree';

/** As if the files had been written ten seconds ago: what is younger is never believed. */
const later = (): number => Date.now() + 10_000;

/** Counts the files that are opened meanwhile. */
async function opens(work: () => Promise<unknown>): Promise<number> {
  const real = createRequire(path.resolve('package.json'))('node:fs') as { openSync: typeof fs.openSync };
  const { openSync } = real;
  let count = 0;
  real.openSync = (...args) => {
    count++;
    return openSync(...args);
  };
  try {
    await work();
  } finally {
    real.openSync = openSync;
  }
  return count;
}

/** Waits for something that comes behind an answer. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setImmediate(resolve));
}

const all = { experimentIds: ['0'], view: 'all', maxResults: 1000 } as const satisfies RunQuery;
const shown = { experimentIds: ['0'], runs: [], models: [], expandedModels: [], folders: [] };

describe('file store: what was read before', () => {
  const folder = useFolder();
  let root = '';
  let storageDir = '';
  beforeEach(() => {
    root = path.join(folder(), 'store');
    storageDir = path.join(folder(), 'storage');
    plant(root, { '0': { 'meta.yaml': experimentMeta('0', 'Default'), a: run('a'), b: run('b') } });
  });

  const run = (id: string): Tree => ({
    'meta.yaml': runMeta('0', id),
    metrics: { acc: '1 0.5 0\n', val: { loss: '1 nan 0\n' }, empty: '' },
    params: { lr: '0.1', long: 'ä🎯'.repeat(500) },
    tags: { team: 'red', note: 'a\nb' },
  });
  const open = (options: FileStoreOptions = {}): Registry =>
    createFilesRegistry({ name: 'store', trackingUri: root }, { now: later, quietMs: 0, saveWait: 0, ...options });
  const search = async (registry: Registry, query: Partial<RunQuery> = {}): Promise<RunTable> =>
    (await registry.runs.search({ ...all, ...query })).table;
  const fresh = (): Promise<RunTable> => search(open());
  /** All columns of a frame: the runs table on a screen wide enough. */
  const frameOf = async ({ frames }: Registry): Promise<unknown> => {
    const { id, attributes, keys } = await frames.open({ experimentIds: ['0'], view: 'all' });
    const columns: FrameColumn[] = [];
    for (const group of ['metrics', 'params', 'tags'] as const)
      for (const key of keys[group]) columns.push(await frames.column({ id, group, key }));
    await frames.close({ id });
    return { attributes, columns };
  };
  const freshFrame = (): Promise<unknown> => frameOf(open());
  const file = (...parts: string[]): string => path.join(root, '0', ...parts);
  /** Writes the same number of bytes, once the clock of the file system has moved on. */
  const rewrite = (target: string, text: string): void => {
    const before = fs.statSync(target).ctimeMs;
    do fs.writeFileSync(target, text);
    while (fs.statSync(target).ctimeMs === before);
  };

  it('is not read again', async () => {
    const registry = open();
    const first = await search(registry);
    assert.equal(await opens(() => search(registry)), 0);
    assert.deepEqual(await search(registry), first);
    const expected = await freshFrame();
    let frame: unknown;
    assert.equal(await opens(async () => (frame = await frameOf(registry))), 0);
    assert.deepEqual(frame, expected);
  });

  const changes: Record<string, () => void> = {
    'a metric that is appended to': () => fs.appendFileSync(file('a', 'metrics', 'acc'), '2 0.7 1\n'),
    'the first line of a metric': () => fs.appendFileSync(file('a', 'metrics', 'empty'), '2 0.7 1\n'),
    'a tag of the same length': () => {
      rewrite(file('a', 'tags', 'team'), 'sea');
    },
    'a param of the same length': () => {
      rewrite(file('a', 'params', 'lr'), '0.2');
    },
    'a tag of the same length with its old time': () => {
      const { atime, mtime } = fs.statSync(file('a', 'tags', 'team'));
      rewrite(file('a', 'tags', 'team'), 'sea');
      fs.utimesSync(file('a', 'tags', 'team'), atime, mtime);
    },
    'a time in the future': () => {
      rewrite(file('a', 'tags', 'team'), 'sea');
      fs.utimesSync(file('a', 'tags', 'team'), 4e9, 4e9);
    },
    'another file in the place of a tag': () => {
      fs.writeFileSync(file('a', 'other'), 'sea');
      fs.renameSync(file('a', 'other'), file('a', 'tags', 'team'));
    },
    'a metric more in a folder': () => {
      fs.writeFileSync(file('a', 'metrics', 'val', 'acc'), '1 1 0\n');
    },
    'a tag that is removed': () => {
      fs.rmSync(file('a', 'tags', 'team'));
    },
    'a run that is renamed': () => {
      rewrite(file('a', 'meta.yaml'), runMeta('0', 'a', { run_name: 'ran' }));
    },
    'a run that is removed': () => {
      fs.rmSync(file('a'), { recursive: true });
    },
    'a run that is removed and made anew': () => {
      fs.rmSync(file('a'), { recursive: true });
      plant(file('a'), { ...run('a'), params: { lr: '0.3' } });
    },
    'another run': () => {
      plant(file('c'), run('c'));
    },
  };
  for (const [what, change] of Object.entries(changes)) {
    it(`shows ${what}`, async () => {
      const registry = open();
      const before = await search(registry);
      change();
      const expected = await fresh();
      assert.notDeepEqual(expected, before);
      assert.deepEqual(await search(registry), expected);
    });

    it(`shows ${what} from memory, if not at once then by a stamp that moves`, async () => {
      const registry = open();
      await search(registry);
      const { changes } = registry;
      const stamp = await changes.stamp(shown);
      change();
      const expected = await fresh();
      if (isDeepStrictEqual(await search(registry, { fromMemory: true }), expected)) return;
      await until(async () => (await changes.stamp(shown)) !== stamp);
      assert.deepEqual(await search(registry, { fromMemory: true }), expected);
    });

    it(`shows ${what} in a frame, if not at once then by a stamp that moves`, async () => {
      const registry = open();
      await search(registry);
      change();
      const expected = await freshFrame();
      await until(async () => isDeepStrictEqual(await frameOf(registry), expected));
    });
  }

  it('moves the stamp of the store when a frame was wrong', async () => {
    const registry = open();
    await search(registry);
    rewrite(file('a', 'tags', 'team'), 'sea');
    let before: string | undefined;
    // What was written just now has another stamp each time.
    await until(async () => before === (before = await registry.changes.stamp(shown)));
    await frameOf(registry);
    await until(async () => (await registry.changes.stamp(shown)) !== before);
    assert.deepEqual(await frameOf(registry), await freshFrame());
  });

  it('is not believed of a run that goes on', async () => {
    plant(file('c'), { ...run('c'), 'meta.yaml': runMeta('0', 'c', { status: '1' }) });
    const registry = open();
    await search(registry);
    fs.appendFileSync(file('c', 'metrics', 'acc'), '2 0.7 1\n');
    assert.deepEqual(await frameOf(registry), await freshFrame());
  });

  it('is not believed of a run that is written here', async () => {
    const registry = open();
    await search(registry);
    await registry.runs.setTag({ runId: 'a', key: 'team', value: 'sea' });
    assert.deepEqual(await frameOf(registry), await freshFrame());
  });

  it('is not believed of a run that ended', async () => {
    plant(file('c'), { ...run('c'), 'meta.yaml': runMeta('0', 'c', { status: '1' }) });
    const registry = open();
    await search(registry);
    fs.appendFileSync(file('c', 'metrics', 'acc'), '2 0.7 1\n');
    rewrite(file('c', 'meta.yaml'), runMeta('0', 'c', { status: '3' }));
    assert.deepEqual(await frameOf(registry), await freshFrame());
  });

  it('is not believed while it is young: a write in the same instant leaves no trace', async () => {
    const registry = open({ now: Date.now });
    await search(registry);
    assert.ok((await opens(() => search(registry))) > 0);
    assert.ok((await opens(() => frameOf(registry))) > 0);
    fs.appendFileSync(file('a', 'metrics', 'acc'), '2 0.7 1\n');
    assert.deepEqual(await search(registry), await fresh());
  });

  describe('in the storage of the extension', () => {
    const saved = (): string[] =>
      fs.existsSync(storageDir)
        ? fs
            .readdirSync(storageDir, { recursive: true, encoding: 'utf8' })
            .map((name) => path.join(storageDir, name))
            .filter((name) => fs.statSync(name).isFile() && !name.endsWith('.tmp'))
        : [];
    /** Reads the store in one window and gives the file that is left. */
    const leave = async (): Promise<string> => {
      const registry = open({ storageDir });
      await search(registry);
      await until(() => saved().length > 0);
      registry.dispose();
      return saved()[0] ?? '';
    };

    it('is shown by the next window without reading the store', async () => {
      await leave();
      const registry = open({ storageDir });
      const expected = await freshFrame();
      let frame: unknown;
      // Only what was saved is opened.
      assert.ok((await opens(async () => (frame = await frameOf(registry)))) <= 1);
      assert.deepEqual(frame, expected);
    });

    for (const [what, change] of Object.entries(changes)) {
      it(`gives way to ${what}`, async () => {
        await leave();
        change();
        assert.deepEqual(await search(open({ storageDir })), await fresh());
      });
    }

    it('is thrown away where it is cut, changed or of another store', async () => {
      const target = await leave();
      const content = fs.readFileSync(target);
      const expected = await freshFrame();
      const broken = [0, 1, 40, 41, content.length >> 1, content.length - 2].map((length) =>
        content.subarray(0, length),
      );
      for (let at = 0; at < content.length; at += Math.ceil(content.length / 60)) {
        const other = Buffer.from(content);
        other[at] = (other[at] ?? 0) ^ 1;
        broken.push(other);
      }
      broken.push(Buffer.concat([content, content]), Buffer.from('null\n'));
      for (const text of broken) {
        fs.writeFileSync(target, text);
        const registry = open({ storageDir });
        assert.deepEqual(await frameOf(registry), expected);
        registry.dispose();
      }
    });

    it('may not be there, nor be written', async () => {
      fs.writeFileSync(storageDir, 'a file in its place');
      const registry = open({ storageDir });
      assert.deepEqual(await search(registry), await fresh());
    });
  });
});
