import * as l10n from '@vscode/l10n';
import { UserError } from '../../domain/errors';
import { demand, whyNoModelName, whyNoTag } from '../../domain/limits';
import type { ModelVersion, RegisteredModel } from '../../domain/model';
import type { ModelStore } from '../../domain/ports';
import { cannotArchive, modelNameTaken } from '../refusals';
import { modelVersion, registeredModel } from './decodeModels';
import { run } from './decodeTracking';
import { isMlflowsAnswer } from './httpErrors';
import type { JsonObject } from './json';
import { type MlflowApi, unless } from './mlflowApi';

type Query<K extends keyof ModelStore> = Parameters<ModelStore[K]>[0];
type Method = 'POST' | 'PATCH' | 'DELETE';

/** What changes registered models and their versions on a server (mlflow.md §1.9). */
export class RestModelWrites {
  /** `tracking` resolves runs; it is another server where the connection has a registry of its own. */
  constructor(
    protected readonly api: MlflowApi,
    private readonly tracking: MlflowApi,
  ) {}

  get({ name }: Query<'get'>, signal?: AbortSignal): Promise<RegisteredModel> {
    const decode = (json: JsonObject): RegisteredModel => registeredModel(json.object('registered_model'));
    return this.api.get('registered-models/get', { name }, decode, signal);
  }

  create({ name, description }: Query<'create'>, signal?: AbortSignal): Promise<RegisteredModel> {
    const body = { name, ...(description && { description }) };
    const decode = (json: JsonObject): RegisteredModel => registeredModel(json.object('registered_model'));
    return this.api.write('POST', 'registered-models/create', body, decode, signal);
  }

  async createVersion(query: Query<'createVersion'>, signal?: AbortSignal): Promise<ModelVersion> {
    const isMade = query.newModel === true && (await this.makeModel(query.name, signal));
    try {
      return await this.insertVersion(query, signal);
    } catch (error) {
      // Where the answer was lost the version may be on its way.
      if (isMade && isMlflowsAnswer(error)) await this.removeEmpty(query.name).catch(() => undefined);
      throw error;
    }
  }

  private async insertVersion(query: Query<'createVersion'>, signal?: AbortSignal): Promise<ModelVersion> {
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

  /** False where it is there already. */
  private async makeModel(name: string, signal?: AbortSignal): Promise<boolean> {
    const found = await unless(this.get({ name }, signal), (error) => error.kind === 'notFound', undefined);
    if (found) return false;
    const making = this.create({ name }, signal).then(() => true);
    return unless(making, (error) => error.kind === 'conflict', false);
  }

  /** Somebody else may have made a version meanwhile. */
  private async removeEmpty(name: string): Promise<void> {
    const search = { filter: nameFilter(name), max_results: 100 };
    const versions = await this.api.get('model-versions/search', search, (json) => json.objects('model_versions'));
    if (!versions.some((version) => version.text('name') === name)) await this.delete({ name });
  }

  setAlias({ name, alias, version }: Query<'setAlias'>, signal?: AbortSignal): Promise<void> {
    return this.send('POST', 'registered-models/alias', { name, alias, version }, signal);
  }

  deleteAlias({ name, alias }: Query<'deleteAlias'>, signal?: AbortSignal): Promise<void> {
    return this.send('DELETE', 'registered-models/alias', { name, alias }, signal);
  }

  async rename({ name, newName }: Query<'rename'>, signal?: AbortSignal): Promise<void> {
    demand(whyNoModelName(newName));
    const renaming = this.send('POST', 'registered-models/rename', { name, new_name: newName }, signal);
    await renaming.catch((error: unknown) => {
      throw error instanceof UserError && error.kind === 'conflict' ? modelNameTaken(newName, error) : error;
    });
  }

  /** Always with the description: without, MLflow clears it (trap 3). */
  setDescription({ name, description }: Query<'setDescription'>, signal?: AbortSignal): Promise<void> {
    return this.send('PATCH', 'registered-models/update', { name, description }, signal);
  }

  delete({ name }: Query<'delete'>, signal?: AbortSignal): Promise<void> {
    return this.send('DELETE', 'registered-models/delete', { name }, signal);
  }

  async setTag({ name, key, value }: Query<'setTag'>, signal?: AbortSignal): Promise<void> {
    demand(whyNoTag({ key, value }, 'model'));
    await this.send('POST', 'registered-models/set-tag', { name, key, value }, signal);
  }

  deleteTag({ name, key }: Query<'deleteTag'>, signal?: AbortSignal): Promise<void> {
    return this.send('DELETE', 'registered-models/delete-tag', { name, key }, signal);
  }

  setVersionDescription(query: Query<'setVersionDescription'>, signal?: AbortSignal): Promise<void> {
    const { name, version, description } = query;
    return this.send('PATCH', 'model-versions/update', { name, version, description }, signal);
  }

  /** The aliases first: over SQL stores some servers leave them dangling (trap 11). */
  async deleteVersion({ name, version }: Query<'deleteVersion'>, signal?: AbortSignal): Promise<void> {
    const { aliases } = await this.get({ name }, signal);
    for (const held of aliases.filter((pair) => pair.version === version)) {
      await this.deleteAlias({ name, alias: held.alias }, signal);
    }
    await this.send('DELETE', 'model-versions/delete', { name, version }, signal);
  }

  async setStage(query: Query<'setStage'>, signal?: AbortSignal): Promise<void> {
    const { name, version, stage, archiveExisting } = query;
    if (archiveExisting && stage !== 'Staging' && stage !== 'Production') throw cannotArchive(stage);
    const body = { name, version, stage, archive_existing_versions: archiveExisting };
    await this.send('POST', 'model-versions/transition-stage', body, signal);
  }

  async setVersionTag({ name, version, key, value }: Query<'setVersionTag'>, signal?: AbortSignal): Promise<void> {
    demand(whyNoTag({ key, value }, 'model'));
    await this.send('POST', 'model-versions/set-tag', { name, version, key, value }, signal);
  }

  deleteVersionTag({ name, version, key }: Query<'deleteVersionTag'>, signal?: AbortSignal): Promise<void> {
    return this.send('DELETE', 'model-versions/delete-tag', { name, version, key }, signal);
  }

  private send(method: Method, endpoint: string, body: object, signal?: AbortSignal): Promise<void> {
    return this.api.write(method, endpoint, body, () => undefined, signal);
  }

  /** The server keeps `runs:/…` as it is and no download finds it later (trap 27). */
  private async resolvedSource(source: string, signal?: AbortSignal): Promise<string> {
    const match = /^runs:\/+([^/]+)\/*(.*)$/.exec(source);
    if (!match?.[1]) return source;
    const decode = (json: JsonObject): string => run(json.object('run')).artifactUri;
    const artifactUri = await this.tracking.get('runs/get', { run_id: match[1] }, decode, signal);
    if (!artifactUri) throw new UserError('invalid', l10n.t('Run {0} has no place for artifacts.', match[1]));
    return match[2] ? `${artifactUri.replace(/\/+$/, '')}/${match[2]}` : artifactUri;
  }
}

/** MLflow's quotes have no escape: a name with both kinds matches by pattern and the caller keeps the equal ones. */
export function nameFilter(name: string): string {
  if (!name.includes("'")) return `name = '${name}'`;
  if (!name.includes('"')) return `name = "${name}"`;
  return `name LIKE '${name.replaceAll("'", '_')}'`;
}
