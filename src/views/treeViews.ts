import * as l10n from '@vscode/l10n';
import { type TreeView, type ViewBadge, window } from 'vscode';
import type { Browser } from '../app/browse';
import type { Connections } from '../app/connections';
import type { RegistrySet } from '../app/registrySet';
import type { RunningRuns } from '../app/runningRuns';
import type { Follower, Watcher } from '../app/watcher';
import type { Disposable } from '../domain/ports';
import { type Ref, versionOf } from '../domain/ref';
import { dotted, oneLine } from '../domain/words';
import { contextKeys, views } from '../ids';
import { ContextKey } from '../platform/contextKeys';
import type { Element } from '../app/elements';
import { expandedOf } from './expanded';
import { ExperimentsTree } from './experimentsTree';
import { registryHints } from './hints';
import { ModelsTree } from './modelsTree';
import type { Selection } from '../platform/selection';
import { clockTime } from './text';
import { TreeProvider } from './treeProvider';

interface Context {
  readonly browser: Browser;
  readonly registries: RegistrySet;
  readonly connections: Connections;
  readonly selection: Selection;
  readonly watcher: Watcher;
  readonly running: RunningRuns;
  readonly pageSize: () => number;
  /** ms since epoch. */
  readonly now: () => number;
}

/** The Experiments and Models views. Making them reads nothing; VS Code asks when one is first seen. */
export class TreeViews implements Disposable {
  private readonly experimentsTree: ExperimentsTree;
  private readonly modelsTree: ModelsTree;
  private readonly experiments: TreeView<Element>;
  private readonly models: TreeView<Element>;
  /** What the views show, for tests that read a whole tree. */
  readonly providers: { readonly experiments: TreeProvider; readonly models: TreeProvider };
  private readonly keys = {
    runsFiltered: new ContextKey<boolean>(contextKeys.runsFiltered),
    modelsFiltered: new ContextKey<boolean>(contextKeys.modelsFiltered),
    showsDeleted: new ContextKey<boolean>(contextKeys.showsDeleted),
    paused: new ContextKey<boolean>(contextKeys.liveUpdatesPaused),
  };
  private readonly disposables: Disposable[] = [];
  private hints = '[]';

  constructor(private readonly context: Context) {
    const { browser, registries, connections, selection, watcher, running, pageSize, now } = context;
    this.experimentsTree = new ExperimentsTree(browser, pageSize);
    this.modelsTree = new ModelsTree(browser);
    const experiments = new TreeProvider(registries, this.experimentsTree, now, () => registryHints(connections));
    const models = new TreeProvider(registries, this.modelsTree, now);
    this.experiments = createView(views.experiments, experiments);
    this.models = createView(views.models, models);
    this.providers = { experiments, models };
    this.disposables.push(
      this.experiments,
      this.models,
      experiments,
      models,
      selection.follow(views.experiments, this.experiments),
      selection.follow(views.models, this.models),
      watcher.add(this.follower()),
      watcher.add(running.follower((registry) => this.isCounted(registry))),
      running.onDidChange(() => this.showRunning()),
      watcher.onDidChange(() => this.showState()),
      ...this.attend(this.experiments, experiments),
      ...this.attend(this.models, models),
      browser.onDidChange((change) => {
        if (change !== 'models') experiments.refresh();
        // Versions show their runs' metric, which is chosen per experiment.
        models.refresh();
        this.showState();
      }),
      browser.options.onDidChange(() => this.showState()),
      registries.onDidChange(() => {
        this.showRegistry();
        this.showState();
      }),
      connections.onDidList(() => this.showHints(experiments)),
    );
  }

  /** What stands on the icon of the side bar. */
  get badge(): ViewBadge | undefined {
    return this.experiments.badge;
  }

  /** What stands above the runs. */
  get message(): string | undefined {
    return this.experiments.message;
  }

  /** What is selected in the Experiments view. */
  get selected(): readonly Element[] {
    return this.experiments.selection;
  }

  /** Selects and shows the element of a thing, and reads what is needed to get there. */
  async reveal(ref: Ref): Promise<void> {
    const element = await this.elementOf(ref);
    if (!element) return;
    const view = ref.kind === 'model' || ref.kind === 'version' ? this.models : this.experiments;
    await view.reveal(element, { select: true, focus: true, expand: ref.kind !== 'version' });
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private async elementOf({ kind, registry, id }: Ref): Promise<Element | undefined> {
    if (kind === 'run') return this.experimentsTree.pathTo(registry, id);
    if (kind === 'model') return this.modelsTree.pathToModel(registry, id);
    if (kind === 'version') {
      const { name, version } = versionOf({ kind, registry, id });
      return this.modelsTree.pathTo(registry, name, version);
    }
    if (kind !== 'experiment') return undefined;
    const experiment = await this.context.browser.showExperiment({ registry, experimentId: id });
    return this.experimentsTree.experimentElement(registry, experiment);
  }

  /** What the trees show is read again as the stores change. */
  private follower(): Follower {
    const { browser } = this.context;
    const expanded = (registry: string) => {
      const experiments = this.isShown(registry, this.experiments, this.providers.experiments);
      const models = this.isShown(registry, this.models, this.providers.models);
      if (!experiments && !models) return undefined;
      return expandedOf(registry, {
        ...(experiments && { experiments: this.providers.experiments.expanded }),
        ...(models && { models: this.providers.models.expanded }),
      });
    };
    return {
      shown: (registry) => {
        const found = expanded(registry);
        return found && browser.shown(registry, found);
      },
      refresh: async (registry, whole) => {
        const found = expanded(registry);
        return found !== undefined && (await browser.refresh(registry, found, whole));
      },
    };
  }

  private isShown(registry: string, view: TreeView<Element>, provider: TreeProvider): boolean {
    return view.visible && provider.isDrawn && this.context.registries.active?.name === registry;
  }

  /** The icon shows the number also while another view is open. */
  private isCounted(registry: string): boolean {
    if (this.context.registries.active?.name !== registry || !this.providers.experiments.isDrawn) return false;
    return this.experiments.visible || this.badge !== undefined;
  }

  /** On the icon of the side bar, so that it can be seen while another view is open. */
  private showRunning(): void {
    const { running, registries } = this.context;
    const value = running.of(registries.active?.name ?? '').length;
    const tooltip = value === 1 ? l10n.t('1 run is running') : l10n.t('{0} runs are running', value);
    this.experiments.badge = value === 0 ? undefined : { value, tooltip };
  }

  /** What comes into sight is looked at soon; what changed while it was out of sight was forgotten. */
  private attend(view: TreeView<Element>, provider: TreeProvider): Disposable[] {
    const { watcher } = this.context;
    return [
      provider.onDidRead(() => {
        watcher.wake();
        this.showState();
      }),
      view.onDidCollapseElement(({ element }) => provider.fold(element, true)),
      view.onDidExpandElement(({ element }) => {
        provider.fold(element, false);
        watcher.wake();
      }),
      view.onDidChangeVisibility(({ visible }) => {
        if (!visible) return;
        provider.refresh();
        watcher.wake();
      }),
    ];
  }

  private showState(): void {
    const { runFilter, runFilterNote, modelFilter, showsDeleted } = this.context.browser.options;
    this.keys.runsFiltered.set(runFilter !== undefined);
    this.keys.modelsFiltered.set(modelFilter !== undefined);
    this.keys.showsDeleted.set(showsDeleted);
    this.keys.paused.set(this.context.watcher.isPaused);
    // An empty message takes no room.
    const runs = runFilter === undefined ? undefined : l10n.t('Runs where {0}', oneLine(runFilter));
    const models =
      modelFilter === undefined ? undefined : l10n.t("Models whose name holds '{0}'", oneLine(modelFilter));
    const stale = this.staleText();
    tell(this.experiments, 'message', dotted(stale, runs, runFilterNote));
    tell(this.models, 'message', dotted(stale, models));
  }

  /** Where what is shown was read before, and the store cannot be asked now or has not answered yet. */
  private staleText(): string | undefined {
    const { browser, watcher, registries, now } = this.context;
    const name = registries.active?.name ?? '';
    const lost = watcher.lostSince(name);
    const at = browser.asOf(name) ?? lost;
    if (at === undefined) return undefined;
    const time = clockTime(at, now());
    const reconnects = lost !== undefined || registries.state(name).kind === 'failed';
    return reconnects ? l10n.t('as of {0} · reconnecting', time) : l10n.t('as of {0} · refreshing', time);
  }

  /** The list is made anew whenever a file comes or goes: the tree only where that says something new. */
  private showHints(experiments: TreeProvider): void {
    const hints = JSON.stringify(registryHints(this.context.connections));
    if (hints !== this.hints) experiments.refresh();
    this.hints = hints;
  }

  /** With one registry there is nothing to tell apart. */
  private showRegistry(): void {
    const { connections, active } = this.context.registries;
    const name = connections.length > 1 ? (active?.name ?? '') : '';
    tell(this.experiments, 'description', name);
    tell(this.models, 'description', name);
    this.showRunning();
  }
}

/** What a view says already would draw it anew. */
function tell(view: TreeView<Element>, part: 'message' | 'description', text: string): void {
  if ((view[part] ?? '') !== text) view[part] = text;
}

function createView(id: string, provider: TreeProvider): TreeView<Element> {
  return window.createTreeView(id, { treeDataProvider: provider, canSelectMany: true, showCollapseAll: true });
}
