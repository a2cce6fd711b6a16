import * as assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { commands, env, window, workspace } from 'vscode';
import { commands as ids } from '../../src/ids';
import { openLocal } from '../../src/registries/local';
import { openRegistry } from '../../src/registries/open';
import { databaseClass } from '../../src/registries/sqlite/nodeSqlite';
import type { EndpointElement } from '../../src/app/elements';
import { python, servedSample, setPython } from './servers';
import { childrenWith } from './processes';
import { execute, onlyRefusal, refusal, run, scripted } from './script';
import { elementAt, textOf } from './treeText';
import { ownSample, ringside, showOwnStores, showsFirst, showStore, trees, until } from './window';

const model = 'tumour-classifier';
/** What stands in the command line of a server and not of the check before it. */
const server = '-m uvicorn';

async function endpoints(): Promise<EndpointElement[]> {
  return (await ringside()).endpoints.getChildren();
}

async function rows(): Promise<string[]> {
  const { endpoints: tree } = await ringside();
  return (await endpoints()).map((element) => textOf(tree.getTreeItem(element)).replace(/:\d+ /, ':… '));
}

/** Nothing of a deployment that failed is left: no process, no row. */
async function assertNothingRuns(): Promise<void> {
  assert.deepEqual(childrenWith(server), []);
  assert.deepEqual(await rows(), []);
}

describe('Serving a version by commands', function () {
  this.timeout(90_000);
  let sample: Awaited<ReturnType<typeof ownSample>>;

  const version = async (label: string) => elementAt((await trees()).models, model, label);

  /** The artifact folder of a version in the store of the test. */
  async function artifactsOf(label: string): Promise<string> {
    const registry = openRegistry({ name: 'other', trackingUri: sample.uri }, { local: openLocal });
    const root = { kind: 'version', name: model, version: label.slice(1) } as const;
    const { localPath } = await registry.artifacts.locate({ root, path: '' });
    registry.dispose();
    assert.ok(localPath);
    return localPath;
  }

  before(async () => {
    sample = await ownSample();
    await setPython(python());
    await showStore('serving', sample.uri);
    await until(async () => {
      const [first] = await (await trees()).models.getChildren();
      return first?.kind === 'model' && first.ref.registry === 'serving';
    });
  });

  after(async () => {
    await setPython(undefined);
    await commands.executeCommand('workbench.action.closeAllEditors');
    await showOwnStores();
    await showsFirst('experiments', 'digits-reader');
  });

  describe('that works', () => {
    const only = async (): Promise<EndpointElement> => {
      const [first, ...others] = await endpoints();
      assert.ok(first && others.length === 0);
      return first;
    };

    it('starts a server, says its steps and its address, and shows it', async () => {
      const ui = await run(ids.deployLocally, [await version('v3')]);
      assert.deepEqual(ui.asked, []);
      assert.match(ui.said.join('\n'), /^checking Python\nreading v3\nloading the model with MLflow \d.*\n/);
      const { url } = (await only()).endpoint;
      assert.equal(ui.said.at(-1), `${model} v3 is served at ${url}`);
      assert.deepEqual(await rows(), [`${model} | v3 · 127.0.0.1:… · serving`]);
      assert.equal((await ringside()).endpoints.view.description, '1 serving');
      assert.equal(childrenWith(server).length, 1);
    });

    it('answers with the prediction and the time it took', async () => {
      const ui = await run(ids.tryEndpoint, [await only()]);
      assert.match(ui.said.at(-1) ?? '', /^tumour-classifier v3 answered 200 in \d+ ms$/);
      const editor = await until(() => window.activeTextEditor);
      const shown = JSON.parse(editor.document.getText()) as Record<string, unknown>;
      assert.deepEqual(Object.keys(shown), ['endpoint', 'status', 'latency_ms', 'answer', 'request']);
      assert.ok(Array.isArray((shown['answer'] as { predictions?: unknown }).predictions));
      assert.ok(Number(shown['latency_ms']) > 0);
    });

    it('gives its address to the clipboard, whatever is selected elsewhere', async () => {
      const endpoint = await only();
      for (const id of [ids.copyUri, ids.copyId]) {
        await env.clipboard.writeText('');
        await run(id, [endpoint]);
        assert.equal(await env.clipboard.readText(), endpoint.endpoint.url, id);
      }
    });

    it('says so where the version has no example to send', async () => {
      const folder = await artifactsOf('v3');
      const examples = ['serving_input_example.json', 'input_example.json'].map((name) => path.join(folder, name));
      for (const example of examples) renameSync(example, `${example}.away`);
      const refused = await refusal(ids.tryEndpoint, [await only()]);
      for (const example of examples) renameSync(`${example}.away`, example);
      assert.match(refused.text, /v3 was logged without an input example\. Give input_example/);
    });

    it('shows its log', async () => {
      await run(ids.showEndpointLog, [await only()]);
      await until(() =>
        workspace.textDocuments.some(
          (shown) => shown.uri.scheme === 'output' && /tumour-classifier v3: [^]*Uvicorn running/.test(shown.getText()),
        ),
      );
    });

    it('is not removed while it runs, and not stopped without a yes', async () => {
      const refused = await refusal(ids.removeEndpoint, [await only()]);
      assert.match(refused.text, /is still running\. Stop it first/);
      await run(ids.stopEndpoint, [await only()], false);
      assert.equal((await only()).endpoint.state, 'serving');
    });

    it('stops when confirmed: the process is gone, the row stays', async () => {
      const ui = await run(ids.stopEndpoint, [await only()], true);
      assert.deepEqual([ui.asked, ui.said], [[`Stop ${model} v3?`], [`${model} v3 is stopped`]]);
      assert.deepEqual(childrenWith(server), []);
      assert.deepEqual(await rows(), [`${model} | v3 · 127.0.0.1:… · stopped`]);
      assert.equal((await ringside()).endpoints.view.description, '');
      const refused = await refusal(ids.tryEndpoint, [await only()]);
      assert.match(refused.message, /v3 did not answer on port \d+/);
    });

    it('is removed, and a command on it then says that it is gone', async () => {
      const gone = await only();
      await run(ids.removeEndpoint, [gone]);
      await assertNothingRuns();
      assert.equal((await refusal(ids.showEndpointLog, [gone])).kind, 'notFound');
    });
  });

  describe('that cannot start', () => {
    it('refuses a Python without MLflow, when it is chosen and when it is used', async () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'ringside-bare-'));
      execFileSync(python(), ['-m', 'venv', '--without-pip', folder]);
      const bare = path.join(folder, 'bin', 'python');
      const chosen = await refusal(ids.choosePython, [], bare);
      assert.match(chosen.text, /cannot serve models: it has no module 'mlflow'\. Install MLflow/);
      await setPython(bare);
      assert.equal((await refusal(ids.deployLocally, [await version('v3')])).message, chosen.message);
      await setPython(path.join(folder, 'absent'));
      assert.match((await refusal(ids.deployLocally, [await version('v3')])).message, /There is no Python at/);
      await setPython(undefined);
      await run(ids.deployLocally, [await version('v3')], undefined);
      const { said } = await run(ids.choosePython, [], python());
      assert.match(said[0] ?? '', /^Models are served with MLflow \d/);
      await setPython(python());
      await assertNothingRuns();
    });

    it('refuses a folder without a model before it starts anything', async () => {
      rmSync(path.join(await artifactsOf('v1'), 'MLmodel'));
      const refused = await refusal(ids.deployLocally, [await version('v1')]);
      assert.match(refused.text, /hold no MLmodel file.*log and register it again/);
      await assertNothingRuns();
    });

    it('refuses a version whose registration has not ended well, which its row says', async () => {
      const Database = databaseClass();
      const database = new Database(path.join(sample.folder, 'mlflow.db'));
      const set = database.prepare(
        'UPDATE model_versions SET status = ?, status_message = ? WHERE name = ? AND version = ?',
      );
      const descriptions = async () => {
        const { models } = await trees();
        const items = await Promise.all(['v4', 'v3'].map(async (label) => models.getTreeItem(await version(label))));
        return items.map(({ description }) => String(description).split(' · ')[0]);
      };
      try {
        set.run('PENDING_REGISTRATION', '', model, 4);
        set.run('FAILED_REGISTRATION', 'the copy\nended early', model, 3);
        await run(ids.refresh, []);
        assert.deepEqual(await descriptions(), ['registering', 'registration failed']);
        const pending = await refusal(ids.deployLocally, [await version('v4')]);
        assert.match(pending.text, /^tumour-classifier v4 is still being registered\. Refresh, and deploy it/);
        const failed = await refusal(ids.deployLocally, [await version('v3')]);
        assert.match(failed.text, /^The registration of tumour-classifier v3 failed: the copy ended early\. Register/);
        await assertNothingRuns();
      } finally {
        for (const number of [3, 4]) set.run('READY', '', model, number);
        database.close();
        await run(ids.refresh, []);
      }
      assert.match((await descriptions())[0] ?? '', /^@/);
    });

    it('gives the reason of a broken MLmodel in one sentence', async () => {
      writeFileSync(path.join(await artifactsOf('v2'), 'MLmodel'), 'flavors: [not, a, model');
      const refused = await refusal(ids.deployLocally, [await version('v2')]);
      assert.match(refused.message, /^tumour-classifier v2 could not start: .*[.!?…]$/);
      await assertNothingRuns();
    });

    it('names the package that a model misses', async () => {
      const file = path.join(await artifactsOf('v5'), 'MLmodel');
      const text = readFileSync(file, 'utf8');
      writeFileSync(file, text.replace(/loader_module: .*/, 'loader_module: ringside_absent.flavor'));
      const refused = await refusal(ids.deployLocally, [await version('v5')]);
      assert.match(refused.text, /v5 could not start: No module named 'ringside_absent'.*Install 'ringside_absent'/);
      await assertNothingRuns();
    });
  });

  describe('that is cancelled', () => {
    it('leaves nothing, also while the model loads', async () => {
      const ui = await scripted();
      const deploying = execute(ids.deployLocally, await version('v4'));
      await until(() => childrenWith(server).length === 1);
      ui.cancel();
      await deploying;
      assert.equal(onlyRefusal(ui).kind, 'cancelled');
      await assertNothingRuns();
    });

    it('leaves nothing while Python is being checked', async () => {
      const hanging = path.join(mkdtempSync(path.join(tmpdir(), 'ringside-hanging-')), 'python');
      writeFileSync(hanging, '#!/bin/sh\nexec sleep 600\n', { mode: 0o755 });
      await setPython(hanging);
      const ui = await scripted();
      const deploying = execute(ids.deployLocally, await version('v4'));
      await until(() => childrenWith('sleep 600').length === 1);
      ui.cancel();
      await deploying;
      await setPython(python());
      assert.equal(onlyRefusal(ui).kind, 'cancelled');
      await until(() => childrenWith('sleep 600').length === 0);
      await assertNothingRuns();
    });
  });

  describe('that lies on a server', () => {
    const firstVersion = async () => elementAt((await trees()).models, 'served', 'v1');
    const stored = (): string[] => readdirSync(path.join(storage, 'models'));
    let storage: string;

    before(async () => {
      const { url } = await servedSample();
      const script = path.resolve(process.env['RINGSIDE_ROOT'] ?? '', 'test/fixtures/host/serve_model.py');
      await promisify(execFile)(python(), [script, url, await artifactsOf('v4')]);
      await showStore('server', url);
      // What was last known of the server shows first.
      await until(async () => {
        const models = await (await trees()).models.getChildren();
        return models.some((shown) => shown.kind === 'model' && shown.ref.id === 'served');
      });
    });

    it('fetches the model by itself, says how far it is, and serves it', async () => {
      const ui = await run(ids.deployLocally, [await firstVersion()]);
      assert.match(
        ui.said.join('\n'),
        /\nfetching the model\n(fetching the model: .*\n)+loading the model with MLflow/,
      );
      const [endpoint] = await endpoints();
      assert.ok(endpoint);
      storage = path.resolve(path.dirname(endpoint.endpoint.logFile), '..');
      assert.deepEqual(stored(), [endpoint.endpoint.id]);
      const tried = await run(ids.tryEndpoint, [endpoint]);
      assert.match(tried.said.at(-1) ?? '', /^served v1 answered 200/);
      await run(ids.stopEndpoint, [endpoint], true);
      await run(ids.removeEndpoint, [endpoint]);
      assert.deepEqual(stored(), []);
    });

    it('leaves nothing of what it fetched when it is cancelled', async () => {
      const ui = await scripted();
      const deploying = execute(ids.deployLocally, await firstVersion());
      await until(() => ui.said.includes('fetching the model'));
      ui.cancel();
      await deploying;
      assert.equal(onlyRefusal(ui).kind, 'cancelled');
      await until(() => stored().length === 0);
      await assertNothingRuns();
    });
  });
});
