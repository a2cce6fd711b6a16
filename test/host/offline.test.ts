import * as assert from 'node:assert/strict';
import type { RequestListener, Server } from 'node:http';
import { commands } from 'vscode';
import { listening, passingOn, servedSample } from './servers';
import { rowsOf, withoutTimes } from './treeText';
import { ringside, showOwnStores, showsFirst, showStore, trees, until } from './window';

describe('A server that goes away (host)', function () {
  this.timeout(180_000);
  let passOn: RequestListener;
  let door: { url: string; server: Server };

  before(async () => {
    passOn = passingOn((await servedSample()).url);
    door = await listening(passOn);
    // What is not looked at is not asked for again.
    await commands.executeCommand('ringside.experiments.focus');
    await showStore('away', door.url);
    await showsFirst('experiments', 'digits-reader');
  });

  after(async () => {
    await showOwnStores();
    await showsFirst('experiments', 'digits-reader');
    shut();
  });

  const shut = (): void => {
    door.server.close();
    door.server.closeAllConnections();
  };

  it('leaves its rows shown with when they were read, and comes back by itself', async () => {
    const { trees: views } = await ringside();
    const { experiments, models } = await trees();
    const rows = async () => ({
      experiments: withoutTimes(await rowsOf(experiments, () => true)),
      models: withoutTimes(await rowsOf(models)),
    });
    const before = await rows();
    assert.ok(!views.message, views.message);
    shut();
    await until(() => /^as of .* · reconnecting$/.test(views.message ?? ''));
    assert.deepEqual(await rows(), before);
    door = await listening(passOn, Number(new URL(door.url).port));
    await until(() => !views.message);
    assert.deepEqual(await rows(), before);
  });
});
