import * as assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { commands as ids } from '../../src/ids';
import type { Registry } from '../../src/domain/ports';
import { type Ref, versionOf } from '../../src/domain/ref';
import { openLocal } from '../../src/registries/local';
import { openRegistry } from '../../src/registries/open';
import { refusal, run } from './script';
import { elementAt } from './treeText';
import { ownSample, showOwnStores, showsFirst, showStore, trees, until } from './window';

const name = 'tumour-classifier';

describe('Registering and aliases by commands', () => {
  /** The store of the test, read and written beside the extension as a colleague would. */
  let other: Registry;

  before(async () => {
    const { uri } = await ownSample();
    other = openRegistry({ name: 'other', trackingUri: uri }, { local: openLocal });
    await showStore('models', uri);
    await until(async () => {
      const [first] = await (await trees()).models.getChildren();
      return first?.kind === 'model' && first.ref.registry === 'models';
    });
  });

  after(async () => {
    other.dispose();
    await showOwnStores();
    await showsFirst('experiments', 'digits-reader');
  });

  async function refOf(model: string, version: string): Promise<Ref> {
    const { ref } = await elementAt((await trees()).models, model, version);
    assert.ok(ref);
    return ref;
  }

  async function sourceRun(model: string, version: string): Promise<Ref> {
    const { runId } = await other.models.version(versionOf(await refOf(model, version)));
    return { kind: 'run', registry: 'models', id: runId };
  }

  async function holder(alias: string): Promise<string | undefined> {
    const { aliases } = await other.models.get({ name });
    return aliases.find((each) => each.alias === alias)?.version;
  }

  async function versionsOf(model: string): Promise<readonly string[]> {
    const { items } = await other.models.versions({ name: model, maxResults: 100 });
    return items.map(({ version }) => version);
  }

  /** A run that has a logged model and, as MLflow 2 logged them, an artifact folder with a model. */
  async function runWithTwoModels(): Promise<Ref> {
    const ref = await sourceRun('wine-quality', 'v2');
    const model = await other.artifacts.locate({
      root: { kind: 'version', name: 'wine-quality', version: '2' },
      path: '',
    });
    const { artifactUri } = await other.runs.get({ runId: ref.id });
    assert.ok(model.localPath);
    cpSync(model.localPath, path.join(fileURLToPath(artifactUri), 'nested', 'classic'), { recursive: true });
    return ref;
  }

  describe('Register Model Version', () => {
    it('registers the logged model of a run under an existing model', async () => {
      const ref = await sourceRun('wine-quality', 'v2');
      const ui = await run(ids.registerVersion, [ref], 'wine-quality', true);
      assert.deepEqual(ui.asked, ['Register under which model?', 'Register model as a new version of wine-quality?']);
      assert.equal(ui.said.at(-1), 'wine-quality v3 is registered');
      const made = await other.models.version({ name: 'wine-quality', version: '3' });
      assert.deepEqual([made.runId, made.source.startsWith('models:/m-'), made.status], [ref.id, true, 'READY']);
      const { models } = await trees();
      await until(async () => (await refOf('wine-quality', 'v3').catch(() => undefined)) !== undefined);
      assert.equal((await models.getChildren(await elementAt(models, 'wine-quality'))).length, 3);
    });

    it('registers a logged model of the Experiments tree under a new model', async () => {
      const { experiments } = await trees();
      const group = await elementAt(experiments, 'wine-quality', 'Logged models');
      const [model] = await experiments.getChildren(group);
      assert.ok(model?.kind === 'loggedModel');
      const ui = await run(ids.registerVersion, [model], 'New model…', 'wine-logged', true);
      assert.equal(ui.said.at(-1), 'wine-logged v1 is registered');
      const made = await other.models.version({ name: 'wine-logged', version: '1' });
      const { modelId, sourceRunId } = model.model;
      assert.deepEqual([made.source, made.runId], [`models:/${modelId}`, sourceRunId]);
      await other.models.delete({ name: 'wine-logged' });
    });

    it('registers an artifact folder under a new model', async () => {
      const ref = await runWithTwoModels();
      const ui = await run(ids.registerVersion, [ref], 'nested/classic', 'New model…', 'wine-classic', true);
      assert.equal(ui.offered[1], 'nested/classic | artifact folder');
      assert.equal(ui.said.at(-1), 'wine-classic v1 is registered');
      const { artifactUri } = await other.runs.get({ runId: ref.id });
      const made = await other.models.version({ name: 'wine-classic', version: '1' });
      assert.equal(made.source, `${artifactUri}/nested/classic`);
    });

    it('writes nothing when the person backs out at any step', async () => {
      const ref = await runWithTwoModels();
      await run(ids.registerVersion, [ref], undefined);
      await run(ids.registerVersion, [ref], 'model', undefined);
      await run(ids.registerVersion, [ref], 'model', 'New model…', undefined);
      await run(ids.registerVersion, [ref], 'model', 'New model…', 'never', false);
      const blank = await run(ids.registerVersion, [ref], 'model', 'New model…', ' ');
      assert.equal(blank.said[0], 'A model needs a name.');
      await assert.rejects(other.models.get({ name: 'never' }));
      assert.equal((await versionsOf(name)).length, 5);
    });

    it('refuses names that MLflow refuses, and makes no model', async () => {
      const ref = await sourceRun('wine-quality', 'v1');
      for (const bad of ['a/b', 'a:b']) {
        const refused = await refusal(ids.registerVersion, [ref], 'New model…', bad, true);
        assert.equal(refused.kind, 'invalid', refused.message);
      }
      const { items } = await other.models.search({ maxResults: 100 });
      assert.ok(items.every((model) => !model.name.startsWith('a')));
    });

    it('says what to do where a run logged no model', async () => {
      const { ref } = await elementAt((await trees()).experiments, 'digits-reader', 'mlp-rate-too-high');
      const refused = await refusal(ids.registerVersion, [ref]);
      assert.match(refused.text, /logged no model.*log_model/);
    });
  });

  describe('Set Alias', () => {
    it('shows who holds it and who will, moves it when confirmed, and reads it back', async () => {
      const ui = await run(ids.setAlias, [await refOf(name, 'v4')], '@champion', true);
      assert.ok(ui.offered.includes('@champion | v3 → v4'), ui.offered.join());
      assert.equal(ui.asked.at(-1), `Move @champion of ${name} from v3 to v4?`);
      assert.equal(ui.said.at(-1), '@champion is now v4 (was v3)');
      assert.equal(await holder('champion'), '4');
      const again = await run(ids.setAlias, [await refOf(name, 'v4')], '@champion');
      assert.equal(again.said.at(-1), '@champion is v4 already');
    });

    it('sets one that is new, and refuses names that MLflow refuses while they are typed', async () => {
      const v2 = await refOf(name, 'v2');
      const ui = await run(ids.setAlias, [v2], 'New alias…', 'canary', true);
      assert.deepEqual([ui.asked.at(-1), await holder('canary')], [`Set @canary of ${name} to v2?`, '2']);
      for (const bad of ['latest', 'v12', 'a b', '']) {
        const refused = await run(ids.setAlias, [v2], 'New alias…', bad);
        assert.match(refused.said[0] ?? '', /is not a name that MLflow takes/);
      }
      assert.equal((await other.models.get({ name })).aliases.length, 3);
    });

    it('writes nothing when the person says no', async () => {
      const before = await holder('challenger');
      await run(ids.setAlias, [await refOf(name, 'v1')], '@challenger', false);
      await run(ids.setAlias, [await refOf(name, 'v1')], undefined);
      assert.equal(await holder('challenger'), before);
    });

    it('writes nothing where somebody moved it while the person looked', async () => {
      const refused = await refusal(ids.setAlias, [await refOf(name, 'v5')], '@champion', async () => {
        await other.models.setAlias({ name, alias: 'champion', version: '1' });
        return true;
      });
      assert.equal(refused.kind, 'conflict');
      assert.match(refused.message, /@champion was moved to v1 by someone else/);
      assert.equal(await holder('champion'), '1');
    });

    it('says so where the version is gone meanwhile', async () => {
      const gone: Ref = { kind: 'version', registry: 'models', id: `${name}/99` };
      const refused = await refusal(ids.setAlias, [gone], 'New alias…', 'ghost', true);
      assert.equal(refused.kind, 'notFound', refused.message);
      assert.equal(await holder('ghost'), undefined);
    });
  });

  describe('Delete Alias', () => {
    it('deletes the one that the version holds when confirmed', async () => {
      await other.models.setAlias({ name, alias: 'canary', version: '2' });
      await run(ids.deleteAlias, [await refOf(name, 'v2')], false);
      assert.equal(await holder('canary'), '2');
      const ui = await run(ids.deleteAlias, [await refOf(name, 'v2')], true);
      assert.deepEqual([ui.asked, ui.said.at(-1)], [[`Delete @canary of ${name}?`], '@canary is deleted (was v2)']);
      assert.equal(await holder('canary'), undefined);
    });

    it('asks which of several, and leaves the others', async () => {
      for (const alias of ['one', 'two']) await other.models.setAlias({ name, alias, version: '2' });
      const ui = await run(ids.deleteAlias, [await refOf(name, 'v2')], '@two', true);
      assert.deepEqual(ui.offered, ['@one', '@two']);
      assert.deepEqual([await holder('one'), await holder('two')], ['2', undefined]);
    });

    it('refuses where the version holds none, or no longer holds it', async () => {
      const none = await refusal(ids.deleteAlias, [await refOf(name, 'v3')]);
      assert.match(none.text, /v3 of tumour-classifier holds no alias\. Choose a version/);
      const moved = await refusal(ids.deleteAlias, [await refOf(name, 'v2')], async () => {
        await other.models.setAlias({ name, alias: 'one', version: '5' });
        return true;
      });
      assert.equal(moved.kind, 'conflict');
      assert.equal(await holder('one'), '5');
    });
  });
});
