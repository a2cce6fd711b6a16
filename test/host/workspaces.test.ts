import * as assert from 'node:assert/strict';
import { commands as ids } from '../../src/ids';
import { servedSample } from './servers';
import { refusal, run } from './script';
import { rowsOf } from './treeText';
import { showOwnStores, showsFirst, showStore, trees } from './window';

/** On a server that keeps two of MLflow's workspaces: the sample in the default one, and another team's. */
describe('MLflow’s workspaces by commands', () => {
  before(async () => {
    const { url } = await servedSample();
    const post = async (path: string, body: object, headers = {}): Promise<void> => {
      const request = { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers } };
      const { ok } = await fetch(`${url}/api/${path}`, { ...request, body: JSON.stringify(body) });
      assert.ok(ok, path);
    };
    await post('3.0/mlflow/workspaces', { name: 'team-b' });
    await post('2.0/mlflow/experiments/create', { name: 'of team b' }, { 'X-MLFLOW-WORKSPACE': 'team-b' });
    await showStore('divided', url);
    await showsFirst('experiments', 'digits-reader');
  });

  after(async () => {
    await showOwnStores();
    await showsFirst('experiments', 'digits-reader');
  });

  it('shows another one, remembers it, and goes back', async () => {
    const { offered } = await run(ids.switchWorkspace, [], 'team-b');
    assert.deepEqual(offered, ['default | active', 'team-b']);
    await showsFirst('experiments', 'of team b');
    assert.ok(!(await rowsOf((await trees()).experiments)).some((row) => row.includes('digits-reader')));
    await run(ids.refresh, []);
    await showsFirst('experiments', 'of team b');
    assert.deepEqual((await run(ids.switchWorkspace, [], 'default')).offered, ['default', 'team-b | active']);
    await showsFirst('experiments', 'digits-reader');
  });

  it('says that a store has none', async () => {
    await showOwnStores();
    await showsFirst('experiments', 'digits-reader');
    assert.match((await refusal(ids.switchWorkspace, [])).message, /is not divided into MLflow workspaces/);
  });
});
