import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../../src/domain/errors';
import type { ArtifactRoot } from '../../src/domain/artifact';
import { download } from '../../src/registries/download';
import { type BackendName, hasRegistry, type Opened } from './backends';
import { has, itWhere } from './mlflow';
import { kindOf } from './values';

const deep = 'deep ö/c\'d".txt';

export function artifacts(name: BackendName, of: () => Opened): void {
  const run = (): ArtifactRoot => ({ kind: 'run', runId: of().reading.first });
  const read = async (root: ArtifactRoot, path: string, maxBytes = 1000): Promise<string> => {
    const { bytes } = await of().registry.artifacts.read({ root, path, maxBytes });
    return Buffer.from(bytes).toString('utf8');
  };
  const list = async (root: ArtifactRoot, path: string): Promise<unknown[]> =>
    (await of().registry.artifacts.list({ root, path })).map((one) => [one.path, one.isDir, one.size ?? null]);

  it('lists each folder as MLflow does, folders first; an unknown folder is empty', async () => {
    for (const [path, files] of Object.entries(of().reading.artifacts)) {
      const expected = [...files.filter(([, isDir]) => isDir), ...files.filter(([, isDir]) => !isDir)];
      assert.deepEqual(await list(run(), path), expected);
    }
    assert.deepEqual(await list(run(), 'no/such'), []);
  });

  it('reads files with blanks and signs in their names, and the start of one', async () => {
    assert.equal(await read(run(), 'plots/b 1+1 & c.txt'), 'second');
    assert.equal(await read(run(), `plots/${deep}`), 'third 🚀');
    if (name !== 'rest') assert.equal(await read(run(), 'plots/100% #1.txt'), 'odd');
    const start = await of().registry.artifacts.read({ root: run(), path: 'a.txt', maxBytes: 2 });
    assert.deepEqual([Buffer.from(start.bytes).toString(), start.truncated], ['fi', true]);
  });

  it('refuses paths that leave the artifacts', async () => {
    const { artifacts: store } = of().registry;
    for (const path of ['..', '../x', 'plots/../../x', '/etc/passwd', 'a\\..\\b', './a.txt']) {
      assert.equal(await kindOf(store.list({ root: run(), path })), 'invalid', path);
      assert.equal(await kindOf(store.read({ root: run(), path, maxBytes: 1 })), 'invalid', path);
    }
  });

  it('trap 12: a missing artifact is one sentence', async () => {
    for (const path of ['nothing.txt', 'plots/nothing.txt', 'a.txt/b']) {
      const reading = of().registry.artifacts.read({ root: run(), path, maxBytes: 1 });
      await assert.rejects(
        reading,
        (error) => error instanceof UserError && error.kind === 'notFound' && !error.message.includes('\n'),
      );
    }
  });

  itWhere(
    has('loggedModels') && hasRegistry(name),
    'the files of a logged model, and of the version made from it',
    async () => {
      const modelId = of().reading.loggedModels[0]![0];
      for (const root of [
        { kind: 'loggedModel', modelId },
        { kind: 'version', name: 'net', version: '1' },
      ] as const) {
        assert.deepEqual(await list(root, ''), [['MLmodel', false, 12]]);
        assert.equal(await read(root, 'MLmodel'), 'flavors: {}\n');
      }
    },
  );

  const title = name === 'rest' ? 'trap 13: a version below the proxy, which lists last parts of names only' : '';
  itWhere(hasRegistry(name), title || 'a version made from a folder of a run', async () => {
    const root = { kind: 'version', name: 'net', version: '2' } as const;
    const expected = of().reading.artifacts['plots']!.map(([path, isDir]) => [path.slice('plots/'.length), isDir]);
    const seen = (await list(root, '')).map((file) => (file as unknown[]).slice(0, 2));
    assert.deepEqual(seen.sort(), expected.sort());
    assert.deepEqual(
      (await list(root, 'deep ö')).map((file) => (file as unknown[])[0]),
      [deep],
    );
    assert.equal(await read(root, deep), 'third 🚀');
  });

  it('downloads what MLflow’s client downloads, to the byte', async () => {
    const { registry, reading, backend } = of();
    const cases: (readonly [ArtifactRoot, string, string])[] = [
      [run(), '', (await registry.runs.get({ runId: reading.first })).artifactUri],
      [run(), 'plots', `runs:/${reading.first}/plots`],
      [run(), 'plots/deep ö', `runs:/${reading.first}/plots/deep ö`],
    ];
    if (hasRegistry(name)) cases.push([{ kind: 'version', name: 'net', version: '2' }, '', 'models:/net/2']);
    for (const [modelId] of reading.loggedModels) {
      cases.push([{ kind: 'loggedModel', modelId }, '', `models:/${modelId}`]);
      cases.push([{ kind: 'version', name: 'net', version: '1' }, '', 'models:/net/1']);
    }
    const folder = mkdtempSync(path.join(backend.folder, 'downloads-'));
    for (const [i, [root, artifact, uri]] of cases.entries()) {
      const request = { root, path: artifact, folder, name: String(i) };
      const { target, files } = await download(registry.artifacts, request, () => undefined);
      const ours = files.map(({ file, size, sha256 }) => [path.relative(target, file), size, sha256]).sort();
      const { localPath } = await registry.artifacts.locate({ root, path: artifact });
      const odd = name !== 'rest' && ours.some(([file]) => String(file).includes('%'));
      // From its own disk the client refuses a name with a % that it wrote itself: what lies there is the truth then.
      const expected = odd ? filesBelow(localPath!) : await backend.oracle.ask('fetch', backend.uri, uri);
      assert.deepEqual(ours, expected, uri);
      assert.deepEqual(filesBelow(target), ours);
    }
  });

  itWhere(hasRegistry(name), 'trap 25: files of a version elsewhere are refused, not fetched', async () => {
    const root = { kind: 'version', name: 'tumour', version: '2' } as const;
    assert.equal(await kindOf(of().registry.artifacts.list({ root, path: '' })), 'unsupported');
  });
}

/** `[path, size, sha256]` of each file, sorted. */
function filesBelow(folder: string): (readonly [string, number, string])[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    statSync(path.join(folder, file)).isFile(),
  );
  return files.sort().map((file) => {
    const bytes = readFileSync(path.join(folder, file));
    return [file, bytes.length, createHash('sha256').update(bytes).digest('hex')];
  });
}
