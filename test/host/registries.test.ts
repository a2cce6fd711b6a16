import * as assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { ConfigurationTarget, workspace } from 'vscode';
import { commands as ids } from '../../src/ids';
import { WrittenStore } from './fileStore';
import { freePort } from '../harness/processes.mjs';
import { gateway, listening, servedSample } from './servers';
import { refusal, run } from './script';
import { rowsOf } from './treeText';
import { ownSample, showsFirst, trees, until } from './window';

const own = { name: 'mlflow.db', uri: 'sqlite:///mlflow.db' };

function settings(): { user: unknown; workspace: unknown } {
  const found = workspace.getConfiguration('ringside').inspect('registries');
  return { user: found?.globalValue, workspace: found?.workspaceValue };
}

/** Only the store of the window's folder, which is found. */
async function forgetAll(): Promise<void> {
  const configuration = workspace.getConfiguration('ringside');
  for (const target of [ConfigurationTarget.Global, ConfigurationTarget.Workspace]) {
    await configuration.update('registries', undefined, target);
  }
  await until(async () => (await registries()).length === 1);
  await showsFirst('experiments', 'digits-reader');
}

/** What Switch Registry offers. */
async function registries(): Promise<readonly string[]> {
  return (await run(ids.switchRegistry, [], undefined)).offered;
}

describe('Registries by commands', function () {
  this.timeout(120_000);
  let server: Awaited<ReturnType<typeof servedSample>>;
  let sample: Awaited<ReturnType<typeof ownSample>>;
  const store = new WrittenStore();

  before(async () => {
    store.experiment('100', 'written-first');
    sample = await ownSample();
    server = await servedSample();
  });

  afterEach(forgetAll);

  it('adds a server to the user’s settings and shows it', async () => {
    const ui = await run(ids.addRegistry, [], 'Server', `${server.url}/`, 'staging');
    assert.deepEqual(settings(), { user: [{ name: 'staging', uri: server.url }], workspace: undefined });
    assert.deepEqual(ui.said.at(-1), "Registry 'staging' is added");
    assert.deepEqual(await registries(), ['staging | active', 'mlflow.db']);
    await showsFirst('experiments', 'digits-reader');
  });

  it('adds a database file to the workspace’s settings, with the store that was only found', async () => {
    await run(ids.addRegistry, [], 'Database File', path.join(sample.folder, 'mlflow.db'), 'copy');
    assert.deepEqual(settings(), { user: undefined, workspace: [own, { name: 'copy', uri: sample.uri }] });
    assert.deepEqual(await registries(), ['mlflow.db', 'copy | active']);
  });

  it('adds a folder to the workspace’s settings, shows it, and switches back', async () => {
    await run(ids.addRegistry, [], 'Folder', store.root, 'folder');
    assert.deepEqual(settings(), { user: undefined, workspace: [own, { name: 'folder', uri: store.root }] });
    await showsFirst('experiments', 'written-first');
    await run(ids.switchRegistry, [], 'mlflow.db');
    await showsFirst('experiments', 'digits-reader');
    assert.deepEqual(await registries(), ['mlflow.db | active', 'folder']);
  });

  it('changes nothing when the person backs out or the name is taken', async () => {
    await run(ids.addRegistry, [], undefined);
    await run(ids.addRegistry, [], 'Folder', undefined);
    await run(ids.addRegistry, [], 'Folder', store.root, undefined);
    const taken = await run(ids.addRegistry, [], 'Folder', store.root, ' mlflow.db ');
    assert.deepEqual(taken.said.at(-1), "There is a registry 'mlflow.db' already.");
    const badAddress = await run(ids.addRegistry, [], 'Server', 'localhost:5000');
    assert.match(badAddress.said[0] ?? '', /begins with http/);
    assert.deepEqual(settings(), { user: undefined, workspace: undefined });
  });

  it('refuses with the reason what does not open, and saves nothing', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'ringside-refused-'));
    const broken = path.join(folder, 'broken.db');
    writeFileSync(broken, 'no database, whatever its name says. '.repeat(100));
    const artifactsOnly = path.join(folder, 'mlruns');
    mkdirSync(path.join(artifactsOnly, '1', 'a'.repeat(32), 'artifacts'), { recursive: true });
    const page = await listening((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html><title>Sign in</title></html>');
    });
    const cases: readonly (readonly [string, string, RegExp])[] = [
      ['Server', `http://127.0.0.1:${await freePort()}`, /127\.0\.0\.1:\d+/],
      ['Server', page.url, /HTML|web page|sign-in|login/i],
      ['Database File', broken, /broken\.db/],
      ['Database File', path.join(folder, 'absent.db'), /absent\.db/],
      ['Folder', artifactsOnly, /mlruns/],
      ['Folder', path.join(folder, 'absent'), /absent/],
    ];
    for (const [kind, where, reason] of cases) {
      // A page instead of an answer may be a sign-in: the person leaves it.
      const refused = await refusal(ids.addRegistry, [], kind, where, undefined);
      assert.match(refused.message, reason);
      assert.ok(refused.next, refused.message);
    }
    page.server.close();
    assert.deepEqual(settings(), { user: undefined, workspace: undefined });
    assert.ok(!readdirSync(folder).includes('absent.db'));
  });

  it('refuses a store that is shown already', async () => {
    const [folder] = workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const database = path.join(folder.uri.fsPath, 'mlflow.db');
    const refused = await refusal(ids.addRegistry, [], 'Database File', database);
    assert.equal(refused.kind, 'conflict');
    assert.match(refused.message, /'mlflow\.db' shows this store already/);
  });

  it('removes from the settings what was confirmed, never what was only found', async () => {
    await run(ids.addRegistry, [], 'Folder', store.root, 'folder');
    await run(ids.removeRegistry, [], false);
    assert.deepEqual(await registries(), ['mlflow.db', 'folder | active']);
    const removed = await run(ids.removeRegistry, [], true);
    assert.deepEqual(removed.asked, ["Remove registry 'folder'?"]);
    assert.deepEqual(settings(), { user: undefined, workspace: [own] });
    assert.ok(readdirSync(store.root).includes('100'));
    await run(ids.removeRegistry, [], true);
    assert.match((await refusal(ids.removeRegistry, [], true)).message, /was found/);
  });

  it('says how fast and as what a registry answered', async () => {
    await run(ids.addRegistry, [], 'Server', server.url, 'staging');
    const { said } = await run(ids.checkConnection, []);
    assert.match(said.at(-1) ?? '', /^'staging' answered in \d.*: .*MLflow/);
  });

  it('reads again what changed in a store', async () => {
    await run(ids.addRegistry, [], 'Folder', store.root, 'folder');
    await showsFirst('experiments', 'written-first');
    store.experiment('200', 'written-second');
    await run(ids.refresh, []);
    await showsFirst('experiments', 'written-second');
  });

  it('makes a sample in an empty folder, and refuses where something is', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'ringside-new-'));
    const { unstoppable } = await run(ids.createSample, [], folder);
    assert.deepEqual(unstoppable, ['Copying the sample registry']);
    assert.deepEqual(await registries(), ['mlflow.db', 'sample | active']);
    const { models } = await trees();
    await showsFirst('models', 'tumour-classifier');
    assert.equal((await rowsOf(models)).length, 2);
    const refused = await refusal(ids.createSample, [], folder);
    assert.match(refused.message, /is not an empty folder/);
    await run(ids.createSample, [], undefined);
    assert.deepEqual(await registries(), ['mlflow.db', 'sample | active']);
  });

  it('opens the log', async () => {
    await run(ids.showLog, []);
  });

  describe('behind a sign-in', () => {
    const basic = `Basic ${Buffer.from('ada:right').toString('base64')}`;
    let door: { url: string; server: Server };

    before(async () => {
      door = await gateway(server.url, [basic, 'Bearer t0ken']);
    });

    after(() => door.server.close());

    it('asks while adding, keeps the secret out of the settings, and forgets it on Sign Out', async () => {
      const person = ['User Name and Password', 'ada', 'right'] as const;
      await run(ids.addRegistry, [], 'Server', door.url, ...person, 'guarded');
      assert.deepEqual(settings().user, [{ name: 'guarded', uri: door.url }]);
      await run(ids.checkConnection, []);
      await run(ids.signOut, []);
      const refused = await refusal(ids.checkConnection, []);
      assert.equal(refused.kind, 'unauthorized');
      const broken = await run(ids.signIn, [], 'Token', 't0\nken');
      assert.equal(broken.said[0], 'A token is one line.');
      await run(ids.signIn, [], 'Token', ' t0ken\n');
      await run(ids.checkConnection, []);
      await run(ids.signOut, []);
    });

    it('does not add where the password is wrong or the person leaves', async () => {
      const wrong = await refusal(ids.addRegistry, [], 'Server', door.url, 'User Name and Password', 'ada', 'wrong');
      assert.equal(wrong.kind, 'unauthorized');
      assert.ok(!wrong.text.includes('wrong'), wrong.text);
      const left = await refusal(ids.addRegistry, [], 'Server', door.url, undefined);
      assert.equal(left.kind, 'unauthorized');
      assert.deepEqual(settings(), { user: undefined, workspace: undefined });
    });

    it('has nothing to sign in to or out of at a local store', async () => {
      for (const command of [ids.signIn, ids.signOut]) {
        assert.match((await refusal(command, [])).message, /is not a server/);
      }
    });
  });
});
