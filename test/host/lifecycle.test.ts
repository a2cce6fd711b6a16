import * as assert from 'node:assert/strict';
import type { Ref } from '../../src/domain/ref';
import { commands as ids } from '../../src/ids';
import { execute, refusal, run } from './script';
import { elementAt, rowsOf } from './treeText';
import { trees, until } from './window';
import { WrittenSample } from './writtenSample';

const name = 'tumour-classifier';

describe('Making, ending, deleting and restoring by commands', () => {
  let store: WrittenSample;
  before(async () => {
    store = await WrittenSample.show('living');
  });
  after(() => store.dispose());

  const stageOfRun = async ({ id }: Ref): Promise<string> => (await store.other.runs.get({ runId: id })).lifecycleStage;
  const below = async (...labels: readonly string[]): Promise<string[]> => {
    const { experiments } = await trees();
    const parent = labels.length > 0 ? await elementAt(experiments, ...labels) : undefined;
    return (await rowsOf(experiments, undefined, parent)).map(String);
  };

  describe('End Run', () => {
    it('ends what is running as the person says, and offers it only there', async () => {
      const ref = await store.sourceRun(name, 'v5');
      await store.other.runs.update({ runId: ref.id, status: 'RUNNING' });
      await run(ids.refresh, []);
      const { runName } = await store.other.runs.get({ runId: ref.id });
      const { experiments } = await trees();
      const row = await elementAt(experiments, 'tumour-screening', runName);
      assert.equal(experiments.getTreeItem(row).contextValue, 'run;active;running');
      await run(ids.endRun, [row], 'Failed', false);
      const ui = await run(ids.endRun, [row], 'Failed', true);
      assert.deepEqual([ui.asked.at(-1), ui.said.at(-1)], [`End ${runName} as failed?`, `${runName}: failed`]);
      const { status, endTime } = await store.other.runs.get({ runId: ref.id });
      assert.ok(status === 'FAILED' && endTime !== undefined && Date.now() - endTime < 60_000);
      assert.match((await refusal(ids.endRun, [ref])).message, /has ended already/);
    });
  });

  describe('Delete and Restore', () => {
    it('deletes many runs after one question, and restores them where deleted ones are shown', async () => {
      const refs = [await store.sourceRun(name, 'v3'), await store.sourceRun(name, 'v4')];
      await run(ids.deleteRun, [refs[0], refs], false);
      assert.equal(await stageOfRun(refs[0]!), 'active');
      const before = (await below('tumour-screening')).length;
      const ui = await run(ids.deleteRun, [refs[0], refs], true);
      assert.deepEqual([ui.asked, ui.said.at(-1)], [['Delete 2 runs?'], '2 runs are deleted']);
      assert.deepEqual([await stageOfRun(refs[0]!), await stageOfRun(refs[1]!)], ['deleted', 'deleted']);
      assert.equal((await below('tumour-screening')).length, before - 2);
      assert.match((await refusal(ids.setTag, [refs[0]], 'New tag…', 'x')).message, /is deleted/);
      await run(ids.restoreRun, [refs[0], refs]);
      assert.equal((await below('tumour-screening')).length, before);
    });

    it('deletes an experiment with its runs, and restores them all', async () => {
      const wine = await store.experiment('wine-quality');
      const [first] = await below('wine-quality');
      assert.deepEqual((await run(ids.deleteExperiment, [wine], true)).asked, ['Delete experiment wine-quality?']);
      assert.ok(!(await below()).some((row) => row.startsWith('wine-quality')));
      await execute(ids.showDeleted);
      const { experiments } = await trees();
      const gone = await until(() => elementAt(experiments, 'wine-quality').catch(() => undefined));
      assert.equal(experiments.getTreeItem(gone).contextValue, 'experiment;deleted');
      const ui = await run(ids.restoreExperiment, [gone], true);
      assert.deepEqual(ui.asked, ['Restore wine-quality?']);
      await execute(ids.hideDeleted);
      assert.equal((await below('wine-quality'))[0], first);
    });

    it('asks about runs and experiments together, and says what is deleted already', async () => {
      const [experiment, ref] = [await store.experiment('digits-reader'), await store.sourceRun(name, 'v3')];
      await run(ids.deleteRun, [ref], true);
      const again = await run(ids.deleteRun, [ref]);
      assert.equal(again.said.at(-1), 'Nothing to change: it is so already');
      await run(ids.restoreRun, [ref]);
      const both = await run(ids.deleteExperiment, [experiment, [experiment, ref]], false);
      assert.deepEqual(both.asked, ['Delete 2 things?']);
    });

    it('says where to find what can be restored', async () => {
      const refused = await refusal(ids.restoreRun, [await store.model(name)]);
      assert.match(refused.text, /Show Deleted shows them/);
    });
  });

  describe('New Experiment and New Registered Model', () => {
    it('makes an experiment and shows it; a taken name is refused', async () => {
      assert.equal((await run(ids.newExperiment, [], 'brand new')).said.at(-1), 'Experiment brand new is made');
      assert.ok(await store.experiment('brand new'));
      assert.match((await refusal(ids.newExperiment, [], 'brand new')).message, /There is an experiment 'brand new'/);
      assert.equal((await run(ids.newExperiment, [], ' ')).said[0], 'A name must not be blank.');
    });

    it('makes a model without versions and shows it', async () => {
      await run(ids.newModel, [], 'brand-new');
      assert.ok(await store.model('brand-new'));
      assert.equal((await refusal(ids.newModel, [], name)).kind, 'conflict');
    });
  });

  describe('Set Stage', () => {
    it('moves a version, and asks what becomes of the one that stands there', async () => {
      await run(ids.setStage, [await store.model(name, 'v2')], 'Production', true);
      const ui = await run(ids.setStage, [await store.model(name, 'v1')], 'Production', 'Archive v2', true);
      assert.equal(ui.asked.at(-1), `Move ${name} v1 from None to Production?`);
      assert.equal(ui.said.at(-1), `${name} v1 is now in Production (was in None)`);
      const stages = await Promise.all(['1', '2'].map((version) => store.other.models.version({ name, version })));
      assert.deepEqual(
        stages.map(({ stage }) => stage),
        ['Production', 'Archived'],
      );
      await run(ids.setStage, [await store.model(name, 'v2')], 'Production', 'Keep v1 in Production', false);
      assert.equal((await store.other.models.version({ name, version: '2' })).stage, 'Archived');
      const same = await run(ids.setStage, [await store.model(name, 'v1')], 'Production');
      assert.equal(same.said.at(-1), 'v1 is in Production already');
    });
  });

  describe('Delete Version and Delete Model', () => {
    it('deletes a version when its name is typed, and none that an alias holds', async () => {
      const ref = await store.model(name, 'v1');
      assert.equal((await run(ids.deleteVersion, [ref], name)).said[0], `Type ${name} v1.`);
      const ui = await run(ids.deleteVersion, [ref], `${name} v1`);
      assert.equal(ui.said.at(-1), `${name} v1 is deleted`);
      await assert.rejects(store.other.models.version({ name, version: '1' }));
      const held = await refusal(ids.deleteVersion, [await store.model(name, 'v3')]);
      assert.match(held.message, /^@champion holds v3: .* is not deleted while it is in use\.$/);
      assert.equal(held.command?.id, ids.deleteAlias);
    });

    it('deletes a model with its versions when no alias holds one', async () => {
      assert.match((await refusal(ids.deleteModel, [await store.model(name)])).message, /holds v/);
      await store.other.models.deleteAlias({ name: 'wine-quality', alias: 'champion' });
      const ui = await run(ids.deleteModel, [await store.model('wine-quality')], 'wine-quality');
      assert.deepEqual(ui.asked, ['Delete wine-quality and its 2 versions']);
      await assert.rejects(store.other.models.get({ name: 'wine-quality' }));
      await assert.rejects(store.model('wine-quality'));
    });
  });
});
