import * as assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { commands, extensions, languages, Uri, ViewColumn, window, workspace } from 'vscode';
import { RegistrySet } from '../../src/app/registrySet';
import { UserError } from '../../src/domain/errors';
import { versionRef } from '../../src/domain/ref';
import { viewsFile } from '../../src/domain/savedViews';
import { readLayout } from '../../src/domain/tableLayout';
import { commands as ids } from '../../src/ids';
import { PanelSet } from '../../src/panels/panelSet';
import { runPanels } from '../../src/panels/run/runPanel';
import type { RunsHost, RunsPanelState } from '../../src/panels/runs/runs.messages';
import { runsPanels } from '../../src/panels/runs/runsPanel';
import { openLocal } from '../../src/registries/local';
import { openRegistry } from '../../src/registries/open';
import type { DetailsHost } from '../../src/panels/details.messages';
import type { VersionPage } from '../../src/domain/versionPage';
import type { VersionPanelState } from '../../src/panels/version/version.messages';
import { versionPanels } from '../../src/panels/version/versionPanel';
import { model, panelTabs, playRuns, refOf, sampleAlone, sampleRegistry, sourceRun } from './openPanels';
import { playPanel } from './playedPanel';
import { execute, onlyRefusal, scripted } from './script';
import { ScriptedUi } from './scriptedUi';
import { elementAt } from './treeText';
import { ownSample, pageServices, resting, showOwnStores, showStores, trees, until } from './window';

describe('Panels (host)', function () {
  this.timeout(60_000);

  afterEach(() => commands.executeCommand('workbench.action.closeAllEditors'));

  it('opens a run once, named as the run is called', async () => {
    const ref = await sourceRun('v3');
    const { runName } = await sampleRegistry(ref.registry).runs.get({ runId: ref.id });
    await execute(ids.openRun, ref);
    // The title becomes the name only when the page has asked for its content and was answered.
    await until(() => panelTabs('ringside.run').includes(runName));
    await execute(ids.openRun, ref);
    assert.deepEqual(panelTabs('ringside.run'), [runName]);
  });

  it('opens a version as a page of its own beside its run', async () => {
    await execute(ids.openVersion, await refOf('v3'));
    await execute(ids.openRun, await sourceRun('v3'));
    await until(() => panelTabs('ringside.version').includes(`${model} v3`));
    await until(() => panelTabs('ringside.run').length === 1);
  });

  it('shows the runs of an experiment as a table, and of two in one', async () => {
    const { experiments } = await trees();
    const [digits, wine] = [
      await elementAt(experiments, 'digits-reader'),
      await elementAt(experiments, 'wine-quality'),
    ];
    await execute(ids.openRuns, digits);
    await until(() => panelTabs('ringside.runs').includes('digits-reader'));
    await execute(ids.openRuns, digits, [digits, wine]);
    await until(() => panelTabs('ringside.runs').includes('Runs of 2 experiments'));
    await execute(ids.openRuns, digits);
    assert.equal(panelTabs('ringside.runs').length, 2);
  });

  it('shows the runs of experiments of two registries in one table, picked in the palette', async () => {
    const [near, far] = await Promise.all([ownSample(), ownSample()]);
    const other = openRegistry({ name: 'far', trackingUri: far.uri }, { local: openLocal });
    await other.experiments.create({ name: 'elsewhere' });
    other.dispose();
    await showStores({ near: near.uri, far: far.uri, gone: `${far.uri}.gone` });
    try {
      const ui = await scripted('Several experiments…', ['digits-reader', 'elsewhere']);
      await execute(ids.openRuns);
      await until(() => panelTabs('ringside.runs').includes('Runs of 2 experiments'));
      const of = (name: string) => ui.offered.filter((each) => each.startsWith(name));
      assert.deepEqual(of('digits-reader').slice(0, 2), ['digits-reader | near', 'digits-reader | far']);
      assert.match(onlyRefusal(ui).message, /gone/);
    } finally {
      await showOwnStores();
    }
  });

  it('compares the versions that are selected, the first as baseline, in one panel whatever their order', async () => {
    const [v3, v4] = [await refOf('v3'), await refOf('v4')];
    await execute(ids.compare, v3, [v3, v4]);
    await until(() => panelTabs('ringside.compare').includes('v4 against v3'));
    await execute(ids.compare, v4, [v4, v3]);
    assert.equal(panelTabs('ringside.compare').length, 1);
  });

  it('compares by what ringside.yaml says, and shows its faults in the editor', async () => {
    const [folder] = workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const file = Uri.joinPath(folder.uri, 'ringside.yaml');
    const faults = () => languages.getDiagnostics(file).map(({ message, range }) => [message, range.start.line]);
    try {
      writeFileSync(file.fsPath, 'metrics:\n  auc: {direction: up}\n');
      await execute(ids.compare, await refOf('v3'), [await refOf('v3'), await refOf('v5')]);
      await until(() => faults().length === 1);
      assert.deepEqual(faults(), [['direction is higher or lower: which of them is better.', 1]]);
      writeFileSync(file.fsPath, 'metrics:\n  auc: {direction: higher}\n');
      await until(() => faults().length === 0);
    } finally {
      rmSync(file.fsPath, { force: true });
    }
  });

  it('restores a panel from what its browser side saved, and drops one that saved nothing', async () => {
    const ref = await sourceRun('v3');
    const { runName } = await sampleRegistry(ref.registry).runs.get({ runId: ref.id });
    const extension = extensions.getExtension('ringside.ringside');
    assert.ok(extension);
    const registries = sampleAlone(ref.registry);
    const { extensionUri } = extension;
    const logFailure = (error: unknown): never => assert.fail(String(error));
    const kind = runPanels({ extensionUri, registries, logFailure, watcher: resting(registries), ...pageServices });
    const panels = new PanelSet(extensionUri, { ...kind, viewType: 'ringside.restored' });
    const restored = (saved: unknown) => {
      const panel = window.createWebviewPanel('ringside.restored', 'before', ViewColumn.Active);
      return panels.deserializeWebviewPanel(panel, saved);
    };
    await restored({ ref, axis: 'time' });
    await until(() => panelTabs('ringside.restored').includes(runName));
    await restored(undefined);
    await until(() => panelTabs('ringside.restored').length === 1);
    panels.dispose();
    registries.dispose();
  });

  it('opens a new panel where one was closed before it showed something else', async () => {
    const extension = extensions.getExtension('ringside.ringside');
    assert.ok(extension);
    let rekey: (next: string) => void = () => assert.fail('not connected');
    const panels = new PanelSet<string>(extension.extensionUri, {
      viewType: 'ringside.closed',
      entry: 'run',
      keyOf: (key) => key,
      titleOf: (key) => key,
      readState: () => undefined,
      connect: (_panel, _state, next) => {
        rekey = next;
        return { dispose: () => undefined };
      },
    });
    panels.show('first');
    await until(() => panelTabs('ringside.closed').includes('first'));
    await commands.executeCommand('workbench.action.closeAllEditors');
    await until(() => panelTabs('ringside.closed').length === 0);
    rekey('second');
    panels.show('second');
    await until(() => panelTabs('ringside.closed').includes('second'));
    panels.dispose();
  });

  describe('of runs', () => {
    const keeping = () => {
      const kept = { value: {}, set: (value: object) => Promise.resolve(void (kept.value = value)) };
      return kept;
    };
    let kept: Record<'runLayouts' | 'chartLayouts' | 'favourites', ReturnType<typeof keeping>>;
    let registries: RegistrySet;
    let registry: string;
    beforeEach(async () => {
      kept = { runLayouts: keeping(), chartLayouts: keeping(), favourites: keeping() };
      ({ registry } = await refOf('v3'));
      registries = sampleAlone(registry);
    });
    afterEach(() => registries.dispose());

    const play = (experimentIds: readonly string[], ui = new ScriptedUi()) => {
      const services = { ...pageServices, ...kept, registries, ui, watcher: resting(registries) };
      const kind = runsPanels({ ...services, extensionUri: Uri.file('/'), logFailure: () => undefined });
      return playPanel<RunsHost, RunsPanelState>(kind, { sources: [{ registry, experimentIds }] });
    };

    it('keep the layouts of their charts when the tab is closed, those of other experiments apart', async () => {
      const asked = { filter: '', deleted: false, orderBy: [] };
      const first = play(['1']);
      const layouts = { steep: { logY: true } };
      await first.channel.request('saveChartLayouts', { layouts });
      first.dispose();
      const layoutsOf = async (id: string) => {
        const panel = play([id]);
        const { chartLayouts } = await panel.channel.request('content', asked);
        panel.dispose();
        return chartLayouts;
      };
      assert.deepEqual(await layoutsOf('1'), layouts);
      assert.deepEqual(await layoutsOf('2'), {});
    });

    it('save no view over a file that cannot be read', async () => {
      const [folder] = workspace.workspaceFolders ?? [];
      assert.ok(folder);
      const file = Uri.joinPath(folder.uri, viewsFile).fsPath;
      const panel = play(['1']);
      // Who may do anything can read any file; a folder nobody can.
      mkdirSync(file, { recursive: true });
      try {
        const refused = { kind: 'invalid', message: /^\.vscode\/ringside-views\.json cannot be read: / };
        await assert.rejects(panel.channel.request('views', {}), refused);
        await assert.rejects(panel.channel.request('saveView', { filter: '', layout: {} }), refused);
      } finally {
        rmSync(file, { recursive: true, force: true });
        panel.dispose();
      }
    });
  });

  it('shows what fails of what a page only asks for', async () => {
    const { kind, registry } = await sourceRun('v3');
    const ui = new ScriptedUi();
    const set = (): Promise<never> => Promise.reject(new UserError('unreachable', 'It could not be kept.'));
    const registries = new RegistrySet(({ name }) => sampleRegistry(name), Date.now);
    const refusing = { value: {}, set };
    const source = { registry, experimentIds: ['1'] };
    const panel = playRuns(registries, source, {
      ui,
      runLayouts: refusing,
      chartLayouts: refusing,
      favourites: refusing,
    });
    await panel.channel.request('saveLayout', { layout: readLayout({}) });
    assert.equal(onlyRefusal(ui).message, 'It could not be kept.', kind);
    panel.dispose();
    registries.dispose();
  });

  it('restored after their registry is gone, the table of runs and the page of a version say so', async () => {
    const registries = new RegistrySet(({ name }) => sampleRegistry(name), Date.now);
    registries.setConnections([{ name: 'left', trackingUri: 'sqlite:///mlflow.db' }]);
    const services = { ...pageServices, registries, watcher: resting(registries), logFailure: () => undefined };
    const kind = versionPanels({ ...services, extensionUri: Uri.file('/') });
    const runs = playRuns(registries, { registry: 'gone', experimentIds: ['1'] });
    const version = playPanel<DetailsHost<VersionPage>, VersionPanelState>(kind, {
      ref: versionRef('gone', model, '3'),
    });
    const refused = { kind: 'notFound', message: "There is no registry 'gone'." };
    await assert.rejects(runs.channel.request('content', { filter: '', deleted: false, orderBy: [] }), refused);
    await assert.rejects(version.channel.request('content', {}), refused);
    runs.dispose();
    version.dispose();
    registries.dispose();
  });
});
