import * as l10n from '@vscode/l10n';
import { EventEmitter, ThemeIcon, TreeItem, window, type TreeDataProvider, type TreeView } from 'vscode';
import type { Deployments } from '../app/deploy';
import type { EndpointElement } from '../app/elements';
import { formatTime } from '../domain/format';
import type { Disposable } from '../domain/ports';
import type { Endpoint, EndpointState } from '../domain/target';
import { views } from '../ids';
import type { Selection } from '../platform/selection';

/** How often the servers are asked while the view is visible or one serves, ms. */
const interval = 3_000;

const icons: Readonly<Record<EndpointState, string>> = {
  starting: 'sync~spin',
  serving: 'broadcast',
  stopped: 'circle-outline',
  unhealthy: 'error',
};

/** What is being served; asked again while someone looks, and shown anew only where something changed. */
export class EndpointsTree implements TreeDataProvider<EndpointElement>, Disposable {
  readonly view: TreeView<EndpointElement>;
  private readonly didChange = new EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.didChange.event;
  private readonly subscriptions: Disposable[] = [this.didChange];
  private timer: NodeJS.Timeout | undefined;
  private shown = '';

  constructor(
    private readonly deployments: Deployments,
    selection: Selection,
    private readonly now: () => number,
  ) {
    this.view = window.createTreeView(views.endpoints, { treeDataProvider: this });
    this.subscriptions.push(
      this.view,
      selection.follow(views.endpoints, this.view),
      this.view.onDidChangeVisibility(() => {
        this.poll();
      }),
      deployments.onDidChange(() => {
        this.refresh();
        if (!this.view.visible) void this.look();
      }),
    );
  }

  refresh(): void {
    this.didChange.fire(undefined);
  }

  getTreeItem({ endpoint }: EndpointElement): TreeItem {
    const { id, modelName, version, url, state, startedAt } = endpoint;
    const item = new TreeItem(modelName);
    const address = url.replace(/^https?:\/\//, '');
    item.id = id;
    item.description = `v${version} · ${address} · ${stateWord(state)}`;
    item.iconPath = new ThemeIcon(icons[state]);
    item.contextValue = `endpoint;${state}`;
    item.tooltip = l10n.t('{0} v{1} at {2}, started {3}', modelName, version, url, formatTime(startedAt, this.now()));
    item.accessibilityInformation = {
      label: l10n.t('{0} version {1}, {2}, {3}', modelName, version, stateWord(state), address),
    };
    return item;
  }

  async getChildren(element?: EndpointElement): Promise<EndpointElement[]> {
    if (element) return [];
    const endpoints = await this.list();
    this.shown = JSON.stringify(endpoints);
    return endpoints.map((endpoint) => ({
      kind: 'endpoint',
      id: endpoint.id,
      endpoint,
      ref: { kind: 'endpoint', registry: endpoint.registry, id: endpoint.id },
    }));
  }

  getParent(): undefined {
    return undefined;
  }

  dispose(): void {
    clearInterval(this.timer);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  /** Folded too while one serves: what stands beside the title must stay true. */
  private poll(): void {
    const isAsked = this.view.visible || Boolean(this.view.description);
    if (!isAsked) clearInterval(this.timer);
    if (!isAsked) this.timer = undefined;
    else this.timer ??= setInterval(() => void this.look(), interval);
  }

  /** Their count stands beside the view's title, where it is seen while the view is folded too. */
  private async list(): Promise<readonly Endpoint[]> {
    const endpoints = await this.deployments.list();
    const serving = endpoints.filter(({ state }) => state === 'serving').length;
    this.view.description = serving > 0 ? l10n.t('{0} serving', serving) : '';
    this.poll();
    return endpoints;
  }

  private async look(): Promise<void> {
    const endpoints = await this.list().catch(() => []);
    if (this.view.visible && JSON.stringify(endpoints) !== this.shown) this.refresh();
  }
}

function stateWord(state: EndpointState): string {
  const words = {
    starting: l10n.t('starting'),
    serving: l10n.t('serving'),
    stopped: l10n.t('stopped'),
    unhealthy: l10n.t('not answering'),
  };
  return words[state];
}
