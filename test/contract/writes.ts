import assert from 'node:assert/strict';
import type { BackendName, Opened } from './backends';
import { has, isFrom, itWhere } from './mlflow';
import type { RegistryReading } from './oracle';
import { hostile, kindOf, record } from './values';

export function writes(name: BackendName, of: () => Opened): void {
  const model = (): string => `written ${of().variant}`;
  const readBack = async (): Promise<{ models: RegistryReading['models'][number][]; versions: unknown }> => {
    const { oracle, uri } = of().backend;
    const { models, versions } = await oracle.ask<RegistryReading>('registry', uri, model());
    return { models: [...models], versions: versions[model()] };
  };

  const yaml = name === 'files' ? 'trap 32: ' : '';
  it(`${yaml}a model and its versions, MLflow’s client reads back`, async () => {
    const { models } = of().registry;
    const { first } = of().reading;
    await models.create({ name: model(), description: hostile });
    const plain = await models.createVersion({
      name: model(),
      source: 's3://bucket/written',
      runId: first,
      description: hostile,
      tags: [{ key: 'why', value: hostile }],
    });
    assert.deepEqual([plain.version, plain.source, plain.runId], ['1', 's3://bucket/written', first]);
    assert.deepEqual(await models.version({ name: model(), version: '1' }), plain);
    await models.createVersion({ name: model(), source: 's3://bucket/second' });
    assert.deepEqual(await readBack(), {
      models: [[model(), hostile, {}, {}]],
      versions: [
        ['2', 's3://bucket/second', '', 'None', '', {}],
        ['1', 's3://bucket/written', first, 'None', hostile, { why: hostile }],
      ],
    });
  });

  itWhere(
    has('loggedModels'),
    'trap 53: a version of a logged model knows it without a column, as MLflow’s client does',
    async () => {
      const { registry, backend, reading } = of();
      const modelId = reading.loggedModels[0]![0];
      const made = await registry.models.createVersion({ name: model(), source: `models:/${modelId}`, modelId });
      assert.equal(made.modelId, modelId);
      const { artifactLocation, tags } = await registry.loggedModels.get({ modelId });
      assert.equal(await backend.oracle.ask('download', backend.uri, model(), made.version), artifactLocation);
      assert.ok(record(tags)['mlflow.modelVersions']?.includes(`"${model()}"`));
      const ofRun = await registry.models.searchVersions({ filter: `run_id = '${reading.first}'`, maxResults: 100 });
      assert.ok(ofRun.items.some((one) => one.name === model() && one.version === made.version));
    },
  );

  itWhere(
    has('aliases'),
    'trap 4: aliases, set, moved and removed; removing one that is not there is no error',
    async () => {
      const { models } = of().registry;
      const aliases = async (): Promise<unknown> => (await readBack()).models[0]?.[2];
      await models.setAlias({ name: model(), alias: 'prod', version: '1' });
      assert.deepEqual(await aliases(), { prod: '1' });
      await models.setAlias({ name: model(), alias: 'prod', version: '2' });
      assert.deepEqual(await aliases(), { prod: '2' });
      assert.deepEqual((await models.version({ name: model(), version: '2' })).aliases, ['prod']);
      await models.deleteAlias({ name: model(), alias: 'prod' });
      assert.deepEqual(await aliases(), {});
      await models.deleteAlias({ name: model(), alias: 'prod' });
    },
  );

  it('trap 39: a deleted version keeps its number, whoever deleted it', async () => {
    const { registry, backend } = of();
    const { version } = await registry.models.createVersion({ name: model(), source: 's3://bucket/last' });
    if (has('aliases')) await registry.models.setAlias({ name: model(), alias: 'last', version });
    await backend.oracle.ask('delete_version', backend.uri, model(), version);
    assert.equal(await kindOf(registry.models.version({ name: model(), version })), 'notFound');
    const next = await registry.models.createVersion({ name: model(), source: 's3://bucket/next' });
    assert.equal(next.version, String(Number(version) + 1));
    assert.deepEqual(record((await registry.models.get({ name: model() })).aliases), (await readBack()).models[0]?.[2]);
  });

  it('refuses in words: a taken name, a bad name, a bad alias, a missing version and model', async () => {
    const { models } = of().registry;
    const s = { source: 's3://b/x' };
    assert.equal(await kindOf(models.create({ name: 'tumour' })), 'conflict');
    if (has('prompts')) assert.equal(await kindOf(models.create({ name: 'a-prompt' })), 'conflict');
    if (name !== 'rest' || isFrom('3.13')) assert.equal(await kindOf(models.create({ name: 'with/slash' })), 'invalid');
    assert.equal(await kindOf(models.createVersion({ name: 'nobody', ...s })), 'notFound');
    if (!has('aliases')) return;
    assert.equal(await kindOf(models.setAlias({ name: 'tumour', alias: 'x', version: '99' })), 'notFound');
    assert.equal(await kindOf(models.setAlias({ name: 'tumour', alias: 'x', version: '3' })), 'notFound');
    assert.equal(await kindOf(models.setAlias({ name: 'tumour', alias: 'v3', version: '1' })), 'invalid');
    assert.equal(await kindOf(models.deleteAlias({ name: 'nobody', alias: 'x' })), 'notFound');
  });

  itWhere(has('aliases'), 'trap 9: the alias "latest" is refused', async () => {
    const { models } = of().registry;
    assert.equal(await kindOf(models.setAlias({ name: 'tumour', alias: 'latest', version: '1' })), 'invalid');
  });

  if (name !== 'rest') return;
  it('trap 27: a source in a run is resolved before the server gets it', async () => {
    const { registry, backend, reading } = of();
    const source = `runs:/${reading.first}/plots`;
    const made = await registry.models.createVersion({ name: model(), source, runId: reading.first });
    assert.match(made.source, /\/artifacts\/plots$/);
    assert.equal(await backend.oracle.ask('download', backend.uri, model(), made.version), made.source);
  });
}
