import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  isNeverMade,
  listLocal,
  localPathOf,
  readLocal,
  resolveLocalRoot,
} from '../../../src/registries/localArtifacts';
import { plant, useFolder } from './files/tree';

describe('local artifacts', () => {
  const folder = useFolder();
  const root = (): string => path.join(folder(), 'artifacts');

  it('lists folders first, then names, one level, with paths from the root', async () => {
    plant(root(), { 'b.txt': 'xy', 'a b#%.txt': '', sub: { z: '', deeper: {} }, Zeta: {} });
    assert.deepEqual(await listLocal(root(), ''), [
      { path: 'Zeta', isDir: true },
      { path: 'sub', isDir: true },
      { path: 'a b#%.txt', isDir: false, size: 0 },
      { path: 'b.txt', isDir: false, size: 2 },
    ]);
    assert.deepEqual(await listLocal(root(), 'sub'), [
      { path: 'sub/deeper', isDir: true },
      { path: 'sub/z', isDir: false, size: 0 },
    ]);
    for (const unknown of ['nothing', 'b.txt']) assert.deepEqual(await listLocal(root(), unknown), []);
  });

  it('reads at most what is asked, and tells the whole size', async () => {
    plant(root(), { a: 'hello', sub: {} });
    const { bytes, size, truncated } = await readLocal(root(), 'a', 3);
    assert.deepEqual([Buffer.from(bytes).toString(), size, truncated], ['hel', 5, true]);
    assert.equal((await readLocal(root(), 'a', 100)).truncated, false);
    for (const none of ['sub', 'nothing', 'a/b'])
      await assert.rejects(readLocal(root(), none, 9), { kind: 'notFound' });
  });

  it('stays below the root, links included', async () => {
    plant(folder(), { secret: 'x', artifacts: { inside: 'y' } });
    fs.symlinkSync(path.join(folder(), 'secret'), path.join(root(), 'out'));
    fs.symlinkSync(folder(), path.join(root(), 'up'));
    fs.symlinkSync('nothing', path.join(root(), 'broken'));
    fs.symlinkSync('round', path.join(root(), 'round'));
    fs.symlinkSync('inside', path.join(root(), 'link'));
    const names = (await listLocal(root(), '')).map((artifact) => artifact.path);
    assert.deepEqual(names, ['inside', 'link']);
    for (const outside of ['out', 'up/secret', '../secret', '/etc/passwd', 'a/../../secret', 'a\\b', 'a\0'])
      await assert.rejects(readLocal(root(), outside, 9), { kind: 'invalid' }, outside);
    await assert.rejects(listLocal(root(), 'up'), { kind: 'invalid' });
    assert.deepEqual(await listLocal(root(), 'round'), []);
  });

  it('follows a link that is the root itself', async () => {
    plant(folder(), { real: { a: 'x' } });
    fs.symlinkSync('real', root());
    assert.deepEqual(await listLocal(root(), ''), [{ path: 'a', isDir: false, size: 1 }]);
  });

  it('gives up when it is aborted', async () => {
    plant(root(), { a: 'x' });
    await assert.rejects(listLocal(root(), '', AbortSignal.abort()), { name: 'AbortError' });
  });

  it('knows local paths in plain and file form, and no other scheme', () => {
    const cases: readonly (readonly [string, string | undefined])[] = [
      ['/a/b c', '/a/b c'],
      ['relative/x', 'relative/x'],
      ['file:///a/b%20c%23', '/a/b c#'],
      ['file://localhost/a', '/a'],
      ['file:/a', '/a'],
      ['file:///a%zz', '/a%zz'],
      ['file://host/share', undefined],
      ['//host/share', undefined],
      ['\\\\host\\share', undefined],
      ['s3://b/k', undefined],
      ['mlflow-artifacts:/0/r', undefined],
      ['', undefined],
      ['file:', undefined],
    ];
    if (process.platform === 'win32') return;
    for (const [uri, expected] of cases) assert.equal(localPathOf(uri), expected, uri);
  });

  it('trap 40: resolves a recorded location that is here, at a hint, or by its end below the store', () => {
    plant(folder(), { '0': { r: { artifacts: { model: {} } } }, artifacts: {}, recorded: {} });
    const place = path.join(folder(), '0', 'r', 'artifacts');
    const at = (uri: string, ...hints: string[]): string | undefined => resolveLocalRoot(uri, folder(), hints);
    const recorded = path.join(folder(), 'recorded');
    assert.equal(at(pathToFileURL(recorded).href, '0/r/artifacts'), recorded);
    assert.equal(at('file:///gone/elsewhere/artifacts', '0/r/artifacts'), place);
    assert.equal(at('/home/else/mlruns/0/r/artifacts'), place);
    assert.equal(at('./mlruns/0/r/artifacts/model'), path.join(place, 'model'));
    assert.equal(at('file:///C:/Users/x/mlruns/0/r/artifacts'), place);
    // One part alone would find the wrong folder.
    assert.equal(at('/gone/artifacts'), undefined);
    assert.equal(at('/gone/../0/r/artifacts'), undefined);
    assert.equal(at('s3://bucket/0/r/artifacts'), undefined);
  });

  it('finds what a server kept beside the store, also where the URI names the server', () => {
    plant(folder(), { mlartifacts: { '1': { r: { artifacts: { a: 'x' } } } } });
    const place = path.join(folder(), 'mlartifacts', '1', 'r', 'artifacts');
    for (const uri of [
      'mlflow-artifacts:/1/r/artifacts',
      'mlflow-artifacts:///1/r/artifacts',
      'mlflow-artifacts://h:5000/1/r/artifacts',
    ])
      assert.equal(resolveLocalRoot(uri, folder()), place, uri);
    assert.equal(resolveLocalRoot('mlflow-artifacts:/../1/r/artifacts', folder()), undefined);
  });

  it('tells a folder that no artifact made from one on another machine', () => {
    plant(folder(), { db: { mlruns: { '1': {} } }, project: { mlruns: { '2': {} } } });
    const at = (uri: string): boolean => isNeverMade(uri, path.join(folder(), 'db'));
    const project = pathToFileURL(path.join(folder(), 'project')).href;
    assert.equal(at(`${project}/mlruns/2/r/artifacts`), true);
    assert.equal(at(`${project}/mlruns/3/r/artifacts`), true);
    assert.equal(at('./mlruns/3/r/artifacts'), true);
    // The tree was copied beside the store.
    assert.equal(at('/home/else/mlruns/1/r/artifacts'), true);
    assert.equal(at('C:\\else\\mlruns\\1\\r\\artifacts'), true);
    assert.equal(at('/home/else/mlruns/2/r/artifacts'), false);
    assert.equal(at(`${project}/a/b/c/d/e/artifacts`), false);
    for (const elsewhere of ['/r/artifacts', 's3://b/1/r/artifacts', 'mlflow-artifacts:/1/r', ''])
      assert.equal(at(elsewhere), false, elsewhere);
    plant(folder(), { mlartifacts: {} });
    assert.equal(at('mlflow-artifacts:/1/r/artifacts'), true);
  });

  it("finds what a server's proxy served from its own folder", () => {
    plant(folder(), { mlartifacts: { '0': { r: {} } }, store: {} });
    const place = path.join(folder(), 'mlartifacts', '0', 'r');
    assert.equal(resolveLocalRoot('mlflow-artifacts:/0/r', path.join(folder(), 'store')), place);
    assert.equal(resolveLocalRoot('mlflow-artifacts:/0/r', folder()), place);
    assert.equal(resolveLocalRoot('mlflow-artifacts:/../store', path.join(folder(), 'store')), undefined);
  });
});
