import { Disposable, RelativePattern, Uri, workspace } from 'vscode';
import { mlflowEnvironment, type MlflowEnvironment } from '../config/environment';
import type { WorkspaceFolder } from '../config/trackingUri';
import type { ConfigValue } from './settings';

/** Changes that come in bursts, as when MLflow makes a store, are told once, in ms. */
const settle = 250;

/** What decides which registries a window shows: settings, folders, trust, environment. Reads nothing until asked. */
export class WorkspaceFacts {
  constructor(
    private readonly setting: ConfigValue<readonly unknown[]>,
    private readonly environment: Readonly<Record<string, string | undefined>>,
    private readonly home: string,
  ) {}

  read(): {
    readonly layers: { readonly workspace: unknown; readonly user: unknown };
    readonly folders: readonly WorkspaceFolder[];
    readonly trusted: boolean;
    readonly environment: MlflowEnvironment;
    readonly home: string;
  } {
    return {
      layers: this.setting.layers,
      folders: localFolders(),
      trusted: workspace.isTrusted,
      environment: mlflowEnvironment(this.environment),
      home: this.home,
    };
  }

  async save(layer: 'workspace' | 'user', entries: readonly unknown[]): Promise<void> {
    await this.setting.update(entries.length === 0 ? undefined : entries, layer);
  }

  watch(listener: () => void): Disposable {
    let timer: NodeJS.Timeout | undefined;
    const later = (): void => {
      clearTimeout(timer);
      timer = setTimeout(listener, settle);
    };
    let files = watchFolders(later);
    const listeners = [
      this.setting.onDidChange(listener),
      workspace.onDidGrantWorkspaceTrust(listener),
      workspace.onDidChangeWorkspaceFolders(() => {
        files.dispose();
        files = watchFolders(later);
        listener();
      }),
    ];
    return new Disposable(() => {
      clearTimeout(timer);
      files.dispose();
      Disposable.from(...listeners).dispose();
    });
  }
}

function localFolders(): readonly WorkspaceFolder[] {
  const folders = workspace.workspaceFolders ?? [];
  return folders.filter(({ uri }) => uri.scheme === 'file').map(({ name, uri }) => ({ name, path: uri.fsPath }));
}

// Patterns without `/` and `**`: VS Code watches the folder itself and nothing below it.
function watchFolders(listener: () => void): Disposable {
  const watchers = localFolders().flatMap(({ path }) => [
    watchEntries(Uri.file(path), '{mlflow.db,mlruns,.env}', listener),
    watchEntries(Uri.joinPath(Uri.file(path), 'mlruns'), '*', listener),
  ]);
  return Disposable.from(...watchers);
}

function watchEntries(folder: Uri, pattern: string, listener: () => void): Disposable {
  // What a database holds changes all the time: only its coming and going matters here.
  const watcher = workspace.createFileSystemWatcher(new RelativePattern(folder, pattern), false, true, false);
  return Disposable.from(watcher, watcher.onDidCreate(listener), watcher.onDidDelete(listener));
}
