import { byVersionDescending, type ModelVersion, type RegisteredModel } from '../../domain/model';
import type { ModelStore, Page, PageRequest, SearchRequest } from '../../domain/ports';
import { asksForPrompts } from '../../domain/searchPrompts';
import { valuesOfModel, valuesOfVersion } from '../../domain/searchValues';
import { isPrompt, modelVersion, registeredModel } from './decodeModels';
import { lacksEndpoint } from './httpErrors';
import type { HttpRequest } from './httpMessages';
import type { JsonObject } from './json';
import { unless } from './mlflowApi';
import { nameFilter, RestModelWrites } from './restModelWrites';
import { searchOf, searchServer } from './restSearch';
import { pageToken, searchBody } from './restTracking';

/** What servers allow per page (mlflow.md §1.3). */
const maxPage = { models: 1000, versions: 10_000 };

/** So many models are asked at once for the aliases of their versions. */
const parallelModels = 6;

export class RestModels extends RestModelWrites implements ModelStore {
  /** Servers leave prompts out themselves unless the filter names their tag. */
  search(query: SearchRequest, signal?: AbortSignal): Promise<Page<RegisteredModel>> {
    const showsPrompts = asksForPrompts(query.filter, 'models');
    const items = (part: SearchRequest): Promise<Page<RegisteredModel>> => {
      const decode = (json: JsonObject): Page<RegisteredModel> => ({
        items: json
          .objects('registered_models')
          .map(registeredModel)
          .filter((model) => showsPrompts || !isPrompt(model)),
        ...pageToken(json, part.pageToken),
      });
      const params = searchBody(part, maxPage.models) as HttpRequest['params'] & object;
      return this.api.get('registered-models/search', params, decode, signal);
    };
    return searchServer(query, searchOf('models', items, valuesOfModel));
  }

  async versions(query: PageRequest & { readonly name: string }, signal?: AbortSignal): Promise<Page<ModelVersion>> {
    const request = { ...query, filter: nameFilter(query.name), orderBy: ['version_number DESC'] };
    const [model, page] = await Promise.all([this.get(query, signal), this.versionPage(request, signal)]);
    const own = page.items.filter((version) => version.name === query.name);
    return { ...page, items: own.map((version) => withAliases(version, model)).sort(byVersionDescending) };
  }

  async searchVersions(query: SearchRequest, signal?: AbortSignal): Promise<Page<ModelVersion>> {
    const items = (part: SearchRequest): Promise<Page<ModelVersion>> => this.versionPage(part, signal);
    const page = await searchServer(query, searchOf('versions', items, valuesOfVersion));
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

  /** Unity Catalog has none of the stages' endpoints (trap 29); any other refusal comes from one that is there. */
  hasStages(signal?: AbortSignal): Promise<boolean> {
    const body = { name: 'ringside', stages: [] };
    const asking = this.api.search('registered-models/get-latest-versions', body, () => true, signal);
    return unless(
      unless(asking, lacksEndpoint, false),
      (error) => error.kind === 'notFound' || error.kind === 'invalid',
      true,
    );
  }

  private versionPage(query: SearchRequest, signal?: AbortSignal): Promise<Page<ModelVersion>> {
    return this.api.get(
      'model-versions/search',
      searchBody(query, maxPage.versions) as HttpRequest['params'] & object,
      (json) => ({ items: json.objects('model_versions').map(modelVersion), ...pageToken(json, query.pageToken) }),
      signal,
    );
  }
}

function withAliases(version: ModelVersion, model: RegisteredModel | undefined): ModelVersion {
  const own = model?.aliases.filter((pair) => pair.version === version.version) ?? [];
  return { ...version, aliases: own.map((pair) => pair.alias) };
}
