import type { Page, PageRequest } from '../domain/ports';
import { parentRunTag } from '../domain/run';
import { itemCount, pagesOf } from './allPages';
import { type BrowseOptions, type ExperimentKey, orderBy } from './browseOptions';
import { PromiseCache } from './promiseCache';
import type { RegistrySet } from './registrySet';
import { durationOf, rowOf, rowsOf, type RunRow } from './runRow';
import { missingParents } from './runTree';
import { sameRows } from './same';
import { and, quoted } from './searchText';

/** The runs of an experiment, or with a parent those nested directly under it. */
export interface RunScope extends ExperimentKey {
  readonly parentId?: string;
}

/** Runs that are read to order them by duration, which no store does; the rest stays out. */
const sortable = 5000;
const page = 1000;
/** Nesting deeper than this is shown flat: each level is one read. */
const deepest = 20;

/** Reads runs for the tree as the options say. */
export class RunReader {
  private readonly byDuration = new PromiseCache<readonly RunRow[]>();
  private readonly parents = new PromiseCache<readonly RunRow[]>(sameRows);

  constructor(
    private readonly registries: RegistrySet,
    private readonly options: BrowseOptions,
  ) {}

  async page(scope: RunScope, request: PageRequest): Promise<Page<RunRow>> {
    const sort = this.options.sortOf(scope);
    if (sort.by === 'duration') return this.pageByDuration(scope, sort.ascending, request);
    return this.search(scope, request, orderBy(sort));
  }

  forget(): void {
    this.byDuration.clear();
    this.parents.clear();
  }

  forgetDurations(scope: RunScope): void {
    this.byDuration.delete(durationsKey(scope));
  }

  /** Runs that rows are nested under and that are not rows themselves, with all above them. */
  parentsOf(scope: RunScope, rows: readonly RunRow[]): Promise<readonly RunRow[]> {
    return this.walkUp(scope, rows, () => Promise.resolve());
  }

  /** Reads them again behind what is shown; true where they differ. */
  async refreshParents(scope: RunScope, rows: readonly RunRow[]): Promise<boolean> {
    let differ = false;
    await this.walkUp(scope, rows, async (key) => {
      if (await this.parents.refresh(key)) differ = true;
    });
    return differ;
  }

  private async walkUp(
    scope: RunScope,
    rows: readonly RunRow[],
    before: (key: readonly string[]) => Promise<void>,
  ): Promise<readonly RunRow[]> {
    const found: RunRow[] = [];
    const asked = new Set<string>();
    for (let depth = 0; depth < deepest; depth++) {
      const missing = missingParents([...rows, ...found], asked);
      if (missing.length === 0) break;
      for (const id of missing) asked.add(id);
      const key = [scope.registry, scope.experimentId, this.options.view, ...missing];
      await before(key);
      found.push(...(await this.parents.get(key, () => this.readParents(scope, missing))));
    }
    return found;
  }

  /** From the top-level run above it down to the run; a parent that is not shown ends it. */
  async pathTo(scope: ExperimentKey, row: RunRow): Promise<readonly RunRow[]> {
    const above = new Map((await this.parentsOf(scope, [row])).map((parent) => [parent.runId, parent]));
    const path = [row];
    for (let up = above.get(row.parentId ?? ''); up && !path.includes(up); up = above.get(up.parentId ?? '')) {
      path.unshift(up);
    }
    return path;
  }

  private async search(scope: RunScope, request: PageRequest, order?: readonly string[]): Promise<Page<RunRow>> {
    const nested =
      scope.parentId === undefined ? undefined : `tags.${parentRunTag} = ${quoted(scope.parentId) ?? "''"}`;
    const filter = and(this.options.runFilter, nested);
    const { table, ...page } = await this.registries.get(scope.registry).runs.search({
      ...request,
      experimentIds: [scope.experimentId],
      view: this.options.view,
      ...(this.options.isFollowed() && { fromMemory: true }),
      ...(filter !== undefined && { filter }),
      ...(order && { orderBy: order }),
    });
    // A filter that MLflow lacks is said above the tree; what only this server lacks is said in its list.
    const note = page.note ?? (this.options.runFilterNote === undefined ? page.beyond : undefined);
    return { items: rowsOf(table), ...page, ...(note !== undefined && { note }) };
  }

  private async pageByDuration(scope: RunScope, ascending: boolean, request: PageRequest): Promise<Page<RunRow>> {
    const rows = await this.byDuration.get(durationsKey(scope), () => this.readAll(scope));
    // Runs without an end last, whichever way the others go, as MLflow does with missing values.
    const sign = ascending ? 1 : -1;
    const place = (row: RunRow): number => sign * (durationOf(row) ?? sign * Infinity);
    const sorted = [...rows].sort((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)));
    const from = Number(request.pageToken ?? 0);
    const to = from + request.maxResults;
    return { items: sorted.slice(from, to), ...(to < sorted.length && { nextPageToken: String(to) }) };
  }

  private async readAll(scope: RunScope): Promise<readonly RunRow[]> {
    const rows: RunRow[] = [];
    for await (const { items } of pagesOf((from) => this.search(scope, { maxResults: page, ...from }), itemCount)) {
      rows.push(...items);
      if (rows.length >= sortable) break;
    }
    return rows;
  }

  /** One search for all of them; a parent that cannot be read leaves its children at the top. */
  private async readParents(scope: ExperimentKey, runIds: readonly string[]): Promise<readonly RunRow[]> {
    const { registry, experimentId } = scope;
    const { runs } = this.registries.get(registry);
    // The tag holds whatever a script wrote; what is no run id finds no run.
    const ids = runIds.filter((id) => /^[\w-]+$/.test(id));
    if (ids.length === 0) return [];
    try {
      const filter = `attributes.run_id IN (${ids.map((id) => `'${id}'`).join(', ')})`;
      const { table } = await runs.search({ experimentIds: [experimentId], view: 'all', filter, maxResults: page });
      const found = rowsOf(table);
      const names = new Set(found.map(({ runId }) => runId));
      // MLflow drops ids without a lower-case letter from IN lists (mlflow.md §1.15).
      const lost = ids.filter((id) => !names.has(id) && !/[a-z]/.test(id));
      const read = await Promise.all(lost.map(async (runId) => rowOf(await runs.get({ runId }))));
      return [...found, ...read].filter((row) => this.isShown(row, experimentId));
    } catch {
      return [];
    }
  }

  private isShown({ table, row }: RunRow, experimentId: string): boolean {
    return table.experimentIds[row] === experimentId && (this.options.showsDeleted || table.deleted[row] === 0);
  }
}

function durationsKey({ registry, experimentId, parentId = '' }: RunScope): string[] {
  return [registry, experimentId, parentId];
}
