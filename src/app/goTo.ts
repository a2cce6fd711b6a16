import { isCancelled, UserError } from '../domain/errors';
import type { Experiment, View } from '../domain/experiment';
import type { RegisteredModel } from '../domain/model';
import type { Registry } from '../domain/ports';
import { type Ref, versionRef } from '../domain/ref';
import type { RunStatus } from '../domain/run';
import { runAt } from '../domain/runTable';
import { rowOf, rowsOf, type RunRow } from './runRow';
import { contains, holds } from './searchText';

export interface Found {
  readonly ref: Ref;
  readonly name: string;
  /** Experiment of a run; alias or id where that is what was typed. */
  readonly about?: string;
  readonly status?: RunStatus;
}

/** Results of one kind; a list to pick from, so each stays short. */
const shown = 20;
const experimentsSearched = 1000;
/** Models whose versions are tried for "name v4". */
const modelsTried = 5;

/** Finds experiments, runs, models and versions by what a person types; one session over one registry. */
export class Finder {
  private experiments: Promise<readonly Experiment[]> | undefined;

  constructor(
    private readonly registry: Registry,
    private readonly view: View,
  ) {}

  /** Experiments, then runs, then models, then versions. Nothing typed: what comes first of experiments and models. */
  async find(typed: string, signal?: AbortSignal): Promise<readonly Found[]> {
    const text = typed.trim();
    const inside = withoutScheme(text);
    const parts = [
      this.findExperiments(text, signal),
      ...(text === '' ? [] : [this.findRuns(inside, signal)]),
      this.findModels(inside, signal),
      ...(text === '' ? [] : [this.findVersions(inside, signal)]),
    ];
    const results = await Promise.allSettled(parts);
    const found = results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
    const failure = results.find((result) => result.status === 'rejected');
    // A server without model registry still finds runs.
    if (failure && (found.length === 0 || isCancelled(failure.reason))) throw failure.reason;
    return found;
  }

  /** The newest runs of all experiments. */
  async newestRuns(count: number, signal?: AbortSignal): Promise<readonly Found[]> {
    return this.searchRuns(undefined, count, signal);
  }

  private async findExperiments(text: string, signal?: AbortSignal): Promise<readonly Found[]> {
    const experiments = await this.allExperiments();
    signal?.throwIfAborted();
    const matching = experiments.filter(({ name, experimentId }) => holds(name, text) || experimentId === text);
    return matching.slice(0, shown).map(({ name, experimentId }) => {
      const ref = { kind: 'experiment', registry: this.name, id: experimentId } as const;
      return { ref, name, ...(experimentId === text && { about: experimentId }) };
    });
  }

  private async findRuns(text: string, signal?: AbortSignal): Promise<readonly Found[]> {
    const byName = this.searchRuns(contains('attributes.run_name', text), shown, signal);
    const byId = this.findRunsById(text, signal);
    const named = (await byName).filter(({ name }) => holds(name, text));
    const found = new Map([...(await byId), ...named].map((each) => [each.ref.id, each]));
    return [...found.values()].slice(0, shown);
  }

  /** By the start of the id, or the whole of it, also where the run or its experiment is deleted. */
  private async findRunsById(id: string, signal?: AbortSignal): Promise<readonly Found[]> {
    if (/^[0-9a-f]{4,31}$/.test(id)) return this.searchRuns(`attributes.run_id LIKE '${id}%'`, shown, signal);
    if (!/^\w{32,}$/.test(id)) return [];
    const run = await ifThere(this.registry.runs.get({ runId: id }, signal));
    return run ? [await this.foundRun(rowOf(run))] : [];
  }

  private async findModels(text: string, signal?: AbortSignal): Promise<readonly Found[]> {
    const models = await this.searchModels(text, signal);
    return models.map(({ name }) => ({ ref: { kind: 'model', registry: this.name, id: name }, name }));
  }

  /** "name/4", "name v4", "name@alias", with part of the name. */
  private async findVersions(text: string, signal?: AbortSignal): Promise<readonly Found[]> {
    const alias = /^(.*)@([\w-]*)$/.exec(text);
    if (alias) return this.findAliases(alias[1] ?? '', alias[2] ?? '', signal);
    const numbered = /^(.+?)(?:\/|\s+)v?(\d+)$/.exec(text);
    if (!numbered) return [];
    const [, part = '', version = ''] = numbered;
    const models = (await this.searchModels(part, signal)).slice(0, modelsTried);
    const versions = await Promise.all(
      models.map(({ name }) => ifThere(this.registry.models.version({ name, version }, signal))),
    );
    return versions.filter((each) => each !== undefined).map((each) => this.foundVersion(each.name, each.version));
  }

  private async findAliases(part: string, alias: string, signal?: AbortSignal): Promise<readonly Found[]> {
    const models = await this.searchModels(part, signal);
    return models.flatMap(({ name, aliases }) =>
      aliases
        .filter((held) => holds(held.alias, alias))
        .map((held) => ({ ...this.foundVersion(name, held.version), about: `@${held.alias}` })),
    );
  }

  private async searchModels(part: string, signal?: AbortSignal): Promise<readonly RegisteredModel[]> {
    const filter = part === '' ? {} : { filter: contains('name', part) };
    const { items } = await this.registry.models.search({ maxResults: shown, ...filter }, signal);
    return items.filter(({ name }) => holds(name, part));
  }

  private async searchRuns(
    filter: string | undefined,
    maxResults: number,
    signal?: AbortSignal,
  ): Promise<readonly Found[]> {
    const experimentIds = (await this.allExperiments()).map(({ experimentId }) => experimentId);
    signal?.throwIfAborted();
    if (experimentIds.length === 0) return [];
    const query = { experimentIds, view: this.view, maxResults, ...(filter !== undefined && { filter }) };
    const { table } = await this.registry.runs.search(query, signal);
    return Promise.all(rowsOf(table).map((row) => this.foundRun(row)));
  }

  private async foundRun({ table, row }: RunRow): Promise<Found> {
    const { runId, runName, experimentId, status } = runAt(table, row);
    const experiment = (await this.allExperiments()).find((each) => each.experimentId === experimentId);
    const ref = { kind: 'run', registry: this.name, id: runId } as const;
    return { ref, name: runName || runId, about: experiment?.name ?? experimentId, status };
  }

  private foundVersion(name: string, version: string): Found {
    return { ref: versionRef(this.name, name, version), name: `${name} v${version}` };
  }

  /** Read once in a session; not cancelled with a keystroke, as the next one needs it too. */
  private allExperiments(): Promise<readonly Experiment[]> {
    this.experiments ??= this.registry.experiments
      .search({ view: this.view, maxResults: experimentsSearched })
      .then(({ items }) => items);
    return this.experiments;
  }

  private get name(): string {
    return this.registry.connection.name;
  }
}

/** MLflow's own URIs may be pasted. */
function withoutScheme(text: string): string {
  const uri = /^(?:runs|models):\/+(.*)$/.exec(text)?.[1];
  if (uri === undefined) return text;
  return text.startsWith('runs:') ? uri.replace(/\/.*$/, '') : uri;
}

async function ifThere<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof UserError && (error.kind === 'notFound' || error.kind === 'invalid')) return undefined;
    throw error;
  }
}
