import assert from 'node:assert/strict';
import type { BackendName, Opened } from './backends';
import { has, isFrom, itWhere } from './mlflow';
import type { RegistryReading, VersionReading } from './oracle';
import { hostile, kindOf, refusedKeys } from './values';

const long = 'x'.repeat(5000);

/** What changes registered models and versions that are there: written by us, then read back by MLflow's client. */
export function modelWrites(backend: BackendName, of: () => Opened): void {
  let name = '';
  /** Aliases of a version that stays, where this MLflow has them. */
  const held = has('aliases') ? ([['kept', '2']] as const) : [];
  const versionOf = (version: string): Promise<VersionReading> =>
    of().backend.oracle.ask('version', of().backend.uri, name, version);
  const modelOf = async (title: string): Promise<RegistryReading['models'][number] | undefined> =>
    (await of().backend.oracle.ask<RegistryReading>('registry', of().backend.uri, title)).models[0];

  it('a new model and its first version are made in one step', async () => {
    const { models } = of().registry;
    name = `changed ${of().variant}`;
    for (const source of ['s3://b/1', 's3://b/2', 's3://b/3']) {
      await models.createVersion({ name, source, runId: of().reading.first, newModel: true });
    }
    assert.equal((await versionOf('3')).stage, 'None');
  });

  // A server of MLflow 1 or 2.0 takes any source.
  itWhere(backend !== 'rest' || isFrom('2.9'), 'a refused version leaves no empty model behind', async () => {
    const { models } = of().registry;
    const fresh = `never ${of().variant}`;
    const refused = models.createVersion({ name: fresh, source: 'models:/m-0000', modelId: 'm-0000', newModel: true });
    assert.notEqual(await kindOf(refused), 'done');
    assert.equal(await kindOf(models.get({ name: fresh })), 'notFound');
    const ofOld = models.createVersion({ name, source: 'models:/m-0000', modelId: 'm-0000', newModel: true });
    assert.notEqual(await kindOf(ofOld), 'done');
    assert.equal((await models.get({ name })).name, name);
  });

  it('trap 3: descriptions, set and emptied; other changes leave them', async () => {
    const { models } = of().registry;
    await models.setDescription({ name, description: hostile });
    await models.setVersionDescription({ name, version: '1', description: long });
    await models.setTag({ name, key: 'a', value: 'b' });
    await models.setStage({ name, version: '1', stage: 'Staging', archiveExisting: false });
    assert.equal((await modelOf(name))?.[1], hostile);
    assert.equal((await versionOf('1')).description, long);
    await models.setDescription({ name, description: '' });
    await models.setVersionDescription({ name, version: '1', description: '' });
    assert.equal((await modelOf(name))?.[1], '');
    assert.equal((await versionOf('1')).description, '');
  });

  it('tags of a model and of a version, set, changed and deleted', async () => {
    const { models } = of().registry;
    for (const [key, value] of [
      ['text', hostile],
      ['a.b/c d', long],
      ['empty', ''],
      ['text', 'changed'],
    ] as const) {
      await models.setTag({ name, key, value });
      await models.setVersionTag({ name, version: '2', key, value });
      assert.equal((await modelOf(name))?.[3][key], value);
      assert.equal((await versionOf('2')).tags[key], value);
    }
    for (const key of ['text', 'empty', 'never there']) {
      await models.deleteTag({ name, key });
      await models.deleteVersionTag({ name, version: '2', key });
    }
    assert.deepEqual((await modelOf(name))?.[3], { a: 'b', 'a.b/c d': long });
    assert.deepEqual((await versionOf('2')).tags, { 'a.b/c d': long });
  });

  it('stages, and the others in one archived where that is asked for', async () => {
    const { models } = of().registry;
    const stages = async (): Promise<string[]> =>
      (await Promise.all(['1', '2', '3'].map(versionOf))).map(({ stage }) => stage);
    await models.setStage({ name, version: '2', stage: 'Staging', archiveExisting: false });
    assert.deepEqual(await stages(), ['Staging', 'Staging', 'None']);
    const { updated } = await versionOf('1');
    await models.setStage({ name, version: '3', stage: 'Staging', archiveExisting: true });
    assert.deepEqual(await stages(), ['Archived', 'Archived', 'Staging']);
    const [first, third] = [await versionOf('1'), await versionOf('3')];
    assert.ok(first.updated > updated);
    assert.deepEqual([first.updated, third.modelUpdated], [third.updated, third.updated]);
    const toNone = models.setStage({ name, version: '3', stage: 'None', archiveExisting: true });
    assert.equal(await kindOf(toNone), 'invalid');
  });

  it('trap 11: a deleted version takes its aliases with it', async () => {
    const { models } = of().registry;
    const gone = held.map(([alias]) => [`${alias} no more`.replaceAll(' ', '-'), '3'] as const);
    for (const [alias, version] of [...held, ...gone]) await models.setAlias({ name, alias, version });
    await models.deleteVersion({ name, version: '3' });
    assert.deepEqual((await modelOf(name))?.[2], Object.fromEntries(held));
    assert.equal(await kindOf(models.version({ name, version: '3' })), 'notFound');
    assert.equal(await kindOf(models.deleteVersion({ name, version: '3' })), 'notFound');
    assert.equal(
      await kindOf(models.setStage({ name, version: '3', stage: 'None', archiveExisting: false })),
      'notFound',
    );
    assert.equal(await kindOf(models.setVersionTag({ name, version: '3', key: 'a', value: 'b' })), 'notFound');
    assert.equal(await kindOf(models.setVersionDescription({ name, version: '3', description: '' })), 'notFound');
    assert.equal((await models.createVersion({ name, source: 's3://b/4' })).version, '4');
  });

  it('trap 49: a renamed model keeps its versions, tags and aliases', async () => {
    const { models } = of().registry;
    const newName = `renamed näïve "x" ${of().variant}`;
    assert.equal(await kindOf(models.rename({ name, newName: 'tumour' })), 'conflict');
    assert.equal(await kindOf(models.rename({ name, newName: 'a/b' })), 'invalid');
    assert.equal(await kindOf(models.rename({ name: 'nobody', newName: 'x' })), 'notFound');
    await models.rename({ name, newName });
    assert.equal(await modelOf(name), undefined);
    assert.equal(await kindOf(models.get({ name })), 'notFound');
    name = newName;
    assert.deepEqual(await modelOf(name), [name, '', Object.fromEntries(held), { a: 'b', 'a.b/c d': long }]);
    assert.deepEqual((await versionOf('2')).tags, { 'a.b/c d': long });
    assert.deepEqual(
      (await versionOf('2')).aliases,
      held.map(([alias]) => alias),
    );
    assert.equal((await models.createVersion({ name, source: 's3://b/5' })).version, '5');
  });

  it('refuses keys that MLflow refuses, and what is not there', async () => {
    const { models } = of().registry;
    for (const key of refusedKeys) {
      assert.equal(await kindOf(models.setTag({ name, key, value: 'x' })), 'invalid', key);
      assert.equal(await kindOf(models.setVersionTag({ name, version: '2', key, value: 'x' })), 'invalid', key);
    }
    assert.equal(await kindOf(models.setTag({ name: 'nobody', key: 'a', value: 'b' })), 'notFound');
    assert.equal(await kindOf(models.setDescription({ name: 'nobody', description: 'b' })), 'notFound');
    assert.equal(await kindOf(models.delete({ name: 'nobody' })), 'notFound');
    assert.equal(await kindOf(models.deleteTag({ name: 'nobody', key: 'a' })), 'notFound');
  });

  it('MLflow goes on with a model that we wrote: registers, changes, renames and searches', async () => {
    const { models } = of().registry;
    const { oracle, uri } = of().backend;
    const carried = `carried ${of().variant}`;
    await models.createVersion({ name: carried, source: 's3://b/x', newModel: true });
    await models.setStage({ name: carried, version: '1', stage: 'Staging', archiveExisting: true });
    await models.setTag({ name: carried, key: 'text', value: hostile });
    const renames = backend !== 'files';
    const title = renames ? `${carried} on` : carried;
    assert.deepEqual(await oracle.ask('carry_models_on', uri, carried, renames), { models: [title], versions: ['1'] });
    assert.equal((await models.version({ name: title, version: '1' })).stage, 'Archived');
  });

  it('a deleted model is gone with all its versions, and its name is free', async () => {
    const { models } = of().registry;
    await models.delete({ name });
    assert.equal(await modelOf(name), undefined);
    assert.equal(await kindOf(models.get({ name })), 'notFound');
    await models.create({ name });
    assert.deepEqual(await modelOf(name), [name, '', {}, {}]);
    assert.equal((await models.createVersion({ name, source: 's3://b/1' })).version, '1');
  });
}
