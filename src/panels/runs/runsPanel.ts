import * as l10n from '@vscode/l10n';
import type { WebviewPanel } from 'vscode';
import { RunsTable } from '../../app/runsTable';
import type { Shown } from '../../domain/changes';
import type { RunsSource, RunsTableContent } from '../../domain/frame';
import type { Disposable } from '../../domain/ports';
import { panels } from '../../ids';
import type { Handlers } from '../../rpc/channel';
import { commonHandlers, localizedSentences, type PanelServices } from '../panelServices';
import type { PanelKind } from '../panelSet';
import { WebviewSession } from '../webviewHost';
import type { RunsContent, RunsHost, RunsPanelState } from './runs.messages';

/** The table of all runs of experiments, of any registries. */
export function runsPanels(services: PanelServices): PanelKind<RunsPanelState> {
  return {
    viewType: panels.runs,
    entry: 'runs',
    keyOf: ({ sources }) => JSON.stringify(sources),
    titleOf: () => l10n.t('Runs'),
    readState,
    connect: (panel, state) => new RunsPanel(panel, state, services),
  };
}

function readState(saved: unknown): RunsPanelState | undefined {
  if (typeof saved !== 'object' || saved === null || !('sources' in saved) || !Array.isArray(saved.sources)) return;
  const sources = saved.sources.filter(isSource);
  if (sources.length === 0) return undefined;
  const filter = 'filter' in saved && typeof saved.filter === 'string' ? saved.filter : undefined;
  return { sources, ...(filter !== undefined && { filter }) };
}

function isSource(value: unknown): value is RunsSource {
  if (typeof value !== 'object' || value === null || !('registry' in value) || !('experimentIds' in value))
    return false;
  const { registry, experimentIds } = value;
  return (
    typeof registry === 'string' && Array.isArray(experimentIds) && experimentIds.every((id) => typeof id === 'string')
  );
}

class RunsPanel implements Disposable {
  private readonly table: RunsTable;
  private readonly session: WebviewSession<RunsHost>;
  private readonly subscriptions: readonly Disposable[];
  private filter = '';

  constructor(
    private readonly panel: WebviewPanel,
    private readonly state: RunsPanelState,
    private readonly services: PanelServices,
  ) {
    const { registries, watcher, logFailure } = services;
    this.table = new RunsTable(state.sources, (name) => registries.get(name));
    this.session = new WebviewSession<RunsHost>(panel.webview, this.handlers(), logFailure);
    this.subscriptions = [
      registries.onDidChangeContent(() => this.session.emit('changed', {})),
      watcher.add({
        shown: (registry) => (panel.visible ? shownOf(state.sources, registry) : undefined),
        refresh: (_registry, whole) => Promise.resolve(this.refresh(whole)),
      }),
      panel.onDidChangeViewState(() => watcher.wake()),
    ];
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.table.close();
    this.session.dispose();
  }

  /** A server cannot tell what changed: all its runs are not read again unasked. */
  private refresh(whole: boolean): boolean {
    if (whole) this.session.emit('changed', {});
    return whole;
  }

  private handlers(): Handlers<RunsHost['methods']> {
    return {
      ...commonHandlers,
      content: async ({ filter }, signal) => {
        const { registries } = this.services;
        await registries.ready();
        this.filter = filter;
        const query = { view: 'active' as const, ...(filter !== '' && { filter }) };
        return this.contentOf(await this.table.open(query, signal), signal);
      },
      more: async (_args, signal) => this.contentOf(await this.table.more(signal), signal),
      column: (name, signal) => this.table.column(name, signal),
      lines: () => [],
    };
  }

  private async contentOf(content: RunsTableContent, signal: AbortSignal): Promise<RunsContent> {
    const { sources } = this.state;
    const experimentNames = await this.experimentNames(signal);
    const names = Object.values(experimentNames);
    this.panel.title = names.length === 1 ? (names[0] ?? '') : l10n.t('Runs of {0} experiments', names.length);
    return { ...content, sources, experimentNames, filter: this.filter, bundle: localizedSentences() };
  }

  private async experimentNames(signal: AbortSignal): Promise<Record<string, string>> {
    const { registries } = this.services;
    const named = this.state.sources.flatMap(({ registry, experimentIds }) =>
      experimentIds.map(async (experimentId): Promise<[string, string]> => {
        const { name } = await registries.get(registry).experiments.get({ experimentId }, signal);
        return [JSON.stringify([registry, experimentId]), name];
      }),
    );
    return Object.fromEntries(await Promise.all(named));
  }
}

function shownOf(sources: readonly RunsSource[], registry: string): Shown | undefined {
  const experimentIds = sources
    .filter((source) => source.registry === registry)
    .flatMap((source) => source.experimentIds);
  if (experimentIds.length === 0) return undefined;
  return { experimentIds, runs: [], models: [], expandedModels: [], folders: [] };
}
