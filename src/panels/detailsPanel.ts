import { commands as vscodeCommands, type WebviewPanel, window } from 'vscode';
import type { ArtifactAddress } from '../app/artifactAddress';
import { previewArtifact } from '../app/artifactPreview';
import { ChartLines, latestMetrics, type LineSource } from '../app/charts';
import type { Deployments } from '../app/deploy';
import type { Edits } from '../app/edits';
import { readTimeline } from '../app/timeline';
import { storeKind } from '../domain/connection';
import { valueOf } from '../domain/experiment';
import type { Disposable, Registry } from '../domain/ports';
import { isRef, type Ref, refKey, versionOf } from '../domain/ref';
import type { Run } from '../domain/run';
import type { Endpoint } from '../domain/target';
import { commands } from '../ids';
import type { Settings } from '../platform/settings';
import { findSource } from '../platform/sourceFile';
import type { Handlers } from '../rpc/channel';
import type { PairElement } from '../app/elements';
import {
  artifactActions,
  type DetailsContent,
  type DetailsHost,
  type DetailsState,
  tagActions,
} from './details.messages';
import { LiveContent, shownOf } from './liveContent';
import { commonHandlers, localizedSentences, type PanelServices, showingFailure } from './panelServices';
import type { PanelKind } from './panelSet';
import { type Entry, WebviewSession } from './webviewHost';

export interface DetailsServices extends PanelServices {
  readonly settings: Pick<Settings, 'artifactPreviewLimit'>;
  readonly edits: Pick<Edits, 'replace'>;
  readonly deployments: Pick<Deployments, 'list' | 'onDidChange'>;
}

interface Shown {
  readonly ref: Ref;
  readonly run?: Run;
}

/** What the pages of runs and of versions differ in, on the host's side. */
export interface DetailsKind<P extends Shown> {
  readonly viewType: string;
  readonly entry: Entry;
  readonly refKind: Ref['kind'];
  readonly load: (registry: Registry, ref: Ref, signal?: AbortSignal) => Promise<P>;
  /** Until the page is read. */
  readonly firstTitle: (ref: Ref) => string;
  readonly titleOf: (page: P) => string;
}

/** The panels of one kind of page: one for each run or version. */
export function detailsPanels<P extends Shown>(
  services: DetailsServices,
  kind: DetailsKind<P>,
): PanelKind<DetailsState> {
  return {
    viewType: kind.viewType,
    entry: kind.entry,
    keyOf: ({ ref }) => refKey(ref),
    titleOf: ({ ref }) => kind.firstTitle(ref),
    readState: (saved) => readState(saved, kind.refKind),
    connect: (panel, { ref }) => new DetailsPanel(panel, ref, services, kind),
  };
}

function readState(saved: unknown, kind: Ref['kind']): DetailsState | undefined {
  if (typeof saved !== 'object' || saved === null || !('ref' in saved)) return undefined;
  return isRef(saved.ref) && saved.ref.kind === kind ? { ref: saved.ref } : undefined;
}

class DetailsPanel<P extends Shown> implements Disposable {
  private readonly charts: ChartLines;
  private readonly session: WebviewSession<DetailsHost<P>>;
  private readonly subscriptions: readonly Disposable[];
  private readonly page = new LiveContent<P>(
    (signal) => this.kind.load(this.services.registries.get(this.ref.registry), this.ref, signal),
    (before, after) => {
      this.charts.forgetMoved(latestMetrics([before]), latestMetrics([after]));
      this.session.emit('changed', {});
    },
    () => this.session.emit('changed', {}),
  );

  constructor(
    private readonly panel: WebviewPanel,
    private readonly ref: Ref,
    private readonly services: DetailsServices,
    private readonly kind: DetailsKind<P>,
  ) {
    const { registries, watcher, contract, deployments, logFailure } = services;
    this.charts = new ChartLines((name) => registries.get(name));
    this.session = new WebviewSession<DetailsHost<P>>(panel.webview, this.handlers(), logFailure);
    this.subscriptions = [
      registries.onDidChangeContent(() => this.readAgain()),
      contract.onDidChange(() => this.session.emit('changed', {})),
      deployments.onDidChange(() => this.session.emit('changed', {})),
      watcher.add({
        shown: (registry) => (panel.visible && this.page.current ? shownOf(registry, [this.page.current]) : undefined),
        refresh: () => this.page.refresh(),
      }),
      panel.onDidChangeViewState(() => watcher.wake()),
    ];
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.session.dispose();
  }

  private readAgain(): void {
    this.charts.forget();
    this.page.forget();
    this.session.emit('changed', {});
  }

  private handlers(): Handlers<DetailsHost<P>['methods']> {
    const { ref } = this;
    const artifacts = () => this.services.registries.get(ref.registry).artifacts;
    return {
      ...commonHandlers(this.services.ui),
      content: (_args, signal) => this.content(signal),
      lines: ({ key, ...reduction }, signal) => this.charts.read([this.source()], key, reduction, signal),
      artifacts: (query, signal) => artifacts().list(query, signal),
      preview: (place, signal) => previewArtifact(artifacts(), place, this.previewLimit, signal),
      overVersions: ({ key }, signal) =>
        readTimeline(this.services.registries.get(ref.registry), versionOf(ref).name, key, signal),
      actOnArtifact: ({ action, root, path }) => {
        if (!artifactActions.includes(action)) throw new Error(`A webview asked for '${action}'`);
        const address: ArtifactAddress = { registry: ref.registry, root, path };
        void vscodeCommands.executeCommand(commands[action], address);
      },
      editTag: ({ action, pair }) => {
        if (!tagActions.includes(action)) throw new Error(`A webview asked for '${action}'`);
        const target: PairElement | Ref = pair ? { kind: 'tag', id: pair.key, ref, pair } : ref;
        void vscodeCommands.executeCommand(commands[action], target);
      },
      describe: async ({ from, to }, signal) => {
        await this.services.edits.replace({ ref, field: { kind: 'description' }, from, to }, signal);
      },
      openSource: () =>
        showingFailure(this.services.ui, async () => {
          const file = await this.sourceFile();
          if (file) await window.showTextDocument(file);
        }),
    };
  }

  /** Bytes. */
  private get previewLimit(): number {
    return this.services.settings.artifactPreviewLimit.value * 1024 * 1024;
  }

  private source(): LineSource {
    const runId = this.page.current?.run?.runId;
    return { registry: this.ref.registry, ...(runId && { runId }) };
  }

  private sourceFile(): ReturnType<typeof findSource> {
    return findSource(valueOf(this.page.current?.run?.tags ?? [], 'mlflow.source.name'));
  }

  private async content(signal: AbortSignal): Promise<DetailsContent<P>> {
    const { registries, watcher } = this.services;
    const { registry } = this.ref;
    await registries.ready();
    const [page, { capabilities }, contract] = await Promise.all([
      this.page.give(signal),
      registries.describe(registry),
      this.services.contract.get(),
    ]);
    this.panel.title = this.kind.titleOf(page);
    watcher.wake();
    const hasSource = (await this.sourceFile()) !== undefined;
    const canReveal = storeKind(registries.get(registry).connection.trackingUri) !== 'rest';
    const servedBy = await this.endpoint();
    const served = servedBy !== undefined && { servedBy };
    return { page, capabilities, canReveal, contract, hasSource, ...served, bundle: localizedSentences() };
  }

  /** That serves the version now, if any. */
  private async endpoint(): Promise<string | undefined> {
    const { ref } = this;
    if (ref.kind !== 'version') return undefined;
    const { name, version } = versionOf(ref);
    const all = await this.services.deployments.list();
    const isOwn = ({ registry, modelName }: Endpoint): boolean => registry === ref.registry && modelName === name;
    return all.find((each) => isOwn(each) && each.version === version && each.state === 'serving')?.id;
  }
}
