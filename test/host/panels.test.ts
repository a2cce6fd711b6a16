import * as assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import {
  commands,
  extensions,
  languages,
  TabInputWebview,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from 'vscode';
import { artifactUriPath } from '../../src/app/artifactAddress';
import { RegistrySet } from '../../src/app/registrySet';
import { UserError } from '../../src/domain/errors';
import type { Registry } from '../../src/domain/ports';
import { type Ref, versionOf } from '../../src/domain/ref';
import { readLayout } from '../../src/domain/tableLayout';
import { artifactScheme, commands as ids } from '../../src/ids';
import { HtmlPanels } from '../../src/panels/html/htmlPanels';
import { PanelSet } from '../../src/panels/panelSet';
import { runPanels } from '../../src/panels/run/runPanel';
import type { RunsHost, RunsPanelState } from '../../src/panels/runs/runs.messages';
import { runsPanels } from '../../src/panels/runs/runsPanel';
import type { Settings } from '../../src/platform/settings';
import { openLocal } from '../../src/registries/local';
import { openRegistry } from '../../src/registries/open';
import { playPanel } from './playedPanel';
import { execute, onlyRefusal, refusal, run as runCommand, scripted } from './script';
import { ScriptedUi } from './scriptedUi';
import { elementAt } from './treeText';
import { pageServices, resting, trees, until } from './window';

const model = 'tumour-classifier';

describe('Panels (host)', function () {
  this.timeout(60_000);

  /** Labels of the open panels of one kind. */
  function panelTabs(viewType: string): string[] {
    const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
    return tabs
      .filter(({ input }) => input instanceof TabInputWebview && input.viewType.endsWith(viewType))
      .map(({ label }) => label);
  }

  async function refOf(version: string): Promise<Ref> {
    const { ref } = await elementAt((await trees()).models, model, version);
    assert.ok(ref);
    return ref;
  }

  /** The sample of the window's folder, read a second time by the test. */
  function sampleRegistry(name: string) {
    const [folder] = workspace.workspaceFolders ?? [];
    assert.ok(folder);
    return openRegistry(
      { name, trackingUri: `sqlite:///${path.join(folder.uri.fsPath, 'mlflow.db')}` },
      { local: openLocal },
    );
  }

  /** That registry and no other, found when it is first asked for. */
  function sampleAlone(name: string): RegistrySet {
    const registries: RegistrySet = new RegistrySet(
      () => sampleRegistry(name),
      Date.now,
      () => {
        registries.setConnections([{ name, trackingUri: 'sqlite:///mlflow.db' }]);
        return Promise.resolve();
      },
    );
    return registries;
  }

  async function sourceRun(version: string): Promise<Ref> {
    const ref = await refOf(version);
    const { runId } = await sampleRegistry(ref.registry).models.version(versionOf(ref));
    return { kind: 'run', registry: ref.registry, id: runId };
  }

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

  it('shows what fails of what a page only asks for', async () => {
    const { kind, registry } = await sourceRun('v3');
    const ui = new ScriptedUi();
    const set = (): Promise<never> => Promise.reject(new UserError('unreachable', 'It could not be kept.'));
    const registries = new RegistrySet(({ name }) => sampleRegistry(name), Date.now);
    const panel = playPanel<RunsHost, RunsPanelState>(
      runsPanels({
        ...{
          ...pageServices,
          registries,
          ui,
          watcher: resting(registries),
          runLayouts: { value: {}, set },
          favourites: { value: {}, set },
        },
        extensionUri: Uri.file('/'),
        logFailure: () => undefined,
      }),
      { sources: [{ registry, experimentIds: ['1'] }] },
    );
    await panel.channel.request('saveLayout', { layout: readLayout({}) });
    assert.equal(onlyRefusal(ui).message, 'It could not be kept.', kind);
    panel.dispose();
    registries.dispose();
  });

  describe('artifacts', () => {
    function uriOf(run: Ref, artifact: string): Uri {
      const address = { registry: run.registry, root: { kind: 'run', runId: run.id } as const, path: artifact };
      const [folder] = workspace.workspaceFolders ?? [];
      assert.ok(folder);
      return folder.uri.with({ scheme: artifactScheme, authority: '', path: artifactUriPath(address) });
    }

    async function writeArtifact(run: Ref, name: string, bytes: number): Promise<void> {
      const root = { kind: 'run', runId: run.id } as const;
      const { localPath } = await sampleRegistry(run.registry).artifacts.locate({ root, path: '' });
      assert.ok(localPath);
      writeFileSync(path.join(localPath, name), 'x'.repeat(bytes));
    }

    it('open in the editor with the text that the run logged', async () => {
      const run = await sourceRun('v3');
      await writeArtifact(run, 'note.txt', 12);
      const root = { kind: 'run', runId: run.id } as const;
      await execute(ids.openArtifact, { registry: run.registry, root, path: 'note.txt' });
      const editor = await until(() => window.activeTextEditor);
      assert.equal(editor.document.uri.toString(), uriOf(run, 'note.txt').toString());
      assert.equal(editor.document.getText(), 'x'.repeat(12));
    });

    it('open as a page where they are HTML, whose scripts run only when confirmed', async () => {
      const run = await sourceRun('v3');
      await writeArtifact(run, 'page.html', 12);
      const address = { registry: run.registry, root: { kind: 'run', runId: run.id } as const, path: 'page.html' };
      await scripted();
      await Promise.all([execute(ids.openHtml, address), execute(ids.openHtml, address)]);
      await until(() => panelTabs('ringside.html').includes('page.html'));
      await runCommand(ids.openHtml, [address]);
      assert.equal(panelTabs('ringside.html').length, 1);
      const ui = await runCommand(ids.runScripts, [], true);
      assert.match(ui.asked.join(), /Run the scripts of page\.html\?/);
      await commands.executeCommand('workbench.action.closeAllEditors');
      await until(() => panelTabs('ringside.html').length === 0);
      assert.match((await refusal(ids.runScripts, [])).message, /Open an HTML artifact first/);
    });

    it('are pages again after a reload by the titles of their tabs; where one is gone it can be opened again', async () => {
      const run = await sourceRun('v3');
      await writeArtifact(run, 'page.html', 12);
      const address = { registry: run.registry, root: { kind: 'run', runId: run.id } as const, path: 'page.html' };
      const gone = { ...address, path: 'old/gone.html' };
      const openPages = {
        value: [address, gone].map(artifactUriPath) as readonly string[],
        set: (value: readonly string[]) => Promise.resolve(void (openPages.value = value)),
      };
      const registries = sampleAlone(run.registry);
      const settings = { artifactPreviewLimit: { value: 50 } } as unknown as Settings;
      const pages = new HtmlPanels({ registries, settings, openPages, ui: new ScriptedUi() }, 'ringside.restoredHtml');
      const restored = async (title: string): Promise<WebviewPanel> => {
        const panel = window.createWebviewPanel('ringside.restoredHtml', title, ViewColumn.Active);
        await pages.deserializeWebviewPanel(panel);
        return panel;
      };
      const page = await restored('page.html');
      assert.match(page.webview.html, /x{12}$/);
      const empty = await restored('gone.html');
      assert.match(empty.webview.html, /no artifact.*href="command:ringside\.openHtml\?[^"]*gone\.html/s);
      assert.deepEqual(empty.webview.options.enableCommandUris, [ids.openHtml]);
      await restored('never seen.html');
      await until(() => panelTabs('ringside.restoredHtml').length === 2);
      empty.dispose();
      await until(() => openPages.value.length === 1);
      pages.dispose();
      await until(() => panelTabs('ringside.restoredHtml').length === 0);
      assert.deepEqual(openPages.value, [artifactUriPath(address)]);
      registries.dispose();
    });

    it('are not opened as a page where the person stops the reading', async () => {
      const ui = new ScriptedUi();
      let reading: AbortSignal | undefined;
      const artifacts = {
        read: (_query: unknown, signal: AbortSignal) =>
          new Promise<never>((_resolve, reject) => {
            reading = signal;
            signal.addEventListener('abort', () => reject(new UserError('cancelled', 'Cancelled.')));
          }),
      };
      const registries = new RegistrySet(
        () => ({ artifacts, dispose: () => undefined }) as unknown as Registry,
        Date.now,
      );
      registries.setConnections([{ name: 'r', trackingUri: 'http://localhost' }]);
      const openPages = { value: [], set: () => Promise.resolve() };
      const html = new HtmlPanels(
        { registries, settings: pageServices.settings, openPages, ui },
        'ringside.stoppedHtml',
      );
      const opening = html.show({ registry: 'r', root: { kind: 'run', runId: 'a' }, path: 'stopped.html' });
      await until(() => reading);
      ui.cancel();
      await assert.rejects(opening, { kind: 'cancelled' });
      assert.deepEqual(panelTabs('ringside.stoppedHtml'), []);
      html.dispose();
    });

    it('cannot be written', async () => {
      const run = await sourceRun('v3');
      assert.equal(workspace.fs.isWritableFileSystem(artifactScheme), false);
      await assert.rejects(Promise.resolve(workspace.fs.writeFile(uriOf(run, 'new.txt'), new Uint8Array(1))));
    });

    it('say so where they are larger than the setting allows', async () => {
      const run = await sourceRun('v3');
      await writeArtifact(run, 'large.txt', 3_000_000);
      const settings = workspace.getConfiguration('ringside');
      await settings.update('artifacts.previewLimit', 1, false);
      try {
        await assert.rejects(Promise.resolve(workspace.fs.readFile(uriOf(run, 'large.txt'))), /2\.9 MB.*previewLimit/);
      } finally {
        await settings.update('artifacts.previewLimit', undefined, false);
      }
    });

    it('are not found outside their folder', async () => {
      const run = await sourceRun('v3');
      await assert.rejects(Promise.resolve(workspace.fs.stat(uriOf(run, '../../mlflow.db'))));
    });
  });
});
