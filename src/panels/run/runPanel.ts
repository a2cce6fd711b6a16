import { commands as vscodeCommands, type WebviewPanel } from 'vscode';
import type { ArtifactAddress } from '../../app/artifactAddress';
import { ChartLines, latestMetrics, type LineSource } from '../../app/charts';
import { loadRunPage } from '../../app/runPage';
import { storeKind } from '../../domain/connection';
import type { Disposable } from '../../domain/ports';
import { isRef, type Ref, refKey, versionOf } from '../../domain/ref';
import type { RunPage } from '../../domain/runPage';
import { commands, panels } from '../../ids';
import { LiveContent, shownOf } from '../liveContent';
import { type PanelServices, commonHandlers, localizedSentences } from '../panelServices';
import type { PanelKind } from '../panelSet';
import { WebviewSession } from '../webviewHost';
import { artifactActions, type RunHost, type RunPanelContent, type RunPanelState } from './run.messages';

/** The panel of one run, or of one version with its source run. */
export function runPanels(services: PanelServices): PanelKind<RunPanelState> {
  return {
    viewType: panels.run,
    entry: 'run',
    keyOf: ({ ref }) => refKey(ref),
    titleOf: ({ ref }) => (ref.kind === 'version' ? versionTitle(ref) : ref.id.slice(0, 8)),
    readState,
    connect: (panel, { ref }) => new RunPanel(panel, ref, services),
  };
}

function readState(saved: unknown): RunPanelState | undefined {
  if (typeof saved !== 'object' || saved === null || !('ref' in saved) || !isRef(saved.ref)) return undefined;
  return { ref: saved.ref };
}

class RunPanel implements Disposable {
  private readonly charts: ChartLines;
  private readonly session: WebviewSession<RunHost>;
  private readonly subscriptions: readonly Disposable[];
  private readonly page = new LiveContent<RunPage>(
    (signal) => this.read(signal),
    (before, after) => {
      this.charts.forgetMoved(latestMetrics([before]), latestMetrics([after]));
      this.session.emit('changed', {});
    },
  );

  constructor(
    private readonly panel: WebviewPanel,
    private readonly ref: Ref,
    private readonly services: PanelServices,
  ) {
    const { registries, watcher, logFailure } = services;
    this.charts = new ChartLines((name) => registries.get(name));
    this.session = new WebviewSession<RunHost>(panel.webview, this.handlers(), logFailure);
    this.subscriptions = [
      registries.onDidChangeContent(() => {
        this.charts.forget();
        this.page.forget();
        this.session.emit('changed', {});
      }),
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

  private handlers(): ConstructorParameters<typeof WebviewSession<RunHost>>[1] {
    const { ref } = this;
    const artifacts = () => this.services.registries.get(ref.registry).artifacts;
    return {
      ...commonHandlers,
      content: (_args, signal) => this.content(signal),
      lines: ({ key, ...reduction }, signal) => this.charts.read([this.source()], key, reduction, signal),
      curves: ({ keys }, signal) => this.charts.curves(this.source(), keys, signal),
      artifacts: (query, signal) => artifacts().list(query, signal),
      actOnArtifact: ({ action, root, path }) => {
        if (!artifactActions.includes(action)) throw new Error(`A webview asked for '${action}'`);
        const address: ArtifactAddress = { registry: ref.registry, root, path };
        void vscodeCommands.executeCommand(commands[action], address);
      },
    };
  }

  private source(): LineSource {
    const runId = this.page.current?.run?.runId;
    return { registry: this.ref.registry, ...(runId && { runId }) };
  }

  private async content(signal: AbortSignal): Promise<RunPanelContent> {
    const { registries, watcher } = this.services;
    await registries.ready();
    const [page, { capabilities }] = await Promise.all([
      this.page.give(signal),
      registries.describe(this.ref.registry),
    ]);
    this.panel.title = titleOf(page);
    watcher.wake();
    const { trackingUri } = registries.get(this.ref.registry).connection;
    return { page, capabilities, canReveal: storeKind(trackingUri) !== 'rest', bundle: localizedSentences() };
  }

  private read(signal?: AbortSignal): Promise<RunPage> {
    return loadRunPage(this.services.registries.get(this.ref.registry), this.ref, signal);
  }
}

function titleOf({ ref, run, version }: RunPage): string {
  if (version) return versionTitle(ref);
  return run?.runName ?? ref.id;
}

function versionTitle(ref: Ref): string {
  const { name, version } = versionOf(ref);
  return `${name} v${version}`;
}
