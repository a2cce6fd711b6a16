import * as l10n from '@vscode/l10n';
import { extensions, Uri, workspace } from 'vscode';
import { isCancelled, UserError } from '../domain/errors';
import type { PythonInfo } from '../domain/target';
import type { Settings } from './settings';
import type { Ui } from './ui';

/** What we use of the Python extension's API (ms-python.python, `environments`). */
interface PythonExtension {
  readonly environments: {
    getActiveEnvironmentPath(): { readonly path: string };
    resolveEnvironment(environment: {
      readonly path: string;
    }): Promise<{ readonly executable: { readonly uri?: { readonly fsPath: string } } } | undefined>;
  };
}

/** Which Python serves models: the setting, the Python extension's active one, `.venv`, else one that is picked. */
export class Interpreters {
  constructor(
    private readonly settings: Settings,
    private readonly ui: Ui,
    private readonly probe: (python: string, signal?: AbortSignal) => Promise<PythonInfo>,
  ) {}

  /** An interpreter that has MLflow, or undefined when the person backs out. Runs Python: refused before trust. */
  async get(signal?: AbortSignal): Promise<PythonInfo | undefined> {
    requireTrust();
    if (this.settings.python.value) return this.probe(this.settings.python.value, signal);
    for (const candidate of [await activeEnvironment(), ...(await workspaceEnvironments())]) {
      const found = candidate === undefined ? undefined : await this.tried(candidate, signal);
      if (found) return found;
    }
    return this.choose(signal);
  }

  /** Asks for an interpreter, checks it and keeps it in the settings. */
  async choose(signal?: AbortSignal): Promise<PythonInfo | undefined> {
    requireTrust();
    const python = await this.ui.pickFile({ title: l10n.t('Choose a Python that has MLflow'), folder: false });
    if (python === undefined) return undefined;
    const checked = await this.probe(python, signal);
    await this.settings.python.update(checked.path, workspace.workspaceFolders ? 'workspace' : 'user');
    this.ui.done(l10n.t('Models are served with MLflow {0}', checked.mlflowVersion));
    return checked;
  }

  private async tried(candidate: string, signal?: AbortSignal): Promise<PythonInfo | undefined> {
    try {
      return await this.probe(candidate, signal);
    } catch (error) {
      if (isCancelled(error)) throw error;
      return undefined;
    }
  }
}

function requireTrust(): void {
  if (workspace.isTrusted) return;
  throw new UserError('unsupported', l10n.t('Python is not run before the workspace is trusted.'), {
    next: l10n.t('Trust it, then try again.'),
    command: { id: 'workbench.trust.manage' },
  });
}

async function activeEnvironment(): Promise<string | undefined> {
  const extension = extensions.getExtension<PythonExtension>('ms-python.python');
  if (!extension) return undefined;
  try {
    const { environments } = await extension.activate();
    const resolved = await environments.resolveEnvironment(environments.getActiveEnvironmentPath());
    return resolved?.executable.uri?.fsPath;
  } catch {
    // Another extension's trouble is no reason not to look further.
    return undefined;
  }
}

async function workspaceEnvironments(): Promise<string[]> {
  const found: string[] = [];
  for (const { uri } of workspace.workspaceFolders ?? []) {
    for (const inside of ['bin/python', 'Scripts/python.exe']) {
      const python = Uri.joinPath(uri, '.venv', inside);
      if (uri.scheme === 'file' && (await exists(python))) found.push(python.fsPath);
    }
  }
  return found;
}

async function exists(file: Uri): Promise<boolean> {
  return workspace.fs.stat(file).then(
    () => true,
    () => false,
  );
}
