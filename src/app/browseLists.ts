import { EmptyPages } from '../domain/endlessPages';
import type { Experiment } from '../domain/experiment';
import type { LoggedModel, ModelVersion, RegisteredModel } from '../domain/model';
import type { Page, PageRequest } from '../domain/ports';
import type { BrowseOptions, ExperimentKey } from './browseOptions';
import type { Expanded } from './expanded';
import { ifFound } from './optional';
import { type ListSource, PagedList } from './pagedList';
import type { RegistrySet } from './registrySet';
import type { RunReader, RunScope } from './runReader';
import { rowOf, type RunRow } from './runRow';
import { sameRow } from './same';
import { contains, holds } from './searchText';
import type { StandIns } from './standIn';

/** Names one list of the side bar, so that Load More says which. */
export type ListKey =
  | { readonly kind: 'experiments'; readonly registry: string }
  | { readonly kind: 'models'; readonly registry: string }
  | ({ readonly kind: 'runs' } & RunScope)
  | ({ readonly kind: 'loggedModels' } & ExperimentKey)
  | { readonly kind: 'versions'; readonly registry: string; readonly name: string };

/** Experiments and models come in larger pages than runs: an item is small and people have few. */
const listPage = 200;

/** Servers give no more at once, and each comes with every point of its metrics. */
export const loggedModelsPage = 50;

/** The lists of the side bar, each made when it is first asked for. */
export class BrowseLists {
  private readonly experimentLists = new Map<string, PagedList<Experiment>>();
  private readonly runLists = new Map<string, PagedList<RunRow>>();
  private readonly loggedModelLists = new Map<string, PagedList<LoggedModel>>();
  private readonly modelLists = new Map<string, PagedList<RegisteredModel>>();
  private readonly versionLists = new Map<string, PagedList<ModelVersion>>();

  constructor(
    private readonly registries: RegistrySet,
    private readonly options: BrowseOptions,
    private readonly reader: RunReader,
    private readonly pageSize: () => number,
    private readonly standIns: StandIns | undefined,
    private readonly arrived: (which: 'experiments' | 'models') => void,
  ) {}

  experiments(registry: string): PagedList<Experiment> {
    const store = () => this.registries.get(registry).experiments;
    return kept(this.experimentLists, [registry], {
      page: (request) => store().search({ ...request, view: this.options.view }),
      one: (experimentId) => ifFound(store().get({ experimentId })),
      idOf: ({ experimentId }) => experimentId,
      pageSize: () => listPage,
      standIn: () => this.standIns?.of(registry, ['experiments', this.options.view], listPage),
      arrived: () => this.arrived('experiments'),
    });
  }

  runs(scope: RunScope): PagedList<RunRow> {
    const store = () => this.registries.get(scope.registry).runs;
    return kept(this.runLists, runsKey(scope), {
      page: (request) => this.reader.page(scope, request),
      one: (runId) => ifFound(store().get({ runId }).then(rowOf)),
      idOf: ({ runId }) => runId,
      pageSize: this.pageSize,
      same: sameRow,
      forget: () => this.reader.forgetDurations(scope),
      standIn: () => this.standIns?.of(scope.registry, this.runsName(scope), this.pageSize()),
      arrived: () => this.arrived('experiments'),
    });
  }

  loggedModels({ registry, experimentId }: ExperimentKey): PagedList<LoggedModel> {
    const store = () => this.registries.get(registry).loggedModels;
    return kept(this.loggedModelLists, [registry, experimentId], {
      page: (request) => store().search({ ...request, experimentId }),
      one: (modelId) => ifFound(store().get({ modelId })),
      idOf: ({ modelId }) => modelId,
      pageSize: () => loggedModelsPage,
    });
  }

  models(registry: string): PagedList<RegisteredModel> {
    return kept(this.modelLists, [registry], {
      page: (request) => this.searchModels(registry, request),
      one: (name) => ifFound(this.registries.get(registry).models.get({ name })),
      idOf: ({ name }) => name,
      pageSize: () => listPage,
      standIn: () => this.standIns?.of(registry, ['models', this.options.modelFilter], listPage),
      arrived: () => this.arrived('models'),
    });
  }

  versions(registry: string, name: string): PagedList<ModelVersion> {
    const store = () => this.registries.get(registry).models;
    return kept(this.versionLists, [registry, name], {
      page: (request) => store().versions({ ...request, name }),
      one: (version) => ifFound(store().version({ name, version })),
      idOf: ({ version }) => version,
      pageSize: () => listPage,
      standIn: () => this.standIns?.of(registry, ['versions', name], listPage),
      arrived: () => this.arrived('models'),
    });
  }

  /** Since when what is shown of a registry was kept, where something is. */
  asOf(registry: string): number | undefined {
    const lists = [this.experimentLists, this.runLists, this.modelLists, this.versionLists];
    const times = lists.flatMap((known) =>
      [...known].flatMap(([name, { asOf }]) => (registryIn(name) === registry && asOf !== undefined ? [asOf] : [])),
    );
    return times.length > 0 ? Math.min(...times) : undefined;
  }

  /** Reads one page more. */
  more(key: ListKey): Promise<void> {
    if (key.kind === 'experiments') return this.experiments(key.registry).more();
    if (key.kind === 'models') return this.models(key.registry).more();
    if (key.kind === 'loggedModels') return this.loggedModels(key).more();
    return key.kind === 'runs' ? this.runs(key).more() : this.versions(key.registry, key.name).more();
  }

  /** Everything is read again; how far each list was read stays. */
  forget(which: 'experiments' | 'models'): void {
    const lists =
      which === 'experiments'
        ? [...this.experimentLists.values(), ...this.runLists.values(), ...this.loggedModelLists.values()]
        : [...this.modelLists.values(), ...this.versionLists.values()];
    for (const list of lists) list.forget();
  }

  /** Forgets what a registry has loaded and no tree shows; how far each list was read stays. */
  forgetOthers(registry: string, { experiments, models, runs, loggedModelsOf, versionsOf }: Expanded): void {
    const keys = (lists: readonly (readonly string[])[]): Set<string> =>
      new Set(lists.map((key) => JSON.stringify(key)));
    forgetBut(this.experimentLists, registry, keys(experiments ? [[registry]] : []));
    forgetBut(this.runLists, registry, keys(runs.map(runsKey)));
    forgetBut(this.loggedModelLists, registry, keys(loggedModelsOf.map((id) => [registry, id])));
    forgetBut(this.modelLists, registry, keys(models ? [[registry]] : []));
    forgetBut(this.versionLists, registry, keys(versionsOf.map((name) => [registry, name])));
  }

  /** What is asked for changed: lists start anew from their first page. */
  restart(which: 'experiments' | 'runs' | 'models'): void {
    if (which === 'models') this.modelLists.clear();
    if (which === 'experiments') this.experimentLists.clear();
    if (which !== 'models') this.runLists.clear();
  }

  private runsName(scope: RunScope): unknown[] {
    const { view, runFilter } = this.options;
    return ['runs', scope.experimentId, scope.parentId, view, runFilter, this.options.sortOf(scope)];
  }

  /** The database's answer may hold more than the filter says, so a page can be empty though others follow. */
  private async searchModels(registry: string, request: PageRequest): Promise<Page<RegisteredModel>> {
    const { models } = this.registries.get(registry);
    const { modelFilter: part } = this.options;
    if (part === undefined) return models.search(request);
    const filter = contains('name', part);
    const empty = new EmptyPages();
    let page = await models.search({ ...request, filter });
    let items = page.items.filter(({ name }) => holds(name, part));
    while (items.length === 0 && page.nextPageToken !== undefined) {
      empty.follow(page.items.length, page.nextPageToken);
      page = await models.search({ ...request, filter, pageToken: page.nextPageToken });
      items = page.items.filter(({ name }) => holds(name, part));
    }
    return { ...page, items };
  }
}

function runsKey({ registry, experimentId, parentId = '' }: RunScope): string[] {
  return [registry, experimentId, parentId];
}

function registryIn(name: string): string | undefined {
  return (JSON.parse(name) as readonly string[])[0];
}

function forgetBut<T>(lists: ReadonlyMap<string, PagedList<T>>, registry: string, shown: ReadonlySet<string>): void {
  for (const [name, list] of lists) {
    if (registryIn(name) === registry && !shown.has(name)) list.forget();
  }
}

function kept<T>(lists: Map<string, PagedList<T>>, key: readonly string[], source: ListSource<T>): PagedList<T> {
  const name = JSON.stringify(key);
  const list = lists.get(name) ?? new PagedList(source);
  lists.set(name, list);
  return list;
}
