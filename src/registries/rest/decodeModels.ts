import { type ModelVersion, promptTag, type RegisteredModel } from '../../domain/model';
import { keyValues, oneOf, times } from './decodeTracking';
import type { JsonObject } from './json';

const modelTimes = { creationTime: 'creation_timestamp', lastUpdatedTime: 'last_updated_timestamp' };

export function registeredModel(json: JsonObject): RegisteredModel {
  return {
    name: json.text('name'),
    description: json.textOr('description', ''),
    ...times(json, modelTimes),
    tags: keyValues(json, 'tags'),
    aliases: json.objects('aliases').map((pair) => ({ alias: pair.text('alias'), version: pair.id('version') })),
  };
}

/** `aliases` are what this answer holds: a search on SQL stores holds none (trap 10). */
export function modelVersion(json: JsonObject): ModelVersion {
  const source = json.textOr('source', '');
  // Servers on SQL stores keep no model id (trap 53): the source names it.
  const modelId = json.textOr('model_id', '') || /^models:\/(m-[\w-]+)\/?$/.exec(source)?.[1];
  const statusMessage = json.textOr('status_message', '');
  const userId = json.textOr('user_id', '');
  return {
    name: json.text('name'),
    version: json.id('version'),
    runId: json.textOr('run_id', ''),
    source,
    ...(modelId && { modelId }),
    status: oneOf(json, 'status', ['PENDING_REGISTRATION', 'FAILED_REGISTRATION', 'READY'], 'READY'),
    ...(statusMessage && { statusMessage }),
    stage: json.textOr('current_stage', 'None') || 'None',
    description: json.textOr('description', ''),
    ...times(json, modelTimes),
    ...(userId && { userId }),
    aliases: json.texts('aliases', 'alias'),
    tags: keyValues(json, 'tags'),
  };
}

export function isPrompt(entity: { readonly tags: RegisteredModel['tags'] }): boolean {
  return entity.tags.some((tag) => tag.key === promptTag && tag.value.toLowerCase() === 'true');
}
