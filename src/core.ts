import { homedir } from 'node:os';
import path from 'node:path';
import type { ExtensionContext } from 'vscode';
import { Browser } from './app/browse';
import { BrowseOptions } from './app/browseOptions';
import { Connections } from './app/connections';
import { Deployments } from './app/deploy';
import { EndNotices } from './app/endNotices';
import { Downloads } from './app/downloads';
import { Edits } from './app/edits';
import { RegistrySet } from './app/registrySet';
import { RunningRuns } from './app/runningRuns';
import { StandIns } from './app/standIn';
import { Watcher } from './app/watcher';
import { type Connection, storeKind } from './domain/connection';
import type { Favourites } from './domain/favourites';
import type { Disposable, Registry } from './domain/ports';
import { WorkspaceFacts } from './platform/connectionFacts';
import { focus } from './platform/focus';
import type { Log } from './platform/log';
import { Remembered } from './platform/memento';
import { Interpreters } from './platform/python';
import { Secrets } from './platform/secrets';
import { Settings } from './platform/settings';
import { TeamContract } from './platform/teamContract';
import type { Ui } from './platform/ui';
import { DownloadFolders } from './registries/abandoned';
import { discoverStores } from './registries/discover';
import { LastKnownFiles } from './registries/lastKnown';
import { download } from './registries/download';
import { openRegistry } from './registries/open';
import { copySample } from './registries/sample';
import { SpareWorker } from './registries/spareWorker';
import { LocalTarget } from './serving/local/localTarget';
import { LocalMlflowUi } from './serving/local/mlflowUi';
import { Pythons } from './serving/local/python';

/** ms that a server may take before what it said last is shown (design.md, States). */
const patience = 200;

/** Everything behind the faces: the half of the composition root that shows nothing. Reads and starts nothing yet. */
export function createCore(context: ExtensionContext, log: Log, ui: Ui) {
  const settings = new Settings();
  const secrets = new Secrets(context.secrets, process.env);
  const facts = new WorkspaceFacts(settings.registries, process.env, homedir());
  const active = new Remembered(context.workspaceState, 'ringside.activeRegistry', '');
  const workspaces = new Remembered<Readonly<Record<string, string>>>(
    context.workspaceState,
    'ringside.mlflowWorkspaces',
    {},
  );
  const spare = new SpareWorker(context.asAbsolutePath(path.join('dist', 'worker.js')));
  const open = (connection: Connection): Registry =>
    openRegistry(connections.allowed(connection), {
      local: { workerUrl: spare.url, spare },
      credentials: secrets,
      storageDir: context.globalStorageUri.fsPath,
      timeoutMs: () => settings.requestTimeout.value * 1000,
      log: (line) => {
        log.debug(line);
      },
    });
  const registries: RegistrySet = new RegistrySet(open, Date.now, async () => {
    spare.prepare();
    void folders.sweep();
    await connections.load();
    if (!registries.active || storeKind(registries.active.trackingUri) === 'rest') spare.dispose();
  });
  const connections: Connections = new Connections(facts, discoverStores, registries, active, workspaces);
  const target = new LocalTarget({
    storageDir: context.globalStorageUri.fsPath,
    startTimeout: () => settings.deployStartTimeout.value * 1000,
  });
  const folders = new DownloadFolders(new Remembered(context.globalState, 'ringside.downloadFolders', []), download);
  const downloads = new Downloads(registries, folders.download, Date.now);
  const deployments = new Deployments(registries, target, downloads);
  const lastKnown = new LastKnownFiles(path.join(context.globalStorageUri.fsPath, 'last-known'), Date.now);
  const contract = new TeamContract();
  const browser = new Browser(
    registries,
    new BrowseOptions(context.workspaceState, () => !watcher.isPaused),
    contract,
    () => settings.runsPageSize.value,
    new StandIns(registries, lastKnown, () => new Promise((resolve) => setTimeout(resolve, patience))),
  );
  const edits = new Edits(registries, Date.now);
  const pythons = new Pythons();
  const interpreters = new Interpreters(settings, ui, (python, signal) => pythons.probe(python, signal));
  const sample = (folder: string): Promise<string> => copySample(context.asAbsolutePath('media/sample'), folder);
  const webUi = new LocalMlflowUi(context.globalStorageUri.fsPath);
  const watcher = new Watcher(registries, {
    now: Date.now,
    after: timeout,
    interval: () => settings.pollInterval.value * 1000,
    isLooking: focus.isHere,
    failed: (name, error) => log.debug(`Looking at ${name} failed: ${String(error)}`),
  });
  context.subscriptions.push(
    spare,
    contract,
    connections,
    registries,
    watcher,
    focus.onDidReturn(() => watcher.wake()),
  );
  return {
    settings,
    contract,
    secrets,
    open,
    registries,
    connections,
    deployments,
    downloads,
    browser,
    lastKnown,
    openPages: new Remembered<readonly string[]>(context.workspaceState, 'ringside.openPages', []),
    runLayouts: new Remembered<Readonly<Record<string, unknown>>>(context.workspaceState, 'ringside.runLayouts', {}),
    chartLayouts: new Remembered<Readonly<Record<string, unknown>>>(
      context.workspaceState,
      'ringside.chartLayouts',
      {},
    ),
    favourites: new Remembered<Favourites>(context.workspaceState, 'ringside.favouriteRuns', {}),
    watcher,
    running: new RunningRuns(registries, browser, Date.now),
    notices: new EndNotices(registries),
    edits,
    interpreters,
    webUi,
    copySample: sample,
  };
}

function timeout(ms: number, act: () => void): Disposable {
  const timer = setTimeout(act, ms);
  return { dispose: () => clearTimeout(timer) };
}
