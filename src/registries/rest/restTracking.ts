import * as l10n from '@vscode/l10n';
import { endlessPages } from '../../domain/endlessPages';
import { UserError } from '../../domain/errors';
import type { Experiment, View } from '../../domain/experiment';
import type { MetricHistory } from '../../domain/metric';
import type { LoggedModel } from '../../domain/model';
import type {
  ExperimentStore,
  LoggedModelStore,
  Page,
  PageRequest,
  RunPage,
  RunQuery,
  RunStore,
  SearchRequest,
} from '../../domain/ports';
import type { Run } from '../../domain/run';
import { valuesOfExperiment } from '../../domain/searchValues';
import { experiment, loggedModel, run } from './decodeTracking';
import { type PointColumns, tokenIn } from './bodies';
import { lacksEndpoint } from './httpErrors';
import type { JsonObject } from './json';
import { type MlflowApi, unless } from './mlflowApi';
import { rowOfRun, type RunRow, rowsOfTable, tableOfRows } from './restRunRows';
import { asksForDatasets, searchOf, searchServer } from './restSearch';
import { RestExperimentWrites, RestRunWrites } from './restTrackingWrites';

const viewTypes: Readonly<Record<View, string>> = { active: 'ACTIVE_ONLY', deleted: 'DELETED_ONLY', all: 'ALL' };

/** What servers allow per page (mlflow.md §1.3). */
const maxPage = { search: 50_000, history: 25_000, loggedModels: 50 };

/** So many histories are asked for at once: enough to hide latency, few enough for a small server. */
const parallelHistories = 6;

/** The next page's token; `sent` is the one of this page, which a broken server may give for ever. */
export function pageToken(json: JsonObject, sent: string | undefined): { readonly nextPageToken?: string } {
  return nextPage(tokenIn(json), sent);
}

function nextPage(token: string, sent: string | undefined): { readonly nextPageToken?: string } {
  if (token === '') return {};
  if (token !== sent) return { nextPageToken: token };
  throw new UserError('unreachable', l10n.t('The server gives the same page again and again.'), {
    next: l10n.t('Check the server, and a proxy or cache in front of it.'),
  });
}

/** A search as MLflow's request; `max_results` always, because experiments/search refuses without (trap 1). */
export function searchBody(query: SearchRequest, limit: number): Record<string, unknown> {
  return {
    max_results: Math.min(query.maxResults, limit),
    ...(query.filter && { filter: query.filter }),
    ...(query.orderBy?.length && { order_by: query.orderBy }),
    ...(query.pageToken && { page_token: query.pageToken }),
  };
}

/** Reads pages until there is none left. */
export async function allPages<T>(
  { maxPages }: MlflowApi,
  read: (token: string | undefined) => Promise<Page<T>>,
): Promise<T[]> {
  const items: T[] = [];
  let token: string | undefined;
  for (let pages = 0; pages < maxPages; pages++) {
    const page = await read(token);
    items.push(...page.items);
    token = page.nextPageToken;
    if (token === undefined) return items;
  }
  throw endlessPages();
}

export class RestExperiments extends RestExperimentWrites implements ExperimentStore {
  search(query: SearchRequest & { readonly view: View }, signal?: AbortSignal): Promise<Page<Experiment>> {
    const items = (part: SearchRequest): Promise<Page<Experiment>> => {
      const body = { ...searchBody(part, maxPage.search), view_type: viewTypes[query.view] };
      const decode = (json: JsonObject): Page<Experiment> => ({
        items: json.objects('experiments').map(experiment),
        ...pageToken(json, part.pageToken),
      });
      return this.api.search('experiments/search', body, decode, signal);
    };
    return searchServer(query, searchOf('experiments', items, valuesOfExperiment));
  }

  get({ experimentId }: { readonly experimentId: string }, signal?: AbortSignal): Promise<Experiment> {
    const decode = (json: JsonObject): Experiment => experiment(json.object('experiment'));
    return this.api.get('experiments/get', { experiment_id: experimentId }, decode, signal);
  }

  /** MLflow 2.14 to 2.22 list traces at an address of their own; servers without either hold none. */
  async holdsTraces({ experimentId }: { readonly experimentId: string }, signal?: AbortSignal): Promise<boolean> {
    const holds = (json: JsonObject): boolean => json.objects('traces').length > 0;
    const location = { type: 'MLFLOW_EXPERIMENT', mlflow_experiment: { experiment_id: experimentId } };
    const body = { locations: [location], max_results: 1 };
    const found = await unless(this.api.searchV3('traces/search', body, holds, signal), lacksEndpoint, undefined);
    if (found !== undefined) return found;
    const query = { experiment_ids: experimentId, max_results: 1 };
    return unless(this.api.get('traces', query, holds, signal), lacksEndpoint, false);
  }
}

export class RestRuns extends RestRunWrites implements RunStore {
  search(query: RunQuery, signal?: AbortSignal): Promise<RunPage> {
    const body = (part: SearchRequest) => ({
      ...searchBody(part, maxPage.search),
      experiment_ids: query.experimentIds,
      run_view_type: viewTypes[query.view],
    });
    const whole = async (part: SearchRequest): Promise<RunPage> => {
      const { table, token } = await this.api.runs(body(part), signal);
      return { table, ...nextPage(token, part.pageToken) };
    };
    const withDatasets = (part: SearchRequest): Promise<Page<RunRow>> => {
      const decode = (json: JsonObject): Page<RunRow> => ({
        items: json.objects('runs').map((one) => rowOfRun(run(one))),
        ...pageToken(json, part.pageToken),
      });
      return this.api.search('runs/search', body(part), decode, signal);
    };
    return searchServer(query, {
      scope: 'runs',
      whole,
      // A table holds no datasets.
      items: asksForDatasets(query)
        ? withDatasets
        : (part) => whole(part).then(({ table, ...page }) => ({ items: rowsOfTable(table), ...page })),
      valuesOf: (row) => row.valuesOf,
      pageOf: ({ items, ...page }) => ({ table: tableOfRows(items), ...page }),
    });
  }

  get({ runId }: { readonly runId: string }, signal?: AbortSignal): Promise<Run> {
    return this.api.get('runs/get', { run_id: runId }, (json) => run(json.object('run')), signal);
  }

  async histories(
    { runIds, key }: { readonly runIds: readonly string[]; readonly key: string },
    signal?: AbortSignal,
  ): Promise<readonly MetricHistory[]> {
    const histories: MetricHistory[] = [];
    for (let start = 0; start < runIds.length; start += parallelHistories) {
      const some = runIds.slice(start, start + parallelHistories);
      histories.push(...(await Promise.all(some.map((runId) => this.history(runId, key, signal)))));
    }
    return histories;
  }

  /** Always with `max_results`: servers 3.1.1 and 3.4 to 3.13 answer nothing without (trap 2). */
  private async history(runId: string, key: string, signal?: AbortSignal): Promise<MetricHistory> {
    const pages = await allPages(this.api, async (token): Promise<Page<PointColumns>> => {
      const params = { run_id: runId, metric_key: key, max_results: maxPage.history, page_token: token };
      const page = await this.api.points(params, signal);
      return { items: [page.points], ...nextPage(page.token, token) };
    });
    const joined = (name: keyof PointColumns): Float64Array => concatenated(pages.map((page) => page[name]));
    return { runId, key, steps: joined('steps'), timestamps: joined('timestamps'), values: joined('values') };
  }
}

function concatenated(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export class RestLoggedModels implements LoggedModelStore {
  constructor(private readonly api: MlflowApi) {}

  search(
    { experimentId, ...page }: PageRequest & { readonly experimentId: string },
    signal?: AbortSignal,
  ): Promise<Page<LoggedModel>> {
    return unless(this.page(experimentId, page, signal), lacksEndpoint, { items: [] });
  }

  /** Single quotes only: with double ones SQL servers match nothing (trap 19). */
  async ofRun(
    { runId, experimentId }: { readonly runId: string; readonly experimentId: string },
    signal?: AbortSignal,
  ): Promise<readonly LoggedModel[]> {
    const query = { filter: `source_run_id = '${runId}'`, maxResults: maxPage.loggedModels };
    const reading = allPages(this.api, (token) =>
      this.page(experimentId, { ...query, ...(token !== undefined && { pageToken: token }) }, signal),
    );
    return unless(reading, lacksEndpoint, []);
  }

  get({ modelId }: { readonly modelId: string }, signal?: AbortSignal): Promise<LoggedModel> {
    const endpoint = `logged-models/${encodeURIComponent(modelId)}`;
    return this.api.get(endpoint, {}, (json) => loggedModel(json.object('model')), signal);
  }
  /** Servers give the newest first where no order is asked for. */
  private page(experimentId: string, query: SearchRequest, signal?: AbortSignal): Promise<Page<LoggedModel>> {
    const body = { ...searchBody(query, maxPage.loggedModels), experiment_ids: [experimentId] };
    const decode = (json: JsonObject): Page<LoggedModel> => ({
      items: json.objects('models').map(loggedModel),
      ...pageToken(json, query.pageToken),
    });
    return this.api.search('logged-models/search', body, decode, signal);
  }
}
