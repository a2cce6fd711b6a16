import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { DownloadProgress } from '../../../src/domain/download';
import { UserError } from '../../../src/domain/errors';
import type { ArtifactStore } from '../../../src/domain/ports';
import { download } from '../../../src/registries/download';
import { placeOf, root, useDownloads } from './downloading';
import { plant } from './files/tree';

describe('A download', () => {
  const { folder, artifacts, to, left, store, get, refused } = useDownloads();

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
