import { ConfigurationTarget, workspace, type ConfigurationScope, type Disposable } from 'vscode';

const section = 'ringside';

/** One setting as VS Code resolves it; a value of the wrong type, which VS Code lets through, counts as the default. */
export class ConfigValue<T> {
  constructor(
    private readonly key: string,
    private readonly fallback: T,
    private readonly accepts: (value: unknown) => value is T,
  ) {}

  get value(): T {
    return this.valueFor(undefined);
  }

  valueFor(resource: ConfigurationScope | undefined): T {
    const value: unknown = workspace.getConfiguration(section, resource).get(this.key);
    return this.accepts(value) ? value : this.fallback;
  }

  /** What the user's settings say and what this workspace's say, unchecked: VS Code's own merge drops one of two lists. */
  get layers(): { readonly user: unknown; readonly workspace: unknown } {
    const found = workspace.getConfiguration(section).inspect(this.key);
    return { user: found?.globalValue, workspace: found?.workspaceValue };
  }

  /** Undefined removes the setting. */
  async update(value: T | undefined, layer: 'user' | 'workspace'): Promise<void> {
    const target = layer === 'user' ? ConfigurationTarget.Global : ConfigurationTarget.Workspace;
    await workspace.getConfiguration(section).update(this.key, value, target);
  }

  readonly onDidChange = (listener: () => void): Disposable =>
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${section}.${this.key}`)) listener();
    });
}

/** Every setting of package.json; nothing else reads `getConfiguration`. Constructing it reads nothing. */
export class Settings {
  /** Unchecked entries: config/connections.ts judges each. */
  readonly registries = new ConfigValue<readonly unknown[]>('registries', [], isList);
  readonly python = new ConfigValue('python', '', isString);
  /** Seconds. */
  readonly requestTimeout = new ConfigValue('requestTimeout', 60, isPositive);
  /** Seconds. */
  readonly deployStartTimeout = new ConfigValue('deploy.startTimeout', 180, isPositive);
  /** Megabytes. */
  readonly artifactPreviewLimit = new ConfigValue('artifacts.previewLimit', 20, isPositive);
  /** Seconds between two looks at a server. */
  readonly pollInterval = new ConfigValue('pollInterval', 10, isPositive);
  readonly notifyWhenRunsEnd = new ConfigValue('notifyWhenRunsEnd', false, isBoolean);
  readonly runsPageSize = new ConfigValue('runs.pageSize', 50, isPositive);
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}

function isPositive(value: unknown): value is number {
  return typeof value === 'number' && value > 0;
}
