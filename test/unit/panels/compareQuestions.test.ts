import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { RegistrySet } from '../../../src/app/registrySet';
import { type Ref, versionRef } from '../../../src/domain/ref';
import { askWhatElse } from '../../../src/panels/compare/compareQuestions';
import { openLocal } from '../../../src/registries/local';
import { openRegistry } from '../../../src/registries/open';
import { copySample } from '../../../src/registries/sample';
import { ScriptedUi } from '../../host/scriptedUi';

const model = 'tumour-classifier';

describe('Add… of a comparison, on the sample', () => {
  let folder: string;
  let registries: RegistrySet;
  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'ringside-add-'));
    const trackingUri = await copySample(path.resolve('media/sample'), path.join(folder, 'sample'));
    registries = new RegistrySet((connection) => openRegistry(connection, { local: openLocal }), Date.now);
    registries.setConnections(['other', 'ours'].map((name) => ({ name, trackingUri })));
  });
  after(() => {
    registries.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  const version = (number: string, registry = 'ours'): Ref => versionRef(registry, model, number);

  it('offers the other versions of the model first, then what else there is, and gives all that are chosen', async () => {
    const ui = new ScriptedUi('ours', [`${model} v4`, `${model} v1`]);
    const chosen = await askWhatElse([version('3'), version('5')], { registries, ui });
    assert.deepEqual(chosen, [version('4'), version('1')]);
    assert.deepEqual(ui.offered.slice(0, 2), ['ours', 'other']);
    const things = ui.offered.slice(2);
    assert.ok(
      things.slice(0, 3).every((each) => each.startsWith(`${model} v`)),
      things.join(),
    );
    assert.ok(!things.some((each) => each.startsWith(`${model} v3`)), 'what is compared is not offered again');
    assert.ok(
      things.some((each) => each.startsWith('mlp-sweep | ')),
      'runs are offered too',
    );
    assert.equal(new Set(things).size, things.length);
  });

  it('offers what another registry has, the like-named version too', async () => {
    const ui = new ScriptedUi('other', [`${model} v3`]);
    assert.deepEqual(await askWhatElse([version('3')], { registries, ui }), [version('3', 'other')]);
  });

  it('offers runs of the experiment of a compared run first', async () => {
    const registry = registries.get('ours');
    const { items } = await registry.experiments.search({ view: 'active', maxResults: 10 });
    const experimentIds = [items.find(({ name }) => name === 'digits-reader')!.experimentId];
    const { table } = await registry.runs.search({ experimentIds, view: 'active', maxResults: 100 });
    const run: Ref = { kind: 'run', registry: 'ours', id: table.runIds[0]! };
    const ui = new ScriptedUi('ours', undefined);
    assert.deepEqual(await askWhatElse([run], { registries, ui }), []);
    const first = ui.offered.slice(2, 1 + table.length).map((each) => each.split(' | ')[0]);
    assert.deepEqual(first, table.runNames.slice(1));
  });

  it('adds nothing where nobody chooses, and asks for no registry where there is one', async () => {
    assert.deepEqual(await askWhatElse([version('3')], { registries, ui: new ScriptedUi(undefined) }), []);
    const one = new RegistrySet(() => registries.get('ours'), Date.now);
    one.setConnections([{ name: 'ours', trackingUri: 'sqlite:///mlflow.db' }]);
    const ui = new ScriptedUi([]);
    assert.deepEqual(await askWhatElse([version('3')], { registries: one, ui }), []);
    assert.deepEqual(ui.asked, ['Compare with which?']);
  });
});
