import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Artifact } from '../../../src/domain/artifact';
import { UserError } from '../../../src/domain/errors';
import type { ArtifactStore } from '../../../src/domain/ports';
import { useDownloads } from './downloading';
import { open, plant } from './files/tree';

describe('A download never leaves its folder', () => {
  const { folder, artifacts, to, store, get, refused } = useDownloads();

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
