import * as assert from 'node:assert/strict';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { ConfigurationTarget, workspace } from 'vscode';
import { commands as ids } from '../../src/ids';
import { listening } from './servers';
import { childrenWith } from './processes';
import { refusal, run } from './script';
import { elementAt } from './treeText';
import { showsFirst, trees } from './window';

describe('A window that is not trusted', () => {
  let asked = 0;
  let door: { url: string; server: Server };

  before(async () => {
    assert.equal(workspace.isTrusted, false);
    door = await listening((_request, response) => {
      asked += 1;
      response.end();
    });
    const elsewhere = [{ name: 'elsewhere', uri: door.url }];
    const settings = workspace.getConfiguration('ringside');
    for (const target of [ConfigurationTarget.Global, ConfigurationTarget.Workspace]) {
      await settings.update('registries', elsewhere, target);
    }
  });

  after(() => door.server.close());

  it('reads and changes the store of its folder', async () => {
    await showsFirst('experiments', 'digits-reader');
    const v1 = await elementAt((await trees()).models, 'wine-quality', 'v1');
    const { said } = await run(ids.setAlias, [v1], '@challenger', true);
    assert.equal(said.at(-1), '@challenger is now v1');
  });

  it('shows and asks no server, whoever’s settings name it', async () => {
    await run(ids.refresh, []);
    assert.deepEqual((await run(ids.switchRegistry, [], undefined)).offered, ['mlflow.db | active']);
    assert.equal(asked, 0);
  });

  it('refuses to add what lies elsewhere', async () => {
    for (const answers of [
      ['Server', door.url],
      ['Folder', tmpdir()],
    ]) {
      const refused = await refusal(ids.addRegistry, [], ...answers);
      assert.match(refused.text, /not trusted: only stores in its folders are read\. Trust it/);
    }
    assert.equal(asked, 0);
  });

  it('runs no scripts of an artifact, and asks nothing first', async () => {
    const refused = await refusal(ids.runScripts, []);
    assert.match(refused.text, /Scripts of artifacts run only in a trusted workspace\. Trust it/);
    assert.equal(refused.command?.id, 'workbench.trust.manage');
  });

  it('runs no Python', async () => {
    const version = await elementAt((await trees()).models, 'tumour-classifier', 'v3');
    const runs: readonly (readonly [string, readonly unknown[]])[] = [
      [ids.deployLocally, [version]],
      [ids.choosePython, []],
      [ids.startMlflowUi, []],
    ];
    for (const [command, args] of runs) {
      const refused = await refusal(command, args);
      assert.match(refused.text, /Python is not run before the workspace is trusted/);
      assert.equal(refused.command?.id, 'workbench.trust.manage');
    }
    assert.deepEqual(childrenWith('python'), []);
  });
});
