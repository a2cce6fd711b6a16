import type { Artifact } from '../domain/artifact';
import type { Shown } from '../domain/changes';
import { type Run, runStatuses } from '../domain/run';
import type { BrowseLists } from './browseLists';
import type { PromiseCache } from './promiseCache';
import type { RunReader } from './runReader';
import type { Expanded } from './expanded';
import type { RunRow } from './runRow';

/** The trees that show something else than before. */
export interface Differing {
  readonly experiments: boolean;
  readonly models: boolean;
}

interface Caches {
  readonly details: PromiseCache<Run>;
  readonly artifactFolders: PromiseCache<readonly Artifact[]>;
  readonly loggedModels: PromiseCache<boolean>;
  readonly versionRuns: PromiseCache<ReadonlyMap<string, RunRow>>;
}

/** Of a server's lists only so much is read again each time; what stands further down is read when it is next asked for. */
const firstItems = 200;

/** Reads what the trees show again behind it: what is drawn stays until something else is there to be drawn. */
export class BrowseRefresh {
  constructor(
    private readonly lists: BrowseLists,
    private readonly reader: RunReader,
    private readonly caches: Caches,
  ) {}

  /** What is loaded of it. */
  shown(registry: string, expanded: Expanded): Shown {
    const { lists } = this;
    return {
      experimentIds: expanded.experiments
        ? lists.experiments(registry).items.map(({ experimentId }) => experimentId)
        : [],
      runs: expanded.runs.flatMap((scope) =>
        lists.runs(scope).items.map(({ runId }) => ({ experimentId: scope.experimentId, runId })),
      ),
      models: expanded.models ? lists.models(registry).items.map(({ name }) => name) : [],
      expandedModels: expanded.versionsOf,
      loggedModelsOf: expanded.loggedModelsOf,
      folders: expanded.folders,
    };
  }

  /** `whole`: everything that is loaded; else what people look at first, and what is running. */
  async refresh(registry: string, expanded: Expanded, whole: boolean): Promise<Differing> {
    const experiments = await this.refreshExperiments(registry, expanded, whole);
    return { experiments, models: expanded.models && (await this.refreshModels(registry, expanded, whole)) };
  }

  /** What is not shown is read when it is next seen. */
  forgetRest(registry: string, expanded: Expanded): void {
    this.lists.forgetOthers(registry, expanded);
    this.caches.details.retain(
      registry,
      expanded.runIds.map((runId) => [registry, runId]),
    );
    this.caches.artifactFolders.retain(
      registry,
      expanded.folders.map((folder) => folderKey(registry, folder)),
    );
  }

  private async refreshExperiments(registry: string, expanded: Expanded, whole: boolean): Promise<boolean> {
    const most = whole ? Infinity : firstItems;
    const found = new Findings();
    if (expanded.experiments) found.add(await this.lists.experiments(registry).refresh(most));
    for (const scope of expanded.runs) {
      const list = this.lists.runs(scope);
      found.add(await list.refresh(most));
      if (scope.parentId === undefined && (await this.reader.refreshParents(scope, list.items))) found.any = true;
    }
    const live = this.liveRuns(expanded, found.ids);
    if (await this.refreshLoggedModels(registry, expanded, most, whole || live.size > 0)) found.any = true;
    const isDue = (runId: string): boolean => whole || live.has(runId);
    for (const runId of expanded.runIds.filter(isDue)) {
      if (await this.caches.details.refresh([registry, runId])) found.any = true;
    }
    for (const folder of expanded.folders) {
      const due = folder.root.kind === 'run' ? isDue(folder.root.runId) : whole;
      if (due && (await this.caches.artifactFolders.refresh(folderKey(registry, folder)))) found.any = true;
    }
    return found.any;
  }

  /** Runs log them: where no run is live nor new, only those that are shown are read again. */
  private async refreshLoggedModels(
    registry: string,
    expanded: Expanded,
    most: number,
    due: boolean,
  ): Promise<boolean> {
    const found = new Findings();
    for (const experimentId of expanded.loggedModelsOf) {
      found.add(await this.lists.loggedModels({ registry, experimentId }).refresh(most));
    }
    const experiments = expanded.runs.filter(({ parentId }) => parentId === undefined);
    for (const { experimentId } of due ? experiments : []) {
      if (await this.caches.loggedModels.refresh([registry, experimentId])) found.any = true;
    }
    return found.any;
  }

  private async refreshModels(registry: string, expanded: Expanded, whole: boolean): Promise<boolean> {
    const most = whole ? Infinity : firstItems;
    const found = new Findings();
    found.add(await this.lists.models(registry).refresh(most));
    for (const name of expanded.versionsOf) {
      const list = this.lists.versions(registry, name);
      found.add(await list.refresh(most));
      const key = sourceRunsKey(registry, list.items);
      if (whole && (await this.caches.versionRuns.refresh(key))) found.any = true;
    }
    return found.any;
  }

  /** Runs that differ, and those that are running. */
  private liveRuns(expanded: Expanded, changed: ReadonlySet<string>): ReadonlySet<string> {
    const rows = expanded.runs.flatMap((scope) => this.lists.runs(scope).items);
    const running = rows.filter(({ table, row }) => table.statuses[row] === runStatuses.indexOf('RUNNING'));
    return new Set([...changed, ...running.map(({ runId }) => runId)]);
  }
}

class Findings {
  any = false;
  readonly ids = new Set<string>();

  add(changed: ReadonlySet<string> | undefined): void {
    if (changed?.size !== 0) this.any = true;
    for (const id of changed ?? []) this.ids.add(id);
  }
}

export function folderKey(registry: string, { root, path }: Shown['folders'][number]): string[] {
  return [registry, JSON.stringify(root), path];
}

export function sourceRunsKey(registry: string, versions: readonly { readonly runId: string }[]): string[] {
  return [registry, ...new Set(versions.map(({ runId }) => runId).filter((runId) => runId !== ''))];
}
