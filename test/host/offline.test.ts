import * as assert from 'node:assert/strict';
import { commands } from 'vscode';
import { startMlflowServer } from '../harness/mlflowServer.mjs';
import { python } from './servers';
import { rowsOf, withoutTimes } from './treeText';
import { ownSample, ringside, showOwnStores, showsFirst, showStore, trees, until } from './window';

describe('A server that goes away (host)', function () {
  this.timeout(180_000);
  let folder: string;
  let server: Awaited<ReturnType<typeof startMlflowServer>>;

  before(async () => {
    ({ folder } = await ownSample());
    server = await startMlflowServer({ folder, python: python() });
    // What is not looked at is not asked for again.
    await commands.executeCommand('ringside.experiments.focus');
    await showStore('away', server.url);
    await showsFirst('experiments', 'digits-reader');
  });

  after(async () => {
    await showOwnStores();
    await showsFirst('experiments', 'digits-reader');
    await server.stop();
  });

  it('leaves its rows shown with when they were read, and comes back by itself', async () => {
    const { trees: views } = await ringside();
    const { experiments, models } = await trees();
    const rows = async () => ({
      experiments: withoutTimes(await rowsOf(experiments, () => true)),
      models: withoutTimes(await rowsOf(models)),
    });
    const before = await rows();
    assert.ok(!views.message, views.message);
    await server.stop();
    await until(() => /^as of .* · reconnecting$/.test(views.message ?? ''));
    assert.deepEqual(await rows(), before);
    server = await startMlflowServer({ folder, python: python(), port: Number(new URL(server.url).port) });
    await until(() => !views.message);
    assert.deepEqual(await rows(), before);
  });
});
