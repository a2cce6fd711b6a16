import * as l10n from '@vscode/l10n';
import { env, type WebviewPanel, workspace } from 'vscode';
import { exportRuns } from '../../app/exportRuns';
import { RunsTable } from '../../app/runsTable';
import type { Follower } from '../../app/watcher';
import type { Shown } from '../../domain/changes';
import { type Favourites, starred, type StarredRun } from '../../domain/favourites';
import type { ExportFormat } from '../../domain/exportTable';
import type { FrameQuery, RunsSource, RunsTableContent } from '../../domain/frame';
import type { Disposable } from '../../domain/ports';
import { packAttributes } from '../../domain/runAttributes';
import { readLayout } from '../../domain/tableLayout';
import { panels } from '../../ids';
import type { Remembered } from '../../platform/memento';
import { saveFile } from '../../platform/saveFile';
import type { Handlers } from '../../rpc/channel';
import { commonHandlers, localizedSentences, type PanelServices, showingFailure } from '../panelServices';
import type { PanelKind } from '../panelSet';
import { WebviewSession } from '../webviewHost';
import { ChartsHost } from './chartsHost';
import { keepLayout, type KeptLayouts } from './keptLayouts';
import { deleteView, readViews, saveView } from './viewFile';
import type { ExportRequest, RunsContent, RunsHost, RunsPanelState, RunsQuestion } from './runs.messages';

export interface RunsServices extends PanelServices {
  /** Of this person in this workspace: MLflow has no place for them but tags, which everyone sees. */
  readonly favourites: Pick<Remembered<Favourites>, 'value' | 'set'>;
  /** Layouts of the tables, by the panel's key. */
  readonly runLayouts: KeptLayouts;
  /** Layouts of the charts that were saved under a name. */
  readonly chartLayouts: KeptLayouts;
}

/** ms that a page may take to draw its first rows. */
const drawMs = 100;

const endings: Readonly<Record<ExportFormat, string>> = { csv: 'csv', json: 'json', markdown: 'md' };

/** The table of all runs of experiments, of any registries. */
export function runsPanels(services: RunsServices): PanelKind<RunsPanelState> {
  return {
    viewType: panels.runs,
    entry: 'runs',
    keyOf,
    titleOf: () => l10n.t('Runs'),
    readState,
    connect: (panel, state) => new RunsPanel(panel, state, services),
  };
}

function keyOf({ sources }: RunsPanelState): string {
  return JSON.stringify(sources);
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
  private readonly charts: ChartsHost;
  private readonly session: WebviewSession<RunsHost>;
  private readonly subscriptions: readonly Disposable[];
  private asked: RunsQuestion = { filter: '', deleted: false, orderBy: [] };
  /** Read while the page still loads, which takes as long. */
  private ahead: (RunsQuestion & { readonly opened: Promise<RunsTableContent>; drop(): void }) | undefined;
  /** What can be shown before all of that is there; asked for once. */
  private first: Promise<RunsTableContent | undefined> | undefined;

  private readonly follower: Follower = {
    shown: (registry) => (this.panel.visible ? shownOf(this.state.sources, registry) : undefined),
    refresh: (registry, whole) => this.refresh(registry, whole),
  };

  constructor(
    private readonly panel: WebviewPanel,
    private readonly state: RunsPanelState,
    private readonly services: RunsServices,
  ) {
    const { registries, watcher, contract, logFailure } = services;
    this.table = new RunsTable(state.sources, (name) => registries.get(name));
    this.charts = new ChartsHost(services);
    this.session = new WebviewSession<RunsHost>(panel.webview, this.handlers(), logFailure);
    this.readAhead({ filter: state.filter ?? '', deleted: state.deleted ?? false, orderBy: [] });
    this.subscriptions = [
      registries.onDidChangeContent(() => this.changed()),
      contract.onDidChange(() => this.changed()),
      watcher.add(this.follower),
      panel.onDidChangeViewState(() => watcher.wake()),
    ];
  }

  dispose(): void {
    this.session.dispose();
    for (const subscription of this.subscriptions) subscription.dispose();
    this.ahead?.drop();
    this.table.close();
  }

  /** A server cannot tell what changed: what it gave first, and what is running, is compared with what it gives now. */
  private async refresh(registry: string, whole: boolean): Promise<boolean> {
    const moved = whole || (await this.table.hasMoved(registry, queryOf(this.asked)));
    if (moved) this.changed();
    return moved;
  }

  private changed(): void {
    this.ahead?.drop();
    this.ahead = undefined;
    this.session.emit('changed', {});
  }

  private handlers(): Handlers<RunsHost['methods']> {
    return {
      ...commonHandlers(this.services.ui),
      ...this.charts.handlers,
      content: async (asked, signal) => {
        this.asked = asked;
        const first = await this.firstRows(asked);
        if (first) return this.contentOf(first, signal).finally(() => this.tellOfWhole());
        return this.contentOf(await (this.takeAhead(asked) ?? this.open(asked, signal)), signal);
      },
      more: async (_args, signal) => this.contentOf(await this.table.more(signal), signal),
      column: ({ rows, ...name }, signal) => this.table.column(name, signal, rows),
      differing: async (_args, signal) => (await this.whole()).differing(signal),
      export: (request, signal) => this.export(request, signal),
      views: () => readViews(),
      saveView: (view) => saveView(view),
      deleteView: () => deleteView(),
      star: ({ runs, on }) => this.star(runs, on),
      saveLayout: ({ layout }) => this.keep(this.services.runLayouts, readLayout(layout)),
      saveChartLayouts: ({ layouts }) => this.keep(this.services.chartLayouts, layouts),
      lines: () => [],
    };
  }

  private readAhead(asked: RunsQuestion): void {
    const leaving = new AbortController();
    // Sorted otherwise, other rows would be the first ones.
    const isSorted = (readLayout(this.services.runLayouts.value[keyOf(this.state)]).sorting ?? []).length > 0;
    if (!isSorted) this.first = this.readFirst(asked, leaving.signal);
    // One thread reads both: the first rows are not to wait for the others.
    const opened = Promise.resolve(this.first).then(() => {
      leaving.signal.throwIfAborted();
      return this.open(asked, leaving.signal);
    });
    // Whoever asks for it hears of it.
    opened.catch(() => undefined);
    this.ahead = { ...asked, opened, drop: () => leaving.abort() };
  }

  private async readFirst(asked: RunsQuestion, signal: AbortSignal): Promise<RunsTableContent | undefined> {
    try {
      await this.services.registries.ready();
      return await this.table.first(queryOf(asked), signal);
    } catch {
      // All rows are read after it, and say what fails.
      return undefined;
    }
  }

  /** Read ahead, where just these are asked for. */
  private async firstRows(asked: RunsQuestion): Promise<RunsTableContent | undefined> {
    const { ahead, first } = this;
    this.first = undefined;
    if (!first || !ahead || !sameQuestion(ahead, asked)) return undefined;
    return first;
  }

  /** Once the page has drawn the first rows: it drops what it has not drawn yet when it is told to ask again. */
  private tellOfWhole(): void {
    const { ahead } = this;
    const tell = (): void => {
      setTimeout(() => {
        if (this.ahead === ahead) this.session.emit('changed', {});
      }, drawMs);
    };
    void ahead?.opened.then(tell, tell);
  }

  /** What was read ahead where just that is asked for; else nothing may come of it any more. */
  private takeAhead(asked: RunsQuestion): Promise<RunsTableContent> | undefined {
    const { ahead } = this;
    this.ahead = undefined;
    if (ahead && sameQuestion(ahead, asked)) return ahead.opened;
    ahead?.drop();
    return undefined;
  }

  /** The table, once more than its first rows are read. */
  private async whole(): Promise<RunsTable> {
    await this.ahead?.opened;
    return this.table;
  }

  private async open(asked: RunsQuestion, signal?: AbortSignal): Promise<RunsTableContent> {
    const { registries, watcher } = this.services;
    await registries.ready();
    await Promise.all(this.state.sources.map(({ registry }) => watcher.mark(registry, this.follower)));
    return this.table.open(queryOf(asked), signal);
  }

  private async contentOf(content: RunsTableContent, signal: AbortSignal): Promise<RunsContent> {
    const { sources } = this.state;
    const experimentNames = await this.experimentNames(signal);
    const names = Object.values(experimentNames);
    this.charts.forgetMoving(content.attributes);
    this.panel.title = names.length === 1 ? (names[0] ?? '') : l10n.t('Runs of {0} experiments', names.length);
    return {
      ...content,
      attributes: packAttributes(content.attributes),
      sources,
      experimentNames,
      ...this.asked,
      contract: await this.services.contract.get(),
      favourites: this.favourites(),
      layout: readLayout(this.services.runLayouts.value[keyOf(this.state)]),
      chartLayouts: this.services.chartLayouts.value[keyOf(this.state)] ?? {},
      bundle: localizedSentences(),
    };
  }

  private async export(request: ExportRequest, signal: AbortSignal): Promise<string | undefined> {
    const names = await this.experimentNames(signal);
    await this.whole();
    const { experimentIds } = this.table.attributes;
    const experimentOf = (row: number): string =>
      names[JSON.stringify([this.table.registryAt(row), experimentIds[row]])] ?? '';
    const text = await exportRuns(this.table, request, experimentOf, signal);
    if (request.to === 'clipboard') {
      await env.clipboard.writeText(text);
      return l10n.t('the clipboard');
    }
    const saved = await saveFile(text, `${this.panel.title}.${endings[request.format]}`, l10n.t('Export runs'));
    return saved && workspace.asRelativePath(saved);
  }

  private async star(runs: readonly StarredRun[], on: boolean): Promise<RunsContent['favourites']> {
    const { favourites } = this.services;
    await favourites.set(starred(favourites.value, runs, on));
    return this.favourites();
  }

  private favourites(): RunsContent['favourites'] {
    const { value } = this.services.favourites;
    return this.state.sources.map(({ registry }) => value[registry] ?? []);
  }

  private keep(kept: KeptLayouts, layout: unknown): Promise<void> {
    return showingFailure(this.services.ui, () => keepLayout(kept, keyOf(this.state), layout));
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

function queryOf({ filter, deleted, orderBy }: RunsQuestion): Omit<FrameQuery, 'experimentIds'> {
  return {
    view: deleted ? 'all' : 'active',
    ...(filter !== '' && { filter }),
    ...(orderBy.length > 0 && { orderBy }),
  };
}

function sameQuestion(a: RunsQuestion, b: RunsQuestion): boolean {
  return a.filter === b.filter && a.deleted === b.deleted && a.orderBy.join() === b.orderBy.join();
}

function shownOf(sources: readonly RunsSource[], registry: string): Shown | undefined {
  const experimentIds = sources
    .filter((source) => source.registry === registry)
    .flatMap((source) => source.experimentIds);
  if (experimentIds.length === 0) return undefined;
  return { experimentIds, runs: [], models: [], expandedModels: [], folders: [] };
}
