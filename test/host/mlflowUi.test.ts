import * as assert from 'node:assert/strict';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { ConfigurationTarget, workspace } from 'vscode';
import { commands as ids } from '../../src/ids';
import { LocalMlflowUi } from '../../src/serving/local/mlflowUi';
import { freePort } from '../harness/processes.mjs';
import { python, responds, servedSample } from './servers';
import { type Child, childrenWith, portOf } from './processes';
import { execute, refusal, run, scripted } from './script';
import type { Element } from '../../src/app/elements';
import { elementAt } from './treeText';
import { ownSample, showOwnStores, showsFirst, showStore, trees, until } from './window';

const command = '-m mlflow ui';

describe('MLflow’s own UI by commands', function () {
  this.timeout(90_000);

  const setPython = (value: string | undefined) =>
    workspace.getConfiguration('ringside').update('python', value, ConfigurationTarget.Global);

  before(async () => {
    // Else each start brings six processes more, which only evaluate traces.
    process.env['MLFLOW_SERVER_ENABLE_JOB_EXECUTION'] = 'false';
    await setPython(python());
  });

  after(async () => {
    delete process.env['MLFLOW_SERVER_ENABLE_JOB_EXECUTION'];
    await setPython(undefined);
    await showOwnStores();
    await showsFirst('experiments', 'digits-reader');
  });

  it('is started on the active store, answers and is opened, and is gone when it is stopped', async () => {
    const { opened } = await run(ids.startMlflowUi, []);
    const [first, ...others] = childrenWith(command);
    assert.ok(first && others.length === 0);
    assert.match(first.args, /--backend-store-uri sqlite:\/\/\/.*mlflow\.db/);
    assert.deepEqual(opened, [addressOf(first)]);
    assert.ok(await responds(addressOf(first)));
    await run(ids.stopMlflowUi, []);
    assert.deepEqual(childrenWith(command), []);
    assert.ok(!(await responds(addressOf(first))));
    await run(ids.stopMlflowUi, []);
  });

  it('leaves nothing when it is cancelled while it starts', async () => {
    const ui = await scripted();
    const starting = execute(ids.startMlflowUi);
    await until(() => childrenWith(command).length === 1);
    ui.cancel();
    await starting;
    assert.deepEqual(childrenWith(command), []);
    assert.equal(ui.failures.length, 1);
    assert.match((ui.failures[0] as Error).name, /^(AbortError|UserError)$/);
  });

  it('is told where it ends by itself, goes with the window at once, and leaves no log', async function () {
    this.timeout(180_000);
    const { uri } = await ownSample();
    const storage = mkdtempSync(path.join(tmpdir(), 'ringside-ui-'));
    const ui = new LocalMlflowUi(storage);
    let ended = 0;
    const start = (): Promise<string> => ui.start(uri, python(), () => ended++);
    try {
      await start();
      const [first] = childrenWith(command);
      assert.ok(first);
      process.kill(-first.pid, 'SIGKILL');
      await until(() => ended === 1);
      await start();
    } finally {
      ui.dispose();
    }
    await until(() => childrenWith(command).length === 0);
    assert.deepEqual([ended, readdirSync(path.join(storage, 'logs'))], [1, []]);
  });

  it('is not started for a server, which has its own', async () => {
    await showStore('server', `http://127.0.0.1:${await freePort()}`);
    await until(async () => (await (await trees()).experiments.getChildren())[0]?.kind === 'error');
    const refused = await refusal(ids.startMlflowUi, []);
    assert.match(refused.text, /for local stores only.*Open in MLflow UI/);
    assert.deepEqual(childrenWith(command), []);
  });

  it('of a server is opened at the page of what is chosen, under the address of the server', async () => {
    const { url } = await servedSample();
    await showStore('served', url);
    const { experiments, models } = await trees();
    // Other tests add to this server: which experiment comes first is theirs.
    const isServed = ({ ref }: Element): boolean => ref?.registry === 'served';
    await until(async () => (await experiments.getChildren()).some(isServed));
    const of = async (...path: readonly string[]): Promise<string> => {
      const provider = path[0] === 'digits-reader' ? experiments : models;
      const [opened] = (await run(ids.openInWebUi, [await elementAt(provider, ...path)])).opened;
      assert.ok(opened);
      // It is the address of a page that answers.
      assert.ok((await fetch(opened)).ok);
      return opened;
    };
    const experiment = await elementAt(experiments, 'digits-reader');
    const [first] = await experiments.getChildren(experiment);
    assert.ok(first?.ref && experiment.ref);
    const { opened } = await run(ids.openInWebUi, [first]);
    assert.deepEqual(opened, [`${url}/#/experiments/${experiment.ref.id}/runs/${first.ref.id}`]);
    assert.equal(await of('digits-reader'), `${url}/#/experiments/${experiment.ref.id}`);
    assert.equal(await of('tumour-classifier'), `${url}/#/models/tumour-classifier`);
    assert.equal(await of('tumour-classifier', 'v3'), `${url}/#/models/tumour-classifier/versions/3`);
  });
});

function addressOf(child: Child): string {
  return `http://127.0.0.1:${portOf(child)}`;
}
