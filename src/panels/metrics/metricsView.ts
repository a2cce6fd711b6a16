import type { WebviewView, WebviewViewProvider } from 'vscode';
import { ChartLines, latestMetrics, lineSources } from '../../app/charts';
import { type ComparedItem, loadComparedItems, thereOf } from '../../app/compare';
import type { Disposable, Event } from '../../domain/ports';
import { type Ref, refKey } from '../../domain/ref';
import type { Handlers } from '../../rpc/channel';
import { LiveContent, shownOf } from '../liveContent';
import { commonHandlers, localizedSentences, type PanelServices } from '../panelServices';
import { loadPage, WebviewSession } from '../webviewHost';
import type { MetricsContent, MetricsHost, MetricsItem } from './metrics.messages';

/** What the view follows; the side bar's Selection is one. */
export interface FollowedSelection {
  readonly current: readonly Ref[];
  readonly onDidChange: Event<readonly Ref[]>;
}

/** Arrow keys run through a tree: only where they rest is read. */
const restMs = 150;
/** More lines than the palette has colours and dashes cannot be told apart. */
const mostItems = 18;

/** The Metrics view of the side bar: small charts of what is selected in the trees. */
export class MetricsView implements WebviewViewProvider, Disposable {
  private readonly charts: ChartLines;
  private readonly subscriptions: readonly Disposable[];
  private session: WebviewSession<MetricsHost> | undefined;
  private view: WebviewView | undefined;
  private readonly items = new LiveContent<readonly ComparedItem[]>(
    (signal) => this.read(signal),
    (before, after) => {
      this.charts.forgetMoved(latestMetrics(before), latestMetrics(after));
      this.session?.emit('changed', {});
    },
  );
  private shown = '';
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly services: PanelServices,
    private readonly selection: FollowedSelection,
  ) {
    const { registries, watcher, contract } = services;
    this.charts = new ChartLines((name) => registries.get(name));
    this.subscriptions = [
      selection.onDidChange(() => this.whenAtRest(() => this.follow())),
      registries.onDidChangeContent(() => this.refresh()),
      contract.onDidChange(() => this.session?.emit('changed', {})),
      watcher.add({
        shown: (registry) => (this.view?.visible ? shownOf(registry, this.items.current ?? []) : undefined),
        refresh: () => this.items.refresh(),
      }),
    ];
  }

  resolveWebviewView(view: WebviewView): void {
    this.session?.dispose();
    const session = new WebviewSession<MetricsHost>(view.webview, this.handlers(), this.services.logFailure);
    this.session = session;
    this.view = view;
    view.onDidDispose(() => session.dispose());
    view.onDidChangeVisibility(() => this.services.watcher.wake());
    loadPage(view.webview, this.services.extensionUri, 'metrics');
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.session?.dispose();
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private handlers(): Handlers<MetricsHost['methods']> {
    return {
      ...commonHandlers(this.services.ui),
      content: (_args, signal) => this.content(signal),
      lines: ({ key, ...reduction }, signal) =>
        this.charts.read(lineSources(this.items.current ?? []), key, reduction, signal),
    };
  }

  private async content(signal: AbortSignal): Promise<MetricsContent> {
    const { registries, watcher, contract } = this.services;
    await registries.ready();
    const refs = this.selected();
    const items = await this.items.give(signal);
    this.shown = keyOf(refs);
    watcher.wake();
    return {
      items: items.map((item) => itemOf(item, isOneModel(items))),
      more: Math.max(0, refs.length - mostItems),
      contract: await contract.get(),
      bundle: localizedSentences(),
    };
  }

  /** What was deleted for good meanwhile is left out, unless there is nothing else. */
  private async read(signal?: AbortSignal): Promise<readonly ComparedItem[]> {
    const { registries } = this.services;
    const refs = this.selected().slice(0, mostItems);
    return thereOf(await loadComparedItems((name) => registries.get(name), refs, signal));
  }

  private selected(): readonly Ref[] {
    return this.selection.current.filter(({ kind }) => kind === 'run' || kind === 'version');
  }

  private follow(): void {
    if (keyOf(this.selected()) === this.shown) return;
    this.items.forget();
    this.session?.emit('changed', {});
  }

  private refresh(): void {
    this.charts.forget();
    this.items.forget();
    this.session?.emit('changed', {});
  }

  private whenAtRest(act: () => void): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(act, restMs);
  }
}

/** In a narrow view the numbers tell versions of one model apart. */
function itemOf({ ref, run, version, metrics }: ComparedItem, short: boolean): MetricsItem {
  if (!version) return { ref, label: run?.runName ?? ref.id, metrics };
  return { ref, label: short ? `v${version.version}` : `${version.name} v${version.version}`, metrics };
}

function isOneModel(items: readonly ComparedItem[]): boolean {
  return items.length > 1 && items.every(({ version }) => version && version.name === items[0]?.version?.name);
}

function keyOf(refs: readonly Ref[]): string {
  return refs.map(refKey).join();
}
