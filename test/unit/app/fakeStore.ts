// A registry in memory, because the tests over it are about the order of events (what is asked, how often, what comes
// late, what fails once), which a real store cannot be made to give.
import { BrowseOptions, type Memory } from '../../../src/app/browseOptions';
import { RegistrySet } from '../../../src/app/registrySet';
import { type Contract, noContract } from '../../../src/domain/contract';
import { UserError } from '../../../src/domain/errors';
import type { Experiment } from '../../../src/domain/experiment';
import type { LoggedModel, ModelVersion, RegisteredModel } from '../../../src/domain/model';
import type { Page, PageRequest, Registry, RunQuery, SearchRequest } from '../../../src/domain/ports';
import { parentRunTag, type Run } from '../../../src/domain/run';
import { RunTableBuilder } from '../../../src/domain/runTable';
import { parseFilter, parseOrderBy } from '../../../src/domain/search';
import type { SearchField } from '../../../src/domain/searchAst';
import { type FieldValue, matches, sortBy } from '../../../src/domain/searchEvaluate';

export function aRun(runId: string, more: Partial<Run> & { parent?: string; auc?: number } = {}): Run {
  const { parent, auc, ...rest } = more;
  return {
    runId,
    runName: `name of ${runId}`,
    experimentId: '1',
    userId: 'ada',
    status: 'FINISHED',
    artifactUri: `/artifacts/${runId}`,
    lifecycleStage: 'active',
    metrics: auc === undefined ? [] : [{ key: 'auc', value: auc, timestamp: 0, step: 0 }],
    params: [],
    tags: parent === undefined ? [] : [{ key: parentRunTag, value: parent }],
    datasetInputs: [],
    modelInputs: [],
    modelOutputs: [],
    ...rest,
  };
}

export function anExperiment(experimentId: string, more: Partial<Experiment> = {}): Experiment {
  return {
    experimentId,
    name: `e${experimentId}`,
    artifactLocation: '/a',
    lifecycleStage: 'active',
    tags: [],
    ...more,
  };
}

export function aModel(name: string, aliases: RegisteredModel['aliases'] = []): RegisteredModel {
  return { name, description: '', tags: [], aliases };
}

export function aLoggedModel(modelId: string, more: Partial<LoggedModel> = {}): LoggedModel {
  return {
    ...{ modelId, experimentId: '1', name: `name of ${modelId}`, modelType: '', sourceRunId: '', status: 'READY' },
    ...{ artifactLocation: `/models/${modelId}`, creationTime: 0, lastUpdatedTime: 0 },
    ...{ tags: [], params: [], metrics: [] },
    ...more,
  };
}

export function aVersion(name: string, version: string, runId = ''): ModelVersion {
  return { name, version, runId, source: '', status: 'READY', stage: 'None', description: '', aliases: [], tags: [] };
}

/** What the store holds, in the order in which it gives it, and what it was asked. */
export class FakeStore {
  experiments: Experiment[] = [anExperiment('1')];
  runs: Run[] = [];
  models: RegisteredModel[] = [];
  versions: ModelVersion[] = [];
  loggedModels: LoggedModel[] = [];
  traces = false;
  /** What tells that something changed; undefined where only reading tells. */
  stamp: string | undefined = undefined;
  readonly asked: string[] = [];
  /** Called with each read before it is answered; may wait or throw. */
  before: (read: string) => Promise<void> | void = () => undefined;

  readonly registry = {
    connection: { name: 'r', trackingUri: '/store' },
    describe: () => this.answer('describe', () => ({ capabilities: { loggedModels: this.loggedModels.length > 0 } })),
    experiments: {
      search: (query: SearchRequest & { view: string }) =>
        this.answer('experiments', () => pageOf(this.experiments.filter(inView(query.view)), query)),
      get: ({ experimentId }: { experimentId: string }) =>
        this.answer(`experiment ${experimentId}`, () =>
          found(this.experiments.find((e) => e.experimentId === experimentId)),
        ),
      holdsTraces: () => this.answer('traces', () => this.traces),
    },
    runs: {
      search: (query: RunQuery) => this.answer(`runs ${query.filter ?? ''}`.trim(), () => this.searchRuns(query)),
      get: ({ runId }: { runId: string }) =>
        this.answer(`run ${runId}`, () => found(this.runs.find((run) => run.runId === runId))),
    },
    loggedModels: {
      search: (query: PageRequest & { experimentId: string }) =>
        this.answer(`logged models ${query.maxResults}`, () =>
          pageOf(
            this.loggedModels.filter(({ experimentId }) => experimentId === query.experimentId),
            query,
          ),
        ),
    },
    models: {
      search: (query: SearchRequest) =>
        this.answer(`models ${query.filter ?? ''}`.trim(), () => this.searchModels(query)),
      get: ({ name }: { name: string }) =>
        this.answer(`model ${name}`, () => found(this.models.find((model) => model.name === name))),
      versions: (query: PageRequest & { name: string }) =>
        this.answer(`versions ${query.name}`, () =>
          pageOf(
            this.versions.filter((v) => v.name === query.name),
            query,
          ),
        ),
      version: (query: { name: string; version: string }) =>
        this.answer(`version ${query.name}/${query.version}`, () =>
          found(this.versions.find((v) => v.name === query.name && v.version === query.version)),
        ),
    },
    artifacts: { list: () => this.answer('artifacts', () => []) },
    changes: { stamp: () => this.answer('stamp', () => this.stamp) },
    dispose: () => undefined,
  } as unknown as Registry;

  readonly registries = new RegistrySet(
    () => this.registry,
    () => 0,
  );

  constructor() {
    this.registries.setConnections([this.registry.connection]);
  }

  private async answer<T>(read: string, value: () => T): Promise<T> {
    this.asked.push(read);
    await this.before(read);
    return value();
  }

  private searchRuns(query: RunQuery) {
    const filter = parseFilter(query.filter, 'runs');
    const orderBy = parseOrderBy(query.orderBy, 'runs');
    const candidates = this.runs
      .filter(({ experimentId }) => query.experimentIds.includes(experimentId))
      .filter(inView(query.view))
      .filter((run) => matches(filter, (field) => valuesOf(run, field)));
    const { items, nextPageToken } = pageOf(
      sortBy(candidates, orderBy, (run, field) => valuesOf(run, field)[0]),
      query,
    );
    const builder = new RunTableBuilder();
    for (const run of items) {
      const row = builder.addRun(run);
      for (const { key, value } of run.metrics) builder.setMetric(row, key, value);
      for (const { key, value } of run.tags) builder.setTag(row, key, value);
    }
    return { table: builder.build(), ...(nextPageToken !== undefined && { nextPageToken }) };
  }

  private searchModels(query: SearchRequest): Page<RegisteredModel> {
    const filter = parseFilter(query.filter, 'models');
    return pageOf(
      this.models.filter(({ name }) => matches(filter, () => [name])),
      query,
    );
  }
}

/** Keeps choices as VS Code's workspace state does: as JSON. */
export function memory(): Memory {
  const kept = new Map<string, string>();
  return {
    get: <T>(key: string, fallback: T): T => (kept.has(key) ? (JSON.parse(kept.get(key) ?? '') as T) : fallback),
    update: (key, value) => Promise.resolve(void kept.set(key, JSON.stringify(value))),
  };
}

/** A team without a `ringside.yaml`, or with this one. */
export function contractOf(contract: Contract = noContract) {
  return { get: () => Promise.resolve(contract), onDidChange: () => ({ dispose: () => undefined }) };
}

export function options(): BrowseOptions {
  return new BrowseOptions(memory());
}

function valuesOf(run: Run, { kind, key }: SearchField): FieldValue[] {
  if (kind === 'metric') return run.metrics.filter((metric) => metric.key === key).map(({ value }) => value);
  if (kind === 'tag') return run.tags.filter((tag) => tag.key === key).map(({ value }) => value);
  const attributes: Record<string, FieldValue> = { run_id: run.runId, run_name: run.runName, status: run.status };
  return key in attributes ? [attributes[key]!] : [];
}

function pageOf<T>(items: readonly T[], { maxResults, pageToken }: PageRequest): Page<T> {
  const from = Number(pageToken ?? 0);
  const to = from + maxResults;
  return { items: items.slice(from, to), ...(to < items.length && { nextPageToken: String(to) }) };
}

function inView(view: string): (item: { lifecycleStage: string }) => boolean {
  return ({ lifecycleStage }) => view === 'all' || lifecycleStage === view;
}

function found<T>(item: T | undefined): T {
  if (item === undefined) throw new UserError('notFound', 'It is not there.');
  return item;
}
