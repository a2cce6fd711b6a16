import * as l10n from '@vscode/l10n';
import { type WebviewPanel, window } from 'vscode';
import type { ArtifactAddress } from '../../app/artifactAddress';
import { previewArtifact } from '../../app/artifactPreview';
import { readable } from '../../app/readable';
import { ChartLines, latestMetrics, lineSources } from '../../app/charts';
import { type ComparedItem, loadComparedItems, placed, thereOf } from '../../app/compare';
import { loadEvidence } from '../../app/compareEvidence';
import { pairArtifacts } from '../../app/compareArtifacts';
import { commitTag, loadDetailRows } from '../../app/compareDetails';
import { compareItems, type CompareRow } from '../../domain/compare';
import { noContract } from '../../domain/contract';
import { valueOf } from '../../domain/experiment';
import type { ArtifactStore, Disposable, Registry } from '../../domain/ports';
import type { ArtifactPair } from '../../domain/artifactPair';
import type { Preview } from '../../domain/preview';
import { isRef, type Ref, refKey, versionOf } from '../../domain/ref';
import { segmentFamilies } from '../../domain/segments';
import { panels } from '../../ids';
import { CodeDiff } from '../../platform/gitDiff';
import { saveFile } from '../../platform/saveFile';
import type { TeamContract } from '../../platform/teamContract';
import type { Settings } from '../../platform/settings';
import type { Ui } from '../../platform/ui';
import type { Handlers } from '../../rpc/channel';
import { openPair } from './openPair';
import { LiveContent, shownOf } from '../liveContent';
import { commonHandlers, localizedSentences, type PanelServices, showingFailure } from '../panelServices';
import type { PanelKind } from '../panelSet';
import { WebviewSession } from '../webviewHost';
import { askWhatElse } from './compareQuestions';
import { askDirection, askSegments } from './contractQuestions';
import type {
  CompareContent,
  CompareDetails,
  CompareEvidence,
  CompareHead,
  CompareHost,
  ComparePanelState,
} from './compare.messages';

export interface CompareServices extends PanelServices {
  readonly contract: Pick<TeamContract, 'get' | 'onDidChange' | 'change' | 'faults' | 'open'>;
  readonly ui: Ui;
  readonly settings: Pick<Settings, 'artifactPreviewLimit'>;
}

/** The panel that compares two or more runs or versions, of any registries. */
export function comparePanels(services: CompareServices): PanelKind<ComparePanelState> {
  return {
    viewType: panels.compare,
    entry: 'compare',
    // The same items in another order are the same panel: Swap is in it.
    keyOf: ({ refs }) => refs.map(refKey).sort().join(),
    titleOf: ({ refs }) => titleOf(refs),
    readState,
    connect: (panel, state, rekey) => new ComparePanel(panel, state, services, rekey),
  };
}

function readState(saved: unknown): ComparePanelState | undefined {
  if (typeof saved !== 'object' || saved === null || !('refs' in saved) || !Array.isArray(saved.refs)) return undefined;
  const refs = saved.refs.filter(isRef);
  if (refs.length === 0) return undefined;
  const series = 'series' in saved && Array.isArray(saved.series) ? saved.series.map(Number) : undefined;
  return { refs, ...(series?.length === refs.length && { series }) };
}

class ComparePanel implements Disposable {
  private readonly charts: ChartLines;
  private readonly session: WebviewSession<CompareHost>;
  private readonly subscriptions: readonly Disposable[];
  private readonly series = new Map<string, number>();
  private readonly items = new LiveContent<readonly ComparedItem[]>(
    (signal) => this.read(signal),
    (before, after) => {
      this.charts.forgetMoved(latestMetrics(before), latestMetrics(after));
      this.session.emit('changed', {});
    },
  );
  private refs: readonly Ref[];

  constructor(
    private readonly panel: WebviewPanel,
    { refs, series }: ComparePanelState,
    private readonly services: CompareServices,
    private readonly rekey: (state: ComparePanelState) => void,
  ) {
    this.refs = refs;
    refs.forEach((ref, index) => this.series.set(refKey(ref), series?.[index] ?? index));
    const { registries, watcher, contract, logFailure } = services;
    this.charts = new ChartLines((name) => registries.get(name));
    this.session = new WebviewSession<CompareHost>(panel.webview, this.handlers(), logFailure);
    this.subscriptions = [
      registries.onDidChangeContent(() => {
        this.charts.forget();
        this.items.forget();
        this.session.emit('changed', {});
      }),
      watcher.add({
        shown: (registry) => (panel.visible ? shownOf(registry, this.items.current ?? []) : undefined),
        refresh: () => this.items.refresh(),
      }),
      panel.onDidChangeViewState(() => watcher.wake()),
      contract.onDidChange(() => this.session.emit('changed', {})),
    ];
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.session.dispose();
  }

  private handlers(): Handlers<CompareHost['methods']> {
    return {
      ...commonHandlers(this.services.ui),
      content: (_args, signal) => this.content(signal),
      lines: ({ key, ...reduction }, signal) =>
        this.charts.read(lineSources(this.items.current ?? []), key, reduction, signal),
      evidence: (_args, signal) => this.evidence(signal),
      details: (_args, signal) => this.details(signal),
      artifacts: ({ of }, signal) => pairArtifacts(this.sides(of), this.artifactsOf, signal),
      previews: ({ of, files }, signal) =>
        Promise.all(this.placesOf(of, files).map((place) => this.preview(place, signal))),
      openArtifacts: ({ of, path, files }) =>
        showingFailure(this.services.ui, () => openPair(path, this.placesOf(of, files))),
      changedFiles: async ({ of }) => (await this.codeDiff(of))?.files ?? 0,
      openCodeDiff: ({ of }) =>
        showingFailure(this.services.ui, async () => (await this.codeDiff(of))?.open(this.panel.title)),
      arrange: ({ refs }) => this.arrange(refs),
      add: () => showingFailure(this.services.ui, () => this.add()),
      judge: ({ metric }) => showingFailure(this.services.ui, () => askDirection(metric, this.names, this.services)),
      openContract: () => showingFailure(this.services.ui, () => this.services.contract.open()),
      judgeSegments: (family) =>
        showingFailure(this.services.ui, () => askSegments({ ...family, ...this.names }, this.services)),
      saveReport: ({ text }) =>
        showingFailure(this.services.ui, async () => {
          const saved = await saveFile(text, `${this.panel.title}.md`, l10n.t('Save report'));
          if (saved) await window.showTextDocument(saved);
        }),
    };
  }

  private readonly artifactsOf = (registry: string): ArtifactStore => this.services.registries.get(registry).artifacts;

  /** Of what is compared alone: a webview names it, and may name what it likes. */
  private sides(of: readonly Ref[]): ComparedItem[] {
    const items = new Map(this.items.current?.map((item) => [refKey(item.ref), item]));
    return of.flatMap((ref) => items.get(refKey(ref)) ?? []);
  }

  private placesOf(of: readonly Ref[], files: ArtifactPair['files']): ArtifactAddress[] {
    return files.flatMap((file, index) => {
      const registry = this.sides(of.slice(index, index + 1))[0]?.ref.registry;
      return file && registry !== undefined ? [{ registry, root: file.root, path: file.path }] : [];
    });
  }

  private preview({ registry, ...query }: ArtifactAddress, signal: AbortSignal): Promise<Preview> {
    const limit = this.services.settings.artifactPreviewLimit.value * 1024 * 1024;
    return previewArtifact(this.artifactsOf(registry), query, limit, signal);
  }

  private async add(): Promise<void> {
    const added = await askWhatElse(this.refs, this.services);
    if (added.length > 0) this.arrange([...this.refs, ...added]);
  }

  private arrange(refs: readonly Ref[]): void {
    this.refs = refs;
    this.rekey({ refs });
    for (const ref of refs) this.giveSeries(ref);
    this.items.forget();
    this.session.emit('changed', {});
  }

  /** What the metrics are called, and which of them look like segments. */
  private get names(): { readonly keys: readonly string[]; readonly allGuessed: readonly string[] } {
    const rows = compareItems(this.items.current ?? []).filter(({ group }) => group === 'metrics');
    const allGuessed = segmentFamilies(rows, noContract).flatMap(({ patterns }) => patterns);
    return { keys: rows.map(({ key }) => key), allGuessed };
  }

  /** The first colour that no other item has. */
  private giveSeries(ref: Ref): void {
    if (this.series.has(refKey(ref))) return;
    const taken = new Set(this.series.values());
    this.series.set(refKey(ref), [...taken, 0].map((_, index) => index).find((index) => !taken.has(index)) ?? 0);
  }

  private async evidence(signal: AbortSignal): Promise<CompareEvidence> {
    const { registries, contract } = this.services;
    const [items, agreed] = [this.items.current ?? [], await contract.get()];
    const missing: string[] = [];
    const found = await Promise.all(
      items.map(async ({ ref, run }) =>
        run
          ? await readable(loadEvidence(registries.get(ref.registry), run, agreed, signal), undefined, missing)
          : undefined,
      ),
    );
    return {
      nested: found.map((evidence) => evidence?.nested ?? []),
      repetitions: found.map((evidence) => evidence?.repetitions ?? null),
      missing: [...new Set(missing)],
    };
  }

  private async details(signal: AbortSignal): Promise<CompareDetails> {
    const missing: string[] = [];
    const registryOf = (name: string): Registry => this.services.registries.get(name);
    const items = this.items.current ?? [];
    const rows = placed(items, await loadDetailRows(thereOf(items), registryOf, missing, signal));
    return { rows, missing: [...new Set(missing)] };
  }

  /** Of two items from different commits. */
  private async codeDiff(of: readonly Ref[]): Promise<CodeDiff | undefined> {
    const [base, other] = this.sides(of).map(({ run }) => valueOf(run?.tags ?? [], commitTag));
    return base && other && base !== other ? CodeDiff.between(base, other) : undefined;
  }

  private async content(signal: AbortSignal): Promise<CompareContent> {
    const { registries, watcher } = this.services;
    await registries.ready();
    const { contract: team } = this.services;
    const [items, contract, faults] = await Promise.all([this.items.give(signal), team.get(), team.faults()]);
    this.panel.title = titleOf(this.refs, items);
    watcher.wake();
    const rows = placed(items, compareItems(thereOf(items)));
    const [first] = faults;
    return {
      heads: items.map((item) => this.headOf(item)),
      rows,
      contract,
      ...(first && { faults: { count: faults.length, line: first.start.line + 1, first: first.message } }),
      charted: chartedOf(items, rows),
      bundle: localizedSentences(),
    };
  }

  private read(signal?: AbortSignal): Promise<readonly ComparedItem[]> {
    const { registries } = this.services;
    return loadComparedItems((name) => registries.get(name), this.refs, signal);
  }

  private headOf({ ref, version, run, gone }: ComparedItem): CompareHead {
    const series = this.series.get(refKey(ref)) ?? 0;
    return { ref, series, ...(version && { version }), ...(run && { run }), ...(gone !== undefined && { gone }) };
  }
}

/** A metric with a step other than the first has a history; one that a single item has is on its own page. */
function chartedOf(items: readonly ComparedItem[], rows: readonly CompareRow[]): string[] {
  const stepped = new Set(
    items.flatMap(({ metrics }) => metrics.flatMap(({ key, step }) => (step === 0 ? [] : [key]))),
  );
  return rows
    .filter(({ group, key, values }) => group === 'metrics' && stepped.has(key) && countPresent(values) > 1)
    .map(({ key }) => key)
    .sort();
}

function countPresent(values: readonly unknown[]): number {
  return values.filter((value) => value !== null).length;
}

/** "v4 against v3" for two versions of one model, else names, else a count. */
function titleOf(refs: readonly Ref[], items: readonly ComparedItem[] = []): string {
  const [base, other] = refs;
  if (!base || !other || refs.length > 2) return countOf(refs);
  const name = (ref: Ref, index: number): string => {
    if (ref.kind !== 'version') return items[index]?.run?.runName ?? ref.id.slice(0, 8);
    const parts = versionOf(ref);
    return sameModel(base, other) ? `v${parts.version}` : `${parts.name} v${parts.version}`;
  };
  return l10n.t('{0} against {1}', name(other, 1), name(base, 0));
}

function countOf(refs: readonly Ref[]): string {
  if (refs.every(({ kind }) => kind === 'run')) return l10n.t('Compare {0} runs', refs.length);
  if (refs.every(({ kind }) => kind === 'version')) return l10n.t('Compare {0} versions', refs.length);
  return l10n.t('Compare {0} runs and versions', refs.length);
}

function sameModel(a: Ref, b: Ref): boolean {
  return a.kind === 'version' && b.kind === 'version' && versionOf(a).name === versionOf(b).name;
}
