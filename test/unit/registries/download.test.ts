import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Artifact } from '../../../src/domain/artifact';
import type { Downloaded, DownloadProgress } from '../../../src/domain/download';
import { UserError } from '../../../src/domain/errors';
import type { ArtifactStore } from '../../../src/domain/ports';
import { DownloadFolders, newStagingName } from '../../../src/registries/abandoned';
import { download } from '../../../src/registries/download';
import { experimentMeta, open, plant, runMeta, type Tree, useFolder } from './files/tree';

const root = { kind: 'run', runId: 'r' } as const;

const placeOf = (target: string): { folder: string; name: string } => ({
  folder: path.dirname(target),
  name: path.basename(target),
});

/** Of a process that was there and is gone. */
async function endedPid(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await once(child, 'exit');
  return child.pid!;
}

describe('A download', () => {
  const folder = useFolder();
  const artifacts = (...parts: string[]): string => path.join(folder(), 'mlruns', '1', 'r', 'artifacts', ...parts);
  const to = (name = 'here'): string => path.join(folder(), 'to', name);
  const left = (): string[] => fs.readdirSync(path.dirname(to()));

  const store = (tree: Tree): ArtifactStore => {
    const run = { 'meta.yaml': runMeta('1', 'r'), artifacts: tree };
    plant(path.join(folder(), 'mlruns'), { '1': { 'meta.yaml': experimentMeta('1', 'e'), r: run } });
    fs.mkdirSync(path.dirname(to()), { recursive: true });
    return open(path.join(folder(), 'mlruns')).artifacts;
  };
  const get = (from: ArtifactStore, artifact: string, signal?: AbortSignal, target = to()): Promise<Downloaded> =>
    download(from, { root, path: artifact, ...placeOf(target) }, () => undefined, signal);

  /** It fails so, and leaves the folder of the target as it was. */
  const refused = async (work: Promise<unknown>, kind: string, words: RegExp): Promise<void> => {
    const before = left();
    await assert.rejects(work, (error) => error instanceof UserError && error.kind === kind && words.test(error.text));
    assert.deepEqual(left(), before);
  };

  it('brings a file under its own name, with the digest of its bytes', async () => {
    const bytes = Buffer.alloc(1_500_000, 'x');
    const { files, target } = await get(store({ sub: { 'big.bin': bytes } }), 'sub/big.bin');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    assert.deepEqual(files, [{ path: 'sub/big.bin', file: to(), size: bytes.length, sha256, verified: false }]);
    assert.deepEqual(fs.readFileSync(target), bytes);
    assert.deepEqual(left(), ['here']);
  });

  it('brings a folder whole, the empty ones and odd names included', async () => {
    const tree = { 'ä b#1%.txt': 'a', empty: {}, sub: { deep: { z: 'z' }, none: '' }, '-rf': 'x', '~': 'y' };
    const seen: DownloadProgress[] = [];
    const request = { root, path: '', ...placeOf(to()) };
    const { files, bytes } = await download(store(tree), request, (progress) => seen.push(progress));
    assert.deepEqual(
      files.map(({ path: file, size }) => [file, size]),
      [
        ['-rf', 1],
        ['sub/deep/z', 1],
        ['sub/none', 0],
        ['~', 1],
        ['ä b#1%.txt', 1],
      ],
    );
    assert.equal(bytes, 4);
    for (const { file, size } of files) assert.equal(fs.statSync(file).size, size);
    assert.deepEqual(fs.readdirSync(path.join(to(), 'empty')), []);
    assert.deepEqual(seen.at(-1), { files: 5, bytes: 4, totalFiles: 5, totalBytes: 4 });
  });

  it('brings part of a folder, and makes the folders above the target', async () => {
    const target = path.join(folder(), 'to', 'new', 'er', 'model');
    await get(store({ model: { a: 'a', data: { b: 'b' } }, 'model-2': {} }), 'model', undefined, target);
    assert.deepEqual(fs.readdirSync(target).sort(), ['a', 'data']);
  });

  it('clears away what a killed process left beside the target, and what others have in hand not', async () => {
    const from = store({ a: 'a' });
    const killed = newStagingName();
    const [machine, own] = [killed.split('-')[1], String(process.pid)];
    const dead = killed.replace(own, String(await endedPid()));
    const kept = [killed, dead.replace(machine!, '0f0f0f'), '.ringside-notes.part', `.ringside-${machine}-1.part`];
    for (const name of [dead, ...kept]) {
      fs.mkdirSync(path.join(folder(), 'to', name, 'content'), { recursive: true });
      fs.writeFileSync(path.join(folder(), 'to', name, 'content', 'half'), 'x');
    }
    await get(from, 'a');
    assert.deepEqual(left().sort(), [...kept, 'here'].sort());
  });

  it('that a killed window left is cleared away by the next one, wherever it was', async () => {
    const memory = {
      value: [] as readonly string[],
      set: (value: readonly string[]) => Promise.resolve(void (memory.value = value)),
    };
    const from = store({ a: 'a' });
    const during: (readonly string[])[] = [];
    const inner: typeof download = (...args) => {
      during.push(memory.value);
      return download(...args);
    };
    const { download: remembered } = new DownloadFolders(memory, inner);
    await remembered(from, { root, path: 'a', ...placeOf(to()) }, () => undefined);
    await assert.rejects(
      remembered(from, { root, path: 'a', ...placeOf(to()) }, () => undefined),
      { kind: 'conflict' },
    );
    assert.deepEqual([during, memory.value], [[[path.dirname(to())], [path.dirname(to())]], []]);

    const left = newStagingName().replace(String(process.pid), String(await endedPid()));
    fs.mkdirSync(path.join(folder(), 'to', left, 'content'), { recursive: true });
    memory.value = [path.dirname(to()), '/nowhere at all'];
    await new DownloadFolders(memory, inner).sweep();
    assert.deepEqual([fs.readdirSync(path.dirname(to())), memory.value], [['here'], []]);
  });

  it('says that an artifact is not there', async () => {
    const from = store({ a: 'a' });
    for (const none of ['b', 'a/b', 'sub/a']) await refused(get(from, none), 'notFound', /no artifact/);
  });

  describe('touches nothing that is there', () => {
    for (const [what, make] of [
      ['a file', (file: string) => fs.writeFileSync(file, 'mine')],
      ['a folder', (file: string) => plant(file, { mine: '' })],
      ['a link to nothing', (file: string) => fs.symlinkSync('nothing', file)],
    ] as const) {
      it(`refuses a target that is ${what}`, async () => {
        const from = store({ a: 'a', sub: { a: 'a' } });
        make(to());
        for (const artifact of ['a', 'sub', '']) await refused(get(from, artifact), 'conflict', /is there already/);
      });

      it(`refuses ${what} that came to be at the target while it ran`, async () => {
        const from = store({ a: 'a', sub: { a: 'a' } });
        for (const artifact of ['a', 'sub']) {
          const target = to(`late-${artifact}`);
          const late: ArtifactStore = {
            ...from,
            open: (query, signal) => {
              make(target);
              return from.open(query, signal);
            },
          };
          await assert.rejects(get(late, artifact, undefined, target), { kind: 'conflict' });
          assert.ok(!fs.lstatSync(target).isFile() || fs.readFileSync(target, 'utf8') === 'mine');
        }
        assert.deepEqual(left().sort(), ['late-a', 'late-sub']);
      });
    }
  });

  describe('never leaves its folder', () => {
    /** The real store, but it lists what a hostile one would. */
    const listing = (...paths: string[]): ArtifactStore => {
      const from = store({ good: 'a', sub: {} });
      const found = paths.map((one): Artifact => ({ path: one, isDir: false, size: 1 }));
      return { ...from, list: () => Promise.resolve([{ path: 'good', isDir: false, size: 1 }, ...found]) };
    };

    for (const name of [
      '../x',
      'a/../../x',
      '/etc/x',
      'C:\\x',
      'c:/x',
      '..\\x',
      'a\\..\\x',
      '..',
      '.',
      'a\0b',
      '',
      'a/b',
    ])
      it(`refuses all of a folder that names ${JSON.stringify(name)}`, async () => {
        await refused(get(listing(name), ''), 'invalid', /would leave its folder.*who wrote/);
      });

    it('refuses a path that leaves the artifacts', async () => {
      const from = store({ a: 'a' });
      for (const name of ['../r/artifacts/a', '/etc/passwd', 'a\\b'])
        await refused(get(from, name), 'invalid', /not a path below/);
    });

    it('refuses two artifacts that the disk cannot tell apart, and keeps both where it can', async () => {
      await refused(get(listing('good'), ''), 'invalid', /cannot tell "good" from another/);
      const upper = fs.existsSync(path.join(folder(), 'MLRUNS'));
      plant(artifacts(), { Good: 'b' });
      const work = get(open(path.join(folder(), 'mlruns')).artifacts, '');
      if (upper) return refused(work, 'invalid', /cannot tell/);
      assert.equal((await work).files.length, 2);
    });

    it('refuses a name that no disk holds, before a byte is read', async () => {
      await refused(get(listing('n'.repeat(300)), ''), 'invalid', /cannot hold a name like "nnn.*…"/);
      await refused(get(listing('ö'.repeat(200)), ''), 'invalid', /cannot hold a name/);
    });

    it('takes a name as long as the disk allows, also for the target', async () => {
      const name = 'n'.repeat(255);
      await get(store({ [name]: 'a' }), '', undefined, to(name));
      assert.deepEqual(fs.readdirSync(to(name)), [name]);
    });

    it('does not follow links that lead out or round', async () => {
      const from = store({ a: 'a', sub: { b: 'b' } });
      plant(folder(), { secret: 'x', private: { key: 'x' } });
      fs.symlinkSync(path.join(folder(), 'secret'), artifacts('out'));
      fs.symlinkSync(path.join(folder(), 'private'), artifacts('outside'));
      fs.symlinkSync('../../../../secret', artifacts('sub', 'relative'));
      fs.symlinkSync('..', artifacts('sub', 'up'));
      fs.symlinkSync('.', artifacts('self'));
      fs.symlinkSync('a', artifacts('inside'));
      const { files } = await get(from, '');
      assert.deepEqual(
        files.map((file) => file.path),
        ['a', 'inside', 'sub/b'],
      );
      for (const link of ['out', 'outside', 'outside/key', 'sub/relative'])
        await assert.rejects(get(from, link, undefined, to('link')), UserError, link);
    });

    it('ends where links make two folders hold each other', async () => {
      const from = store({ a: {}, b: {} });
      fs.symlinkSync('../b', artifacts('a', 'x'));
      fs.symlinkSync('../a', artifacts('b', 'y'));
      await refused(get(from, ''), 'invalid', /do not end/);
    });

    /** The real store, whose file becomes something else between the listing and the reading. */
    const turning = (turn: (file: string) => void): ArtifactStore => {
      const from = store({ a: 'a' });
      return {
        ...from,
        open: (query, signal) => {
          fs.rmSync(artifacts('a'));
          turn(artifacts('a'));
          return from.open(query, signal);
        },
      };
    };

    it('refuses a file that became a folder', async () => {
      await refused(
        get(
          turning((file) => fs.mkdirSync(file)),
          '',
        ),
        'notFound',
        /no artifact "a"/,
      );
    });

    it('refuses a file that became a link out of the artifacts', async () => {
      plant(folder(), { secret: 'x' });
      const from = turning((file) => fs.symlinkSync(path.join(folder(), 'secret'), file));
      await refused(get(from, ''), 'invalid', /not a path below/);
    });
  });

  describe('keeps what it promised of the bytes', () => {
    it('refuses a file that is shorter or longer than the store says', async () => {
      for (const size of [0, 2, 4, 1_000_000]) {
        const from = store({ a: 'abc' });
        const lying = { ...from, list: () => Promise.resolve([{ path: 'a', isDir: false, size }]) };
        await refused(get(lying, 'a'), 'unreachable', /arrived with 3 bytes, but the store says/);
      }
    });

    it('refuses a file that was cut while it was read', async () => {
      const from = store({ a: Buffer.alloc(2_000_000) });
      const cutting: ArtifactStore = {
        ...from,
        open: async (query, signal) => {
          const stream = await from.open(query, signal);
          fs.truncateSync(artifacts('a'), 1000);
          return stream;
        },
      };
      await refused(get(cutting, 'a'), 'unreachable', /arrived with 1000 bytes, but the store says 2000000/);
    });

    it('takes a file that grew after it was listed', async () => {
      const from = store({ log: 'abc' });
      const growing: ArtifactStore = {
        ...from,
        open: (query, signal) => {
          fs.appendFileSync(artifacts('log'), 'def');
          return from.open(query, signal);
        },
      };
      const { files } = await get(growing, '');
      assert.equal(files[0]?.size, 6);
    });

    it('leaves nothing of the others when one file fails', async () => {
      const tree = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`f${i}`, 'x'.repeat(1000)]));
      const from = store(tree);
      const failing: ArtifactStore = {
        ...from,
        open: (query, signal) =>
          query.path === 'f30'
            ? Promise.reject(new UserError('unreachable', 'The server went away.'))
            : from.open(query, signal),
      };
      await refused(get(failing, ''), 'unreachable', /went away/);
    });
  });

  describe('that is cancelled', () => {
    const cancelled = (error: unknown): boolean => error instanceof UserError && error.kind === 'cancelled';

    it('before it starts, makes nothing', async () => {
      await assert.rejects(get(store({ a: 'a' }), '', AbortSignal.abort(), to('new/place')), cancelled);
      assert.deepEqual(left(), []);
    });

    it('rejects within 100 ms and removes what it wrote', async () => {
      const from = store({ big: Buffer.alloc(64 * 1024 * 1024), small: 'a' });
      const controller = new AbortController();
      let at = 0;
      const work = download(
        from,
        { root, path: '', ...placeOf(to('new/place')) },
        ({ bytes }) => {
          if (bytes < 1024 * 1024 || at > 0) return;
          at = performance.now();
          controller.abort();
        },
        controller.signal,
      );
      await assert.rejects(work, cancelled);
      assert.ok(performance.now() - at < 100);
      while (left().length > 0) await new Promise(setImmediate);
    });

    it('rejects within 100 ms also where the store hangs', async () => {
      const hanging: ArtifactStore = { ...store({ a: 'a' }), list: () => new Promise(() => undefined) };
      const controller = new AbortController();
      const work = get(hanging, '', controller.signal);
      const at = performance.now();
      controller.abort();
      await assert.rejects(work, cancelled);
      assert.ok(performance.now() - at < 100);
    });
  });
});
