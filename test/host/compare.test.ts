import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { commands, Uri, window, workspace } from 'vscode';
import { RegistrySet } from '../../src/app/registrySet';
import { type Ref, versionRef } from '../../src/domain/ref';
import type { CompareHost } from '../../src/panels/compare/compare.messages';
import { TeamContract } from '../../src/platform/teamContract';
import { openLocal } from '../../src/registries/local';
import { openRegistry } from '../../src/registries/open';
import { playComparison } from './openPanels';
import type { PlayedPanel } from './playedPanel';
import { onlyRefusal } from './script';
import { type Answer, ScriptedUi } from './scriptedUi';
import { ownSample, until } from './window';

const model = 'tumour-classifier';

describe('The Compare panel (host)', function () {
  this.timeout(60_000);
  let sample: Awaited<ReturnType<typeof ownSample>>;
  let registries: RegistrySet;
  let contract: TeamContract;
  let panel: PlayedPanel<CompareHost> | undefined;
  const version = (number: string, registry = 'ours'): Ref => versionRef(registry, model, number);
  const connections = (...names: readonly string[]) =>
    registries.setConnections(names.map((name) => ({ name, trackingUri: sample.uri })));

  before(async () => (sample = await ownSample()));

  beforeEach(() => {
    contract = new TeamContract();
    registries = new RegistrySet((connection) => openRegistry(connection, { local: openLocal }), Date.now);
    connections('ours', 'other');
  });

  afterEach(async () => {
    panel?.dispose();
    contract.dispose();
    registries.dispose();
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  function open(refs: readonly Ref[], ...answers: readonly Answer[]) {
    const ui = new ScriptedUi(...answers);
    const played = (panel = playComparison(registries, refs, { ui, contract }));
    const content = () => played.channel.request('content', {});
    return { ui, content, played };
  }

  async function sourceOf(number: string): Promise<Ref> {
    const { runId } = await registries.get('ours').models.version({ name: model, version: number });
    return { kind: 'run', registry: 'ours', id: runId };
  }

  async function runNamed(name: string): Promise<Ref> {
    const { experiments, runs } = registries.get('ours');
    const { items } = await experiments.search({ view: 'active', maxResults: 10 });
    const experimentIds = items.map(({ experimentId }) => experimentId);
    const filter = `attributes.run_name = '${name}'`;
    const { table } = await runs.search({ experimentIds, view: 'active', filter, maxResults: 1 });
    return { kind: 'run', registry: 'ours', id: table.runIds[0] ?? '' };
  }

  it('says that a run was deleted while it is open, and still compares what MLflow keeps of it', async () => {
    const runs = [await sourceOf('1'), await sourceOf('2')];
    const { content, played } = open(runs);
    const before = await content();
    assert.deepEqual(
      before.heads.map(({ run }) => run?.lifecycleStage),
      ['active', 'active'],
    );
    await registries.get('ours').runs.delete({ runId: runs[1]!.id });
    registries.forget();
    await until(() => played.changes() > 0);
    const after = await content();
    assert.deepEqual(
      after.heads.map(({ run }) => run?.lifecycleStage),
      ['active', 'deleted'],
    );
    assert.deepEqual(after.rows, before.rows);
    await registries.get('ours').runs.restore({ runId: runs[1]!.id });
  });

  it('compares the others where one is deleted for good, and says which', async () => {
    const { content } = open([version('3'), version('4'), version('5')]);
    const before = await content();
    await registries.get('ours').models.deleteVersion({ name: model, version: '4' });
    registries.forget();
    const { heads, rows } = await content();
    assert.deepEqual(
      heads.map(({ gone }) => gone !== undefined),
      [false, true, false],
    );
    assert.match(heads[1]?.gone ?? '', /4/);
    const row = (from: typeof rows) => from.find(({ key }) => key === 'accuracy')?.values;
    assert.deepEqual(row(rows), [row(before.rows)?.[0], null, row(before.rows)?.[2]]);
    assert.ok((await panel!.channel.request('details', {})).rows.every(({ values }) => values[1] === null));
    const { repetitions } = await panel!.channel.request('evidence', {});
    assert.deepEqual(
      repetitions.map((each) => each !== null),
      [true, false, true],
    );
  });

  it('restored after a registry is gone compares what is left, and says so where nothing is', async () => {
    const { content } = open([version('3'), version('3', 'other')]);
    assert.deepEqual(
      (await content()).heads.map(({ gone }) => gone),
      [undefined, undefined],
    );
    connections('ours');
    const { heads } = await content();
    assert.deepEqual(
      heads.map(({ gone }) => gone),
      [undefined, "There is no registry 'other'."],
    );
    panel?.dispose();
    const restored = open([version('3', 'other'), version('5', 'other')]);
    await assert.rejects(restored.content(), { kind: 'notFound', message: "There is no registry 'other'." });
  });

  it('compares two runs with nothing in common: each row has one value', async () => {
    const { content } = open([await runNamed('majority-class'), await runNamed('mlp-rate-too-high')]);
    const { rows } = await content();
    const metrics = rows.filter(({ group }) => group === 'metrics');
    assert.ok(metrics.length > 10);
    for (const { values, differs } of metrics) {
      assert.deepEqual([values.filter((value) => value === null).length, differs], [1, true]);
    }
  });

  it('is not read again where the person leaves Add without a choice', async () => {
    const { content, played, ui } = open([version('3'), version('5')], undefined);
    await content();
    await played.channel.request('add', {});
    assert.deepEqual([ui.asked.length, played.changes()], [1, 0]);
  });

  it('previews the file of each side, also where one of them is not compared any more', async () => {
    const { content, played } = open([version('3'), version('5')]);
    await content();
    const of = [version('9'), version('3')];
    const files = ['9', '3'].map((number) => ({
      root: { kind: 'version', name: model, version: number } as const,
      path: 'MLmodel',
    }));
    const previews = await played.channel.request('previews', { of, path: 'MLmodel', files });
    assert.equal(previews.length, 1);
    assert.match(JSON.stringify(previews), /python_function/);
  });

  describe('and ringside.yaml', () => {
    const file = (): Uri => Uri.joinPath(workspace.workspaceFolders![0]!.uri, 'ringside.yaml');
    afterEach(() => rmSync(file().fsPath, { force: true }));

    it('shows what is wrong in it, what is right counts, and opens it there', async () => {
      writeFileSync(file().fsPath, 'seeds: [seed]\nmetrics:\n  auc: {direction: up}\n');
      const { content, played } = open([version('3'), version('5')]);
      const { faults, contract: agreed } = await content();
      assert.deepEqual(faults, {
        count: 1,
        line: 3,
        first: 'direction is higher or lower: which of them is better.',
      });
      assert.deepEqual(agreed.seeds, ['seed']);
      await played.channel.request('openContract', {});
      const editor = await until(() => window.activeTextEditor);
      assert.deepEqual([editor.document.uri.fsPath, editor.selection.start.line], [file().fsPath, 2]);
      writeFileSync(file().fsPath, 'seeds: [seed]\n');
      await until(async () => (await content()).faults === undefined);
    });

    it('is not touched where it cannot be read, and the refusal says where', async () => {
      writeFileSync(file().fsPath, 'metrics: [\n');
      const document = await workspace.openTextDocument(file());
      // It may have been open before.
      await until(() => document.getText() === 'metrics: [\n');
      const { content, played, ui } = open([version('3'), version('5')], 'Lower is better');
      await content();
      await played.channel.request('judge', { metric: 'accuracy' });
      assert.match(onlyRefusal(ui).message, /ringside\.yaml cannot be changed/);
      assert.equal(readFileSync(file().fsPath, 'utf8'), 'metrics: [\n');
    });

    it('is written where a guess at segments is confirmed, and the comparison goes by it', async () => {
      const { content, played } = open([version('3'), version('5')], 'They are segments');
      await content();
      const recall = { metric: 'recall', patterns: ['recall/*'], guessed: true };
      await played.channel.request('judgeSegments', recall);
      await until(() => played.changes() > 0);
      assert.ok((await content()).contract.segments?.includes('recall/*'));
      assert.match(readFileSync(file().fsPath, 'utf8'), /^segments:\n/);
    });
  });

  it('opens the diff of two commits where the workspace has both, and of nothing else', async () => {
    const folder = workspace.workspaceFolders![0]!.uri.fsPath;
    const git = (...args: readonly string[]): string =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
        cwd: folder,
        encoding: 'utf8',
      }).trim();
    const write = (name: string, text: string): void => writeFileSync(path.join(folder, name), text);
    const commit = (): string => {
      git('add', '--all', '--', '*.py');
      git('commit', '-q', '-m', 'x');
      return git('rev-parse', 'HEAD');
    };
    const runs = [await sourceOf('1'), await sourceOf('2')];
    const setCommits = async (...commits: readonly string[]): Promise<void> => {
      const key = 'mlflow.source.git.commit';
      await Promise.all(
        runs.map(({ id }, i) => registries.get('ours').runs.setTag({ runId: id, key, value: commits[i] ?? '' })),
      );
    };
    const settings = workspace.getConfiguration('git');
    try {
      git('init', '-q');
      write('train.py', 'a = 1\n');
      write('old.py', '');
      write('new.py', '');
      const first = commit();
      write('train.py', 'a = 2\n');
      rmSync(path.join(folder, 'old.py'));
      write('new.py', 'b = 1\n');
      const second = commit();
      await settings.update('enabled', true, false);
      await setCommits(first, second);
      const { content, played } = open(runs);
      await content();
      const changed = () => played.channel.request('changedFiles', { of: runs });
      await until(async () => (await changed()) === 3);
      await played.channel.request('openCodeDiff', { of: runs });
      await until(() => window.tabGroups.activeTabGroup.activeTab?.label.startsWith(played.title()));
      for (const unknown of ['0'.repeat(40), '--output=/tmp/x', first]) {
        await setCommits(first, unknown);
        registries.forget();
        await content();
        assert.equal(await changed(), 0, unknown);
      }
    } finally {
      await settings.update('enabled', undefined, false);
      for (const name of ['.git', 'train.py', 'old.py', 'new.py'])
        rmSync(path.join(folder, name), { recursive: true, force: true });
    }
  });
});
