import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Registry } from '../../../../src/domain/ports';
import { mapField, parseMeta, textField } from '../../../../src/registries/files/metaYaml';
import { experimentMeta, modelMeta, open, plant, runMeta, type Tree, useFolder, versionMeta } from './tree';

describe('file store: models', () => {
  const folder = useFolder();
  const store = (models: Tree): Registry => {
    plant(folder(), { '0': { 'meta.yaml': experimentMeta('0', 'Default') }, models });
    return open(folder());
  };
  const versions = (...numbers: readonly number[]): Tree =>
    Object.fromEntries(numbers.map((n) => [`version-${n}`, { 'meta.yaml': versionMeta('m', n) }]));

  it('lists models by name with tags, without prompts and what is no model', async () => {
    const registry = store({
      b: { 'meta.yaml': modelMeta('b'), tags: { team: 'x' } },
      'a b 🎯': { 'meta.yaml': modelMeta('a b 🎯').replace('null', "'one\n\n  two'") },
      prompt: { 'meta.yaml': modelMeta('prompt'), tags: { 'mlflow.prompt.is_prompt': 'true' } },
      empty: {},
      broken: { 'meta.yaml': '- a\n' },
    });
    const names = async (filter?: string, orderBy?: string[]): Promise<string[]> => {
      const query = { maxResults: 9, ...(filter && { filter }), ...(orderBy && { orderBy }) };
      return (await registry.models.search(query)).items.map(({ name }) => name);
    };
    assert.deepEqual(await names(), ['a b 🎯', 'b']);
    assert.deepEqual(await names("tags.team = 'x'"), ['b']);
    assert.deepEqual(await names("name ILIKE '%B%'", ['name DESC']), ['b', 'a b 🎯']);
    assert.deepEqual(await names("tags.`mlflow.prompt.is_prompt` != 'true'"), ['a b 🎯', 'b']);
    assert.equal((await registry.models.get({ name: 'a b 🎯' })).description, 'one\ntwo');
    for (const name of ['nope', 'b2']) await assert.rejects(registry.models.get({ name }), { kind: 'notFound' });
    for (const name of ['..', 'a/b', '', 'a\0b'])
      await assert.rejects(registry.models.get({ name }), { kind: 'invalid' });
  });

  it('reads models with the names that older releases allowed, and makes none', async () => {
    const registry = store({ 'a:b': { 'meta.yaml': modelMeta('a:b') }, '100%': { 'meta.yaml': modelMeta('100%') } });
    const { items } = await registry.models.search({ maxResults: 9 });
    assert.deepEqual(
      items.map(({ name }) => name),
      ['100%', 'a:b'],
    );
    assert.deepEqual((await registry.models.versions({ name: 'a:b', maxResults: 9 })).items, []);
    for (const name of ['c:d', '%2e', 'a\\b'])
      await assert.rejects(registry.models.create({ name }), { kind: 'invalid' });
  });

  it('trap 38: takes aliases from their files, not from the map in meta.yaml', async () => {
    const registry = store({
      m: {
        'meta.yaml': modelMeta('m').replace('aliases: {}', "aliases:\n  stale: '1'"),
        aliases: { champion: '2', gone: '9', blank: '' },
        ...versions(1, 2),
      },
    });
    const assignments = [
      { alias: 'champion', version: '2' },
      { alias: 'gone', version: '9' },
    ];
    assert.deepEqual((await registry.models.get({ name: 'm' })).aliases, assignments);
    const { items } = await registry.models.versions({ name: 'm', maxResults: 9 });
    assert.deepEqual(
      items.map(({ version, aliases }) => [version, aliases]),
      [
        ['2', ['champion']],
        ['1', []],
      ],
    );
  });

  it('trap 39: hides Deleted_Internal versions and counts them for numbering', async () => {
    const registry = store({
      m: {
        'meta.yaml': modelMeta('m'),
        ...versions(1, 2, 10),
        'version-11': { 'meta.yaml': versionMeta('m', 11, { current_stage: 'Deleted_Internal' }) },
        'version-x': {},
        'version-3': {},
      },
    });
    const first = await registry.models.versions({ name: 'm', maxResults: 2 });
    assert.ok(first.nextPageToken);
    const second = await registry.models.versions({ name: 'm', maxResults: 2, pageToken: first.nextPageToken });
    const numbers = [...first.items, ...second.items].map(({ version }) => version);
    assert.deepEqual(numbers, ['10', '2', '1']);
    for (const version of ['11', '3', '01', '', '../version-1', '1e0'])
      await assert.rejects(registry.models.version({ name: 'm', version }), { kind: 'notFound' }, version);
    assert.equal((await registry.models.createVersion({ name: 'm', source: 's3://x/y' })).version, '12');
  });

  it('finds the versions of a run over all models', async () => {
    const of = (run_id: string): Tree => ({ 'meta.yaml': versionMeta('m', 1, { run_id }) });
    const registry = store({
      b: { 'meta.yaml': modelMeta('b'), 'version-1': of('r'), 'version-2': of('r'), 'version-3': of('other') },
      a: { 'meta.yaml': modelMeta('a'), 'version-1': of('r') },
    });
    const orderBy = ['name', 'version_number DESC'];
    const found = await registry.models.searchVersions({ filter: "run_id = 'r'", orderBy, maxResults: 10 });
    assert.deepEqual(
      found.items.map(({ name, version }) => `${name}/${version}`),
      ['a/1', 'b/2', 'b/1'],
    );
  });

  it('creates a model as MLflow reads it, and refuses a name that is taken', async () => {
    const registry = store({
      prompt: { 'meta.yaml': modelMeta('prompt'), tags: { 'mlflow.prompt.is_prompt': 'true' } },
    });
    const description = "yes: 'a'\n\u2028 🎯";
    const created = await registry.models.create({ name: 'new', description });
    assert.deepEqual([created.name, created.description, created.aliases], ['new', description, []]);
    assert.deepEqual(fs.readdirSync(path.join(folder(), 'models', 'new')), ['meta.yaml']);
    await assert.rejects(registry.models.create({ name: 'new' }), {
      kind: 'conflict',
      message: /"new" is there already/,
    });
    await assert.rejects(registry.models.create({ name: 'prompt' }), { kind: 'conflict', message: /prompt/ });
    await assert.rejects(registry.models.create({ name: '../x' }), { kind: 'invalid' });
  });

  it('creates versions one after another with tags, and leaves the number to whom made the folder', async () => {
    const registry = store({ m: { 'meta.yaml': modelMeta('m') } });
    const made = await Promise.all(
      [1, 2, 3].map((n) =>
        registry.models.createVersion({ name: 'm', source: `s3://b/${n}`, tags: [{ key: 'a/b', value: 'x\ny' }] }),
      ),
    );
    assert.deepEqual(made.map(({ version }) => version).sort(), ['1', '2', '3']);
    assert.deepEqual(made[0]?.tags, [{ key: 'a/b', value: 'x\ny' }]);
    const dir = path.join(folder(), 'models', 'm', 'version-1');
    assert.deepEqual(fs.readdirSync(dir).sort(), ['meta.yaml', 'tags']);
    const meta = fs.readFileSync(path.join(dir, 'meta.yaml'), 'utf8');
    assert.match(meta, /^version: 1$/m);
    assert.match(meta, /^run_id: null$/m);
    fs.writeFileSync(path.join(folder(), 'models', 'm', 'version-4'), 'taken');
    await assert.rejects(registry.models.createVersion({ name: 'm', source: 's3://b' }), { kind: 'conflict' });
    await assert.rejects(registry.models.createVersion({ name: 'nope', source: 's3://b' }), { kind: 'notFound' });
    const tags = [{ key: '../../x', value: '' }];
    await assert.rejects(registry.models.createVersion({ name: 'm', source: 's3://b', tags }), { kind: 'invalid' });
  });

  it('writes nothing into a model whose meta.yaml cannot be read', async () => {
    const registry = store({ m: { 'meta.yaml': '- broken\n', ...versions(1) } });
    const kind = { kind: 'invalid', message: /meta\.yaml/ };
    await assert.rejects(registry.models.createVersion({ name: 'm', source: 's3://b' }), kind);
    await assert.rejects(registry.models.setAlias({ name: 'm', alias: 'a', version: '1' }), kind);
    assert.deepEqual(fs.readdirSync(path.join(folder(), 'models', 'm')), ['meta.yaml', 'version-1']);
  });

  it('makes a version from a logged model: its run, its place, and the tag on the logged model', async () => {
    const registry = store({ ü: { 'meta.yaml': modelMeta('ü') } });
    const meta = `artifact_location: file:///place\nexperiment_id: '0'\nmodel_id: m-1\nsource_run_id: r\nstatus: 2\n`;
    plant(folder(), { '0': { models: { 'm-1': { 'meta.yaml': meta } } } });
    const request = { name: 'ü', source: 'models:/m-1', modelId: 'm-1' };
    const version = await registry.models.createVersion(request);
    await registry.models.createVersion(request);
    assert.deepEqual([version.runId, version.modelId], ['r', 'm-1']);
    const written = fs.readFileSync(path.join(folder(), 'models', 'ü', 'version-1', 'meta.yaml'), 'utf8');
    assert.match(written, /^storage_location: "file:\/\/\/place"$/m);
    const { tags } = await registry.loggedModels.get({ modelId: 'm-1' });
    const value = '[{"name": "\\u00fc", "version": 1}, {"name": "\\u00fc", "version": 2}]';
    assert.deepEqual(tags, [{ key: 'mlflow.modelVersions', value }]);
    const unknown = { name: 'ü', source: 'models:/m-2', modelId: 'm-2' };
    await assert.rejects(registry.models.createVersion(unknown), { kind: 'notFound' });
  });

  it('trap 42: moves an alias in its file and in the map, and leaves no other file behind', async () => {
    const registry = store({ m: { 'meta.yaml': modelMeta('m').replace('1700000000001', '5'), ...versions(1, 2) } });
    await registry.models.setAlias({ name: 'm', alias: 'champion', version: '1' });
    await registry.models.setAlias({ name: 'm', alias: 'champion', version: '2' });
    const dir = path.join(folder(), 'models', 'm');
    assert.deepEqual(fs.readdirSync(path.join(dir, 'aliases')), ['champion']);
    assert.deepEqual(fs.readdirSync(dir).sort(), ['aliases', 'meta.yaml', 'version-1', 'version-2']);
    assert.equal(fs.readFileSync(path.join(dir, 'aliases', 'champion'), 'utf8'), '2');
    const meta = parseMeta(fs.readFileSync(path.join(dir, 'meta.yaml'), 'utf8'))!;
    assert.deepEqual(mapField(meta, 'aliases'), [{ key: 'champion', value: '2' }]);
    assert.ok(Number(textField(meta, 'last_updated_timestamp')) > 5);
    assert.equal(textField(meta, 'creation_timestamp'), '1700000000000');
    await registry.models.deleteAlias({ name: 'm', alias: 'champion' });
    await registry.models.deleteAlias({ name: 'm', alias: 'champion' });
    assert.deepEqual((await registry.models.get({ name: 'm' })).aliases, []);
  });

  it('trap 42: never has a temporary file among the aliases, not even for a moment', async () => {
    const registry = store({ m: { 'meta.yaml': modelMeta('m'), ...versions(1), aliases: {} } });
    const seen = new Set<string>();
    const watcher = fs.watch(path.join(folder(), 'models', 'm', 'aliases'));
    const done = new Promise<void>((resolve) => {
      watcher.on('change', (_, name) => {
        seen.add(String(name));
        if (name === 'last') resolve();
      });
    });
    for (const alias of ['first', 'last']) await registry.models.setAlias({ name: 'm', alias, version: '1' });
    await done;
    watcher.close();
    assert.deepEqual([...seen], ['first', 'last']);
  });

  it('refuses aliases that MLflow refuses and versions that are not there', async () => {
    const registry = store({ m: { 'meta.yaml': modelMeta('m'), ...versions(1) } });
    const set = (alias: string, version = '1'): Promise<void> =>
      registry.models.setAlias({ name: 'm', alias, version });
    for (const alias of ['latest', 'Latest', 'v1', 'a/b', '..', '', 'a b'])
      await assert.rejects(set(alias), { kind: 'invalid' }, alias);
    await assert.rejects(set('ok', '2'), { kind: 'notFound' });
    await registry.models.deleteAlias({ name: 'm', alias: '../meta.yaml' });
    assert.ok(fs.existsSync(path.join(folder(), 'models', 'm', 'meta.yaml')));
    assert.equal(fs.existsSync(path.join(folder(), 'models', 'm', 'aliases')), false);
  });

  it('trap 40: finds the artifacts of a copied store by where they lie now', async () => {
    const registry = store({
      m: {
        'meta.yaml': modelMeta('m'),
        'version-1': {
          'meta.yaml': versionMeta('m', 1, { storage_location: 'file:///gone/mlruns/0/r/artifacts/model' }),
        },
        'version-2': { 'meta.yaml': versionMeta('m', 2, { source: 'runs:/r/model', storage_location: 'null' }) },
        'version-3': { 'meta.yaml': versionMeta('m', 3, { source: 'models:/m/2', storage_location: 'null' }) },
        'version-4': { 'meta.yaml': versionMeta('m', 4, { source: 's3://b/k', storage_location: 's3://b/k' }) },
      },
    });
    plant(folder(), { '0': { r: { 'meta.yaml': runMeta('0', 'r'), artifacts: { model: { MLmodel: 'hello' } } } } });
    const run = { kind: 'run', runId: 'r' } as const;
    const listed = await registry.artifacts.list({ root: run, path: '' });
    assert.deepEqual(listed, [{ path: 'model', isDir: true }]);
    const place = path.join(folder(), '0', 'r', 'artifacts', 'model');
    for (const version of ['1', '2', '3']) {
      const root = { kind: 'version', name: 'm', version } as const;
      assert.equal((await registry.artifacts.locate({ root, path: '' })).localPath, place, version);
      const { bytes } = await registry.artifacts.read({ root, path: 'MLmodel', maxBytes: 4 });
      assert.equal(Buffer.from(bytes).toString(), 'hell');
    }
    const remote = { kind: 'version', name: 'm', version: '4' } as const;
    assert.deepEqual(await registry.artifacts.locate({ root: remote, path: 'a b' }), { uri: 's3://b/k/a b' });
    await assert.rejects(registry.artifacts.list({ root: remote, path: '' }), { kind: 'unsupported', message: /s3:/ });
    await assert.rejects(registry.artifacts.list({ root: { kind: 'run', runId: 'x' }, path: '' }), {
      kind: 'notFound',
    });
  });
});
