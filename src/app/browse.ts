import type { Artifact, ArtifactRoot } from '../domain/artifact';
import { type Contract, primaryOf } from '../domain/contract';
import type { Experiment } from '../domain/experiment';
import type { LoggedModel, ModelVersion, RegisteredModel } from '../domain/model';
import type { Event } from '../domain/ports';
import type { Ref } from '../domain/ref';
import type { Run } from '../domain/run';
import type { Shown } from '../domain/changes';
import { BrowseLists, type ListKey } from './browseLists';
import type { BrowseOptions, ExperimentKey } from './browseOptions';
import { BrowseRefresh, folderKey, sourceRunsKey } from './browseRefresh';
import type { Expanded } from './expanded';
import { Emitter } from './emitter';
import type { Listing } from './pagedList';
import { PromiseCache } from './promiseCache';
import type { RegistrySet } from './registrySet';
import { RunReader, type RunScope } from './runReader';
import { isSystemMetric, metricKeys, metricReader, rowOf, type RunRow } from './runRow';
import { arrangeRuns } from './runTree';
import { sameContent, sameRows } from './same';
import { readSourceRuns } from './sourceRuns';
import { isUnreachable, type StandIns } from './standIn';

/** Which trees are to be read again. */
export type BrowseChange = 'experiments' | 'models' | 'all';

export interface RunListing extends Listing<RunRow> {
  /** What was read; `items` are those of them that stand at the top, and what they are nested under. */
  readonly rows: readonly RunRow[];
}

/** The team's `ringside.yaml` (platform/teamContract.ts). */
interface ContractSource {
  get(): Promise<Contract>;
  readonly onDidChange: Event<void>;
}

/** Runs from which the metric keys of an experiment are gathered for a picker. */
const surveyed = 1000;

/** Reads for the side bar. Every read is kept until the store changes; nothing is read unasked. */
export class Browser {
  private readonly lists: BrowseLists;
  private readonly reader: RunReader;
  private readonly caches = {
    details: new PromiseCache<Run>(),
    artifactFolders: new PromiseCache<readonly Artifact[]>(),
    traces: new PromiseCache<boolean>(),
    loggedModels: new PromiseCache<boolean>(),
    versionRuns: new PromiseCache<ReadonlyMap<string, RunRow>>(sameSources),
  };
  private readonly behind: BrowseRefresh;
  private readonly didChange = new Emitter<BrowseChange>();

  readonly onDidChange: Event<BrowseChange> = this.didChange.event;

  constructor(
    private readonly registries: RegistrySet,
    readonly options: BrowseOptions,
    private readonly contract: ContractSource,
    pageSize: () => number,
    standIns?: StandIns,
  ) {
    this.reader = new RunReader(registries, options);
    this.lists = new BrowseLists(registries, options, this.reader, pageSize, standIns, (which) =>
      this.didChange.fire(which),
    );
    this.behind = new BrowseRefresh(this.lists, this.reader, this.caches);
    registries.onDidChangeContent((ref) => this.forget(ref));
    contract.onDidChange(() => this.didChange.fire('all'));
    options.onDidChange((change) => {
      this.lists.restart(change === 'deleted' ? 'experiments' : change);
      this.reader.forget();
      this.didChange.fire(change === 'models' ? 'models' : 'experiments');
    });
  }

  /** Newest first. The store is asked right after what it is, and gives the better reason where both fail. */
  async experiments(registry: string): Promise<Listing<Experiment>> {
    const listing = this.lists.experiments(registry).load();
    const description = this.registries.describe(registry);
    description.catch(() => undefined);
    // Runs show its primary metric: who expands an experiment is not to wait for the file. It never rejects.
    void listing.finally(() => this.contract.get()).catch(() => undefined);
    try {
      return await listing;
    } catch (error) {
      await description;
      throw error;
    }
  }

  /** Top-level runs of an experiment, or the runs nested directly under one. */
  async runs(scope: RunScope): Promise<RunListing> {
    const { items: rows, ...rest } = await this.lists.runs(scope).load();
    if (scope.parentId !== undefined) return { items: rows, rows, ...rest };
    const parents = await this.reader.parentsOf(scope, rows);
    const sort = this.options.sortOf(scope);
    const value = metricReader(sort.by === 'metric' ? sort.key : undefined);
    const isRanked = (row: RunRow): boolean => sort.by !== 'metric' || value(row) !== undefined;
    return { items: arrangeRuns(rows, parents, isRanked), rows, ...rest };
  }

  run(registry: string, runId: string): Promise<Run> {
    return this.caches.details.get([registry, runId], () => this.registries.get(registry).runs.get({ runId }));
  }

  holdsTraces({ registry, experimentId }: ExperimentKey): Promise<boolean> {
    return this.caches.traces.get([registry, experimentId], () =>
      this.registries.get(registry).experiments.holdsTraces({ experimentId }),
    );
  }

  /**
   * Whether the experiment holds logged models: one of them is asked for. Not where what is shown was kept from an earlier
   * reading: the store is late or cannot be reached.
   */
  async holdsLoggedModels({ registry, experimentId }: ExperimentKey): Promise<boolean> {
    const state = this.registries.state(registry);
    if (state.kind === 'connected' && !state.description.capabilities.loggedModels) return false;
    if (this.lists.asOf(registry) !== undefined) return false;
    return this.caches.loggedModels.get([registry, experimentId], async () => {
      const { loggedModels } = this.registries.get(registry);
      return (await loggedModels.search({ experimentId, maxResults: 1 })).items.length > 0;
    });
  }

  /** Newest first. */
  loggedModels(experiment: ExperimentKey): Promise<Listing<LoggedModel>> {
    return this.lists.loggedModels(experiment).load();
  }

  artifacts(registry: string, root: ArtifactRoot, path: string): Promise<readonly Artifact[]> {
    return this.caches.artifactFolders.get(folderKey(registry, { root, path }), () =>
      this.registries.get(registry).artifacts.list({ root, path }),
    );
  }

  /** By name. */
  models(registry: string): Promise<Listing<RegisteredModel>> {
    return this.lists.models(registry).load();
  }

  /** Newest first. */
  versions(registry: string, name: string): Promise<Listing<ModelVersion>> {
    return this.lists.versions(registry, name).load();
  }

  /** The runs that versions came from, by run id; one that cannot be read is left out. */
  sourceRuns(registry: string, versions: readonly ModelVersion[]): Promise<ReadonlyMap<string, RunRow>> {
    const [, ...runIds] = sourceRunsKey(registry, versions);
    return this.caches.versionRuns.get([registry, ...runIds], () =>
      readSourceRuns(this.registries.get(registry), runIds),
    );
  }

  /** Metric keys of an experiment, sorted; of its newest thousand runs. */
  async metricKeys({ registry, experimentId }: ExperimentKey): Promise<readonly string[]> {
    const query = { experimentIds: [experimentId], view: this.options.view, maxResults: surveyed };
    const { table } = await this.registries.get(registry).runs.search(query);
    return table.metrics.map(({ key }) => key);
  }

  /** The metric that stands beside each run: the chosen one, the one sorted by, the team's primary, a well-known one, any. */
  async headlineOf(experiment: ExperimentKey, rows: readonly RunRow[]): Promise<string | undefined> {
    const chosen = this.options.headlineOf(experiment);
    if (chosen !== undefined) return chosen;
    const sort = this.options.sortOf(experiment);
    if (sort.by === 'metric') return sort.key;
    const keys = metricKeys(rows).filter((key) => !isSystemMetric(key));
    return primaryOf(await this.contract.get(), keys) ?? keys[0];
  }

  /** Reads one page more of a list. */
  async more(key: ListKey): Promise<void> {
    await this.lists.more(key);
    this.didChange.fire(key.kind === 'models' || key.kind === 'versions' ? 'models' : 'experiments');
  }

  /** Makes the experiment stand in the tree, also where no page that is loaded holds it. */
  async showExperiment({ registry, experimentId }: ExperimentKey): Promise<Experiment> {
    const experiment = await this.registries.get(registry).experiments.get({ experimentId });
    this.lists.experiments(registry).pin(experimentId);
    this.didChange.fire('experiments');
    return experiment;
  }

  /** Makes a run stand in the tree with all above it; `path` goes from the top-level run down to it. */
  async showRun(registry: string, runId: string): Promise<{ experiment: Experiment; path: readonly RunRow[] }> {
    const run = await this.run(registry, runId);
    const key = { registry, experimentId: run.experimentId };
    const path = await this.reader.pathTo(key, rowOf(run));
    path.forEach((row, depth) => {
      const parentId = path[depth - 1]?.runId;
      this.lists.runs({ ...key, ...(parentId !== undefined && { parentId }) }).pin(row.runId);
    });
    return { experiment: await this.showExperiment(key), path };
  }

  async showModel(registry: string, name: string): Promise<RegisteredModel> {
    const model = await this.registries.get(registry).models.get({ name });
    this.lists.models(registry).pin(name);
    this.didChange.fire('models');
    return model;
  }

  async showVersion(
    registry: string,
    name: string,
    version: string,
  ): Promise<{ model: RegisteredModel; version: ModelVersion }> {
    const found = await this.registries.get(registry).models.version({ name, version });
    this.lists.versions(registry, name).pin(version);
    return { model: await this.showModel(registry, name), version: found };
  }

  /** Since when what is shown of a registry was kept (ms since epoch), where it could not be read yet. */
  asOf(registry: string): number | undefined {
    return this.lists.asOf(registry);
  }

  /** Of the experiments that are loaded. */
  experimentIds(registry: string): readonly string[] {
    return this.lists.experiments(registry).items.map(({ experimentId }) => experimentId);
  }

  /** What is loaded of what the trees show. */
  shown(registry: string, expanded: Expanded): Shown {
    return this.behind.shown(registry, expanded);
  }

  /**
   * Reads again what the trees show, behind what is drawn, and tells where something differs; true where it does. What is
   * loaded and not shown is read when it is next seen. `whole` as in BrowseRefresh.
   */
  async refresh(registry: string, expanded: Expanded, whole: boolean): Promise<boolean> {
    if (this.registries.state(registry).kind === 'failed') await this.askAgain(registry);
    const { experiments, models } = await this.behind.refresh(registry, expanded, whole);
    if (whole) this.behind.forgetRest(registry, expanded);
    if (experiments || models)
      this.didChange.fire(experiments && models ? 'all' : experiments ? 'experiments' : 'models');
    return experiments || models;
  }

  /** A store that says no by now is shown with what it says. */
  private async askAgain(registry: string): Promise<void> {
    await this.registries.describe(registry).catch((error: unknown) => {
      if (isUnreachable(error)) throw error;
    });
  }

  dispose(): void {
    this.didChange.dispose();
  }

  /** A model's change leaves the experiments as they are; any other touches both, as versions show their runs. */
  private forget(ref: Ref | undefined): void {
    if (ref?.kind === 'endpoint') return;
    const models = ref?.kind === 'model' || ref?.kind === 'version';
    this.lists.forget('models');
    if (!models) {
      this.lists.forget('experiments');
      for (const cache of Object.values(this.caches)) cache.clear();
      this.reader.forget();
    }
    this.didChange.fire(models ? 'models' : 'all');
  }
}

function sameSources(a: ReadonlyMap<string, RunRow>, b: ReadonlyMap<string, RunRow>): boolean {
  return sameContent([...a.keys()], [...b.keys()]) && sameRows([...a.values()], [...b.values()]);
}
