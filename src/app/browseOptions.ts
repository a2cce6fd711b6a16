import type { View } from '../domain/experiment';
import type { Event } from '../domain/ports';
import { beyondText } from '../domain/searchBeyond';
import { Emitter } from './emitter';
import { field } from './searchText';

/** MLflow has no order by duration: that one is sorted here. */
export type RunSort =
  | { readonly by: 'start' | 'name' | 'duration'; readonly ascending: boolean }
  | { readonly by: 'metric'; readonly key: string; readonly ascending: boolean };

export const newestFirst: RunSort = { by: 'start', ascending: false };

/** MLflow's order clauses; nothing for the stores' default order and for duration. */
export function orderBy(sort: RunSort): readonly string[] | undefined {
  const direction = sort.ascending ? 'ASC' : 'DESC';
  if (sort.by === 'metric') return [`${field('metrics', sort.key)} ${direction}`];
  if (sort.by === 'name') return [`attributes.run_name ${direction}`];
  return sort.by === 'start' && sort.ascending ? ['attributes.start_time ASC'] : undefined;
}

/** Names one experiment of one connection. */
export interface ExperimentKey {
  readonly registry: string;
  readonly experimentId: string;
}

/** Where a choice is kept between windows; VS Code's Memento has this shape. */
export interface Memory {
  get<T>(key: string, fallback: T): T;
  update(key: string, value: unknown): PromiseLike<void>;
}

interface Choices {
  readonly sort?: RunSort;
  readonly headline?: string;
}

const memoryKey = 'ringside.experiments';

type OptionChange = 'runs' | 'models' | 'deleted';

/** How the side bar shows things. Order and headline metric of an experiment are remembered, filters are not. */
export class BrowseOptions {
  private currentRunFilter: string | undefined;
  private currentModelFilter: string | undefined;
  private deletedShown = false;
  private readonly didChange = new Emitter<OptionChange>();

  readonly onDidChange: Event<OptionChange> = this.didChange.event;

  /** @param isFollowed whether the trees follow their stores: then what was read before of ended runs may stand for a moment */
  constructor(
    private readonly memory: Memory,
    readonly isFollowed: () => boolean = () => false,
  ) {}

  /** MLflow's filter for the runs of every experiment. */
  get runFilter(): string | undefined {
    return this.currentRunFilter;
  }

  /** That Ringside evaluates this filter itself, as a sentence; nothing where MLflow does. */
  get runFilterNote(): string | undefined {
    return this.currentRunFilter === undefined ? undefined : beyondText(this.currentRunFilter, 'runs');
  }

  setRunFilter(filter: string | undefined): void {
    this.currentRunFilter = filter?.trim() === '' ? undefined : filter?.trim();
    this.didChange.fire('runs');
  }

  /** Part of a model's name. */
  get modelFilter(): string | undefined {
    return this.currentModelFilter;
  }

  setModelFilter(part: string | undefined): void {
    this.currentModelFilter = part?.trim() === '' ? undefined : part?.trim();
    this.didChange.fire('models');
  }

  get showsDeleted(): boolean {
    return this.deletedShown;
  }

  setShowsDeleted(shown: boolean): void {
    this.deletedShown = shown;
    this.didChange.fire('deleted');
  }

  get view(): View {
    return this.deletedShown ? 'all' : 'active';
  }

  sortOf(experiment: ExperimentKey): RunSort {
    return this.choicesOf(experiment).sort ?? newestFirst;
  }

  async setSort(experiment: ExperimentKey, sort: RunSort): Promise<void> {
    await this.remember(experiment, { ...this.choicesOf(experiment), sort });
  }

  headlineOf(experiment: ExperimentKey): string | undefined {
    return this.choicesOf(experiment).headline;
  }

  async setHeadline(experiment: ExperimentKey, headline: string): Promise<void> {
    await this.remember(experiment, { ...this.choicesOf(experiment), headline });
  }

  private choicesOf(experiment: ExperimentKey): Choices {
    return this.memory.get<Record<string, Choices>>(memoryKey, {})[nameOf(experiment)] ?? {};
  }

  private async remember(experiment: ExperimentKey, choices: Choices): Promise<void> {
    const all = this.memory.get<Record<string, Choices>>(memoryKey, {});
    await this.memory.update(memoryKey, { ...all, [nameOf(experiment)]: choices });
    this.didChange.fire('runs');
  }
}

function nameOf({ registry, experimentId }: ExperimentKey): string {
  return JSON.stringify([registry, experimentId]);
}
