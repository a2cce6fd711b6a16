import * as assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { commands, TabInputCustom, TabInputText, Uri, ViewColumn, type WebviewPanel, window, workspace } from 'vscode';
import { artifactUriPath } from '../../src/app/artifactAddress';
import { RegistrySet } from '../../src/app/registrySet';
import { UserError } from '../../src/domain/errors';
import type { Registry } from '../../src/domain/ports';
import { type Ref } from '../../src/domain/ref';
import type { RunPage } from '../../src/domain/runPage';
import { artifactScheme, commands as ids } from '../../src/ids';
import { HtmlPanels } from '../../src/panels/html/htmlPanels';
import type { DetailsHost } from '../../src/panels/details.messages';
import type { RunPanelState } from '../../src/panels/run/run.messages';
import { runPanels } from '../../src/panels/run/runPanel';
import type { Settings } from '../../src/platform/settings';
import { panelTabs, sampleAlone, sampleRegistry, sourceRun } from './openPanels';
import { playPanel } from './playedPanel';
import { execute, refusal, run as runCommand, scripted } from './script';
import { ScriptedUi } from './scriptedUi';
import { pageServices, resting, until } from './window';

describe('Artifacts in the editor (host)', function () {
  this.timeout(60_000);

  afterEach(() => commands.executeCommand('workbench.action.closeAllEditors'));

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

  it('open from the page of a run each in the editor that VS Code has for it, where nothing can be changed', async () => {
    const run = await sourceRun('v3');
    const registries = sampleAlone(run.registry);
    const services = { ...pageServices, registries, watcher: resting(registries), logFailure: () => undefined };
    const kind = runPanels({ ...services, extensionUri: Uri.file('/') });
    const panel = playPanel<DetailsHost<RunPage>, RunPanelState>(kind, { ref: run });
    const root = { kind: 'run', runId: run.id } as const;
    const opened = async (path: string) => {
      await panel.channel.request('actOnArtifact', { action: 'openArtifact', root, path });
      const wanted = uriOf(run, path).toString();
      return until(() => {
        const { input } = window.tabGroups.activeTabGroup.activeTab ?? {};
        const isShown = input instanceof TabInputText || input instanceof TabInputCustom;
        return isShown && input.uri.toString() === wanted && input;
      });
    };
    const image = await opened('plots/confusion_matrix.png');
    assert.ok(image instanceof TabInputCustom);
    assert.equal(image.viewType, 'imagePreview.previewEditor');
    for (const [path, language, text] of [
      ['reports/per_class.csv', undefined, /^label,/],
      ['reports/report.json', 'json', /^\{/],
    ] as const) {
      assert.ok((await opened(path)) instanceof TabInputText);
      const { document } = await until(() => window.activeTextEditor);
      assert.match(document.getText(), text);
      if (language) assert.equal(document.languageId, language);
      // What is typed into a read-only editor goes nowhere.
      await commands.executeCommand('type', { text: 'changed' });
      assert.ok(!document.isDirty && !document.getText().includes('changed'));
    }
    panel.dispose();
    registries.dispose();
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
    const html = new HtmlPanels({ registries, settings: pageServices.settings, openPages, ui }, 'ringside.stoppedHtml');
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
