import * as assert from 'node:assert/strict';
import * as path from 'node:path';
import { workspace } from 'vscode';
import { commands as ids } from '../../src/ids';
import { WrittenStore } from './fileStore';
import { run } from './script';
import { rowsOf } from './treeText';
import { showsFirst, trees, until } from './window';

describe('A window with several folders', () => {
  const folders = (): readonly string[] => (workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);

  async function registries(): Promise<readonly string[]> {
    return (await run(ids.switchRegistry, [], undefined)).offered;
  }

  it('shows the stores of all of them, named by their folder, the first one’s first', async () => {
    assert.deepEqual(
      folders().map((folder) => path.basename(folder)),
      ['first', 'second'],
    );
    assert.deepEqual(await registries(), ['first/mlflow.db | active', 'second/mlflow.db']);
    await showsFirst('experiments', 'digits-reader');
    await run(ids.switchRegistry, [], 'second/mlflow.db');
    const { experiments } = await trees();
    await until(async () => {
      const [first] = await experiments.getChildren();
      return first?.kind === 'experiment' && first.ref.registry === 'second/mlflow.db';
    });
    assert.equal((await rowsOf(experiments)).length, 3);
  });

  it('saves a local store, with those that were found, to the workspace by its whole path', async () => {
    const store = new WrittenStore();
    store.experiment('100', 'written-first');
    await run(ids.addRegistry, [], 'Folder', store.root, 'folder');
    const saved = workspace.getConfiguration('ringside').inspect('registries');
    const [first = '', second = ''] = folders();
    assert.deepEqual(saved?.workspaceValue, [
      { name: 'first/mlflow.db', uri: `sqlite:///${path.join(first, 'mlflow.db')}` },
      { name: 'second/mlflow.db', uri: `sqlite:///${path.join(second, 'mlflow.db')}` },
      { name: 'folder', uri: store.root },
    ]);
    await showsFirst('experiments', 'written-first');
    assert.deepEqual(await registries(), ['first/mlflow.db', 'second/mlflow.db', 'folder | active']);
  });
});
