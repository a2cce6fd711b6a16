import * as l10n from '@vscode/l10n';
import { UserError } from '../../domain/errors';
import { byVersionDescending, type ModelVersion, type RegisteredModel } from '../../domain/model';
import type { ModelStore, NewModelVersion, Page, PageRequest, SearchRequest } from '../../domain/ports';
import { isPrompt, modelVersion, registeredModel } from './decodeModels';
import { run } from './decodeTracking';
import type { HttpRequest } from './httpMessages';
import type { JsonObject } from './json';
import type { MlflowApi } from './mlflowApi';
import { pageToken, searchBody } from './restTracking';

/** What servers allow per page (mlflow.md §1.3). */
const maxPage = { models: 1000, versions: 10_000 };

/** So many models are asked at once for the aliases of their versions. */
const parallelModels = 6;

export class RestModels implements ModelStore {
  /** `tracking` resolves runs; it is another server where the connection has a registry of its own. */
  constructor(
    private readonly api: MlflowApi,
    private readonly tracking: MlflowApi,
  ) {}

  /** Servers leave prompts out themselves unless the filter names their tag. */
  search(query: SearchRequest, signal?: AbortSignal): Promise<Page<RegisteredModel>> {
    return this.api.get(
      'registered-models/search',
      searchBody(query, maxPage.models) as HttpRequest['params'] & object,
      (json) => ({
        items: json
          .objects('registered_models')
          .map(registeredModel)
          .filter((model) => !isPrompt(model)),
        ...pageToken(json, query.pageToken),
      }),
      signal,
    );
  }

  get({ name }: { readonly name: string }, signal?: AbortSignal): Promise<RegisteredModel> {
    const decode = (json: JsonObject): RegisteredModel => registeredModel(json.object('registered_model'));
    return this.api.get('registered-models/get', { name }, decode, signal);
  }

  async versions(query: PageRequest & { readonly name: string }, signal?: AbortSignal): Promise<Page<ModelVersion>> {
    const request = { ...query, filter: nameFilter(query.name), orderBy: ['version_number DESC'] };
    const [model, page] = await Promise.all([this.get(query, signal), this.versionPage(request, signal)]);
    const own = page.items.filter((version) => version.name === query.name);
    return { ...page, items: own.map((version) => withAliases(version, model)).sort(byVersionDescending) };
  }

  async searchVersions(query: SearchRequest, signal?: AbortSignal): Promise<Page<ModelVersion>> {
    const page = await this.versionPage(query, signal);
    const names = [...new Set(page.items.map((version) => version.name))];
    const models = new Map<string, RegisteredModel>();
    for (let start = 0; start < names.length; start += parallelModels) {
      const some = names.slice(start, start + parallelModels);
      for (const model of await Promise.all(some.map((name) => this.get({ name }, signal))))
        models.set(model.name, model);
    }
    return { ...page, items: page.items.map((version) => withAliases(version, models.get(version.name))) };
  }

  version(query: { readonly name: string; readonly version: string }, signal?: AbortSignal): Promise<ModelVersion> {
    const params = { name: query.name, version: query.version };
    return this.api.get('model-versions/get', params, (json) => modelVersion(json.object('model_version')), signal);
  }

  create(
    { name, description }: { readonly name: string; readonly description?: string },
    signal?: AbortSignal,
  ): Promise<RegisteredModel> {
    const body = { name, ...(description && { description }) };
    const decode = (json: JsonObject): RegisteredModel => registeredModel(json.object('registered_model'));
    return this.api.write('POST', 'registered-models/create', body, decode, signal);
  }

  async createVersion(query: NewModelVersion, signal?: AbortSignal): Promise<ModelVersion> {
    const body = {
      name: query.name,
      source: await this.resolvedSource(query.source, signal),
      ...(query.runId && { run_id: query.runId }),
      ...(query.modelId && { model_id: query.modelId }),
      ...(query.description && { description: query.description }),
      ...(query.tags?.length && { tags: query.tags }),
    };
    const decode = (json: JsonObject): ModelVersion => modelVersion(json.object('model_version'));
    return this.api.write('POST', 'model-versions/create', body, decode, signal);
  }

  setAlias(
    query: { readonly name: string; readonly alias: string; readonly version: string },
    signal?: AbortSignal,
  ): Promise<void> {
    const body = { name: query.name, alias: query.alias, version: query.version };
    return this.api.write('POST', 'registered-models/alias', body, () => undefined, signal);
  }

  deleteAlias(query: { readonly name: string; readonly alias: string }, signal?: AbortSignal): Promise<void> {
    const body = { name: query.name, alias: query.alias };
    return this.api.write('DELETE', 'registered-models/alias', body, () => undefined, signal);
  }

  private versionPage(query: SearchRequest, signal?: AbortSignal): Promise<Page<ModelVersion>> {
    return this.api.get(
      'model-versions/search',
      searchBody(query, maxPage.versions) as HttpRequest['params'] & object,
      (json) => ({ items: json.objects('model_versions').map(modelVersion), ...pageToken(json, query.pageToken) }),
      signal,
    );
  }

  /** The server keeps `runs:/…` as it is and no download finds it later (trap 27). */
  private async resolvedSource(source: string, signal?: AbortSignal): Promise<string> {
    const match = /^runs:\/+([^/]+)\/*(.*)$/.exec(source);
    if (!match?.[1]) return source;
    const { artifactUri } = await this.tracking.get(
      'runs/get',
      { run_id: match[1] },
      (json) => run(json.object('run')),
      signal,
    );
    if (!artifactUri) throw new UserError('invalid', l10n.t('Run {0} has no place for artifacts.', match[1]));
    return match[2] ? `${artifactUri.replace(/\/+$/, '')}/${match[2]}` : artifactUri;
  }
}

/** MLflow's quotes have no escape: a name with both kinds matches by pattern and the caller keeps the equal ones. */
function nameFilter(name: string): string {
  if (!name.includes("'")) return `name = '${name}'`;
  if (!name.includes('"')) return `name = "${name}"`;
  return `name LIKE '${name.replaceAll("'", '_')}'`;
}

function withAliases(version: ModelVersion, model: RegisteredModel | undefined): ModelVersion {
  const own = model?.aliases.filter((pair) => pair.version === version.version) ?? [];
  return { ...version, aliases: own.map((pair) => pair.alias) };
}
