import type { Shown } from '../domain/changes';
import type { Event } from '../domain/ports';
import type { Browser } from './browse';
import { Emitter } from './emitter';
import type { RegistrySet } from './registrySet';
import { rowsOf, type RunRow } from './runRow';
import type { Follower } from './watcher';

/** More are counted as so many. */
const most = 100;

/** A store that takes long to find them is asked so much less (part of the time). */
const share = 1 / 20;

interface Found {
  readonly rows: readonly RunRow[];
  /** Before that they are not looked for again. */
  readonly due: number;
}

/** The runs that are running in the experiments that a registry's tree has loaded. */
export class RunningRuns {
  private readonly found = new Map<string, Found>();
  private readonly didChange = new Emitter<string>();

  /** They changed in a registry. */
  readonly onDidChange: Event<string> = this.didChange.event;

  constructor(
    private readonly registries: RegistrySet,
    private readonly browser: Pick<Browser, 'experimentIds'>,
    private readonly now: () => number,
  ) {}

  of(registry: string): readonly RunRow[] {
    return this.found.get(registry)?.rows ?? [];
  }

  /** Looks for them while `isShown`. */
  follower(isShown: (registry: string) => boolean): Follower {
    return {
      shown: (registry) => (isShown(registry) ? this.shown(registry) : undefined),
      refresh: (registry) => this.refresh(registry),
    };
  }

  private shown(registry: string): Shown {
    const runs = this.of(registry).map(({ runId, table, row }) => ({
      runId,
      experimentId: table.experimentIds[row] ?? '',
    }));
    return { experimentIds: this.browser.experimentIds(registry), runs, models: [], expandedModels: [], folders: [] };
  }

  private async refresh(registry: string): Promise<boolean> {
    const begun = this.now();
    const before = this.found.get(registry);
    if (before && begun < before.due) return false;
    const rows = await this.search(registry);
    const end = this.now();
    this.found.set(registry, { rows, due: end + (end - begun) * (1 / share - 1) });
    const ids = new Set(before?.rows.map(({ runId }) => runId));
    const same = ids.size === rows.length && rows.every(({ runId }) => ids.has(runId));
    if (!same) this.didChange.fire(registry);
    return !same;
  }

  private async search(registry: string): Promise<readonly RunRow[]> {
    const experimentIds = this.browser.experimentIds(registry);
    if (experimentIds.length === 0) return [];
    const query = { experimentIds, view: 'active', filter: "attributes.status = 'RUNNING'", maxResults: most } as const;
    return rowsOf((await this.registries.get(registry).runs.search(query)).table);
  }
}
