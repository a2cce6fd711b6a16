import { type DatasetInput, datasetsText } from '../../domain/dataset';
import type { Experiment, KeyValue, LifecycleStage } from '../../domain/experiment';
import type { Metric } from '../../domain/metric';
import type { LoggedModel, LoggedModelMetric, LoggedModelStatus } from '../../domain/model';
import { type Run, type RunInfo, runStatuses, type RunTable } from '../../domain/run';
import { RunTableBuilder } from '../../domain/runTable';
import { type JsonObject, ShapeError } from './json';

type Times<K extends string> = Readonly<Partial<Record<K, number>>>;

/** ms since epoch by our names from MLflow's; absent keys stay absent. */
export function times<K extends string>(json: JsonObject, fields: Readonly<Record<K, string>>): Times<K> {
  const result: Partial<Record<K, number>> = {};
  for (const name in fields) {
    const time = json.optionalNumber(fields[name]);
    if (time !== undefined) result[name] = time;
  }
  return result;
}

export function keyValues(json: JsonObject, key: string): KeyValue[] {
  return json.objects(key).map((pair) => ({ key: pair.text('key'), value: pair.textOr('value', '') }));
}

export function experiment(json: JsonObject): Experiment {
  return {
    experimentId: json.id('experiment_id'),
    name: json.text('name'),
    artifactLocation: json.textOr('artifact_location', ''),
    lifecycleStage: lifecycleStage(json),
    ...times(json, { creationTime: 'creation_time', lastUpdateTime: 'last_update_time' }),
    tags: keyValues(json, 'tags'),
  };
}

export function run(json: JsonObject): Run {
  const data = json.objectOrEmpty('data');
  const inputs = json.objectOrEmpty('inputs');
  const outputs = json.objectOrEmpty('outputs');
  const tags = keyValues(data, 'tags');
  return {
    ...runInfo(json.object('info'), tags),
    metrics: data.objects('metrics').map(metric),
    params: keyValues(data, 'params'),
    tags,
    datasetInputs: inputs.objects('dataset_inputs').map(datasetInput),
    modelInputs: inputs.objects('model_inputs').map((input) => input.text('model_id')),
    modelOutputs: outputs
      .objects('model_outputs')
      .map((output) => ({ modelId: output.text('model_id'), step: output.numberOr('step', 0) })),
  };
}

export function runTable(runs: readonly JsonObject[]): RunTable {
  const table = new RunTableBuilder();
  for (const json of runs) {
    const data = json.objectOrEmpty('data');
    const tags = keyValues(data, 'tags');
    const row = table.addRun(runInfo(json.object('info'), tags));
    for (const { key, value } of data.objects('metrics').map(metric)) table.setMetric(row, key, value);
    for (const { key, value } of keyValues(data, 'params')) table.setParam(row, key, value);
    for (const { key, value } of tags) table.setTag(row, key, value);
    const inputs = json.objectOrEmpty('inputs').objects('dataset_inputs');
    table.setDatasets(row, datasetsText(inputs.map((input) => datasetInput(input).dataset)));
  }
  return table.build();
}

function runInfo(json: JsonObject, tags: readonly KeyValue[]): RunInfo {
  return {
    runId: json.optionalText('run_id') ?? json.text('run_uuid'),
    // Servers before 1.30 keep the name in the tag only.
    runName: json.optionalText('run_name') ?? tags.find((tag) => tag.key === 'mlflow.runName')?.value ?? '',
    experimentId: json.id('experiment_id'),
    userId: json.textOr('user_id', ''),
    status: oneOf(json, 'status', runStatuses, 'RUNNING'),
    ...times(json, { startTime: 'start_time', endTime: 'end_time' }),
    artifactUri: json.textOr('artifact_uri', ''),
    lifecycleStage: lifecycleStage(json),
  };
}

export function metric(json: JsonObject): Metric {
  return {
    key: json.text('key'),
    value: metricValue(json),
    timestamp: json.numberOr('timestamp', 0),
    step: json.numberOr('step', 0),
  };
}

/** SQL stores keep a logged infinity as the greatest double (trap 6). */
export function metricValue(json: JsonObject): number {
  const value = json.numberOr('value', 0);
  return Math.abs(value) === Number.MAX_VALUE ? value * 2 : value;
}

function datasetInput(json: JsonObject): DatasetInput {
  const dataset = json.object('dataset');
  const schema = dataset.optionalText('schema');
  const profile = dataset.optionalText('profile');
  return {
    dataset: {
      name: dataset.text('name'),
      digest: dataset.textOr('digest', ''),
      sourceType: dataset.textOr('source_type', ''),
      source: dataset.textOr('source', ''),
      ...(schema !== undefined && { schema }),
      ...(profile !== undefined && { profile }),
    },
    tags: keyValues(json, 'tags'),
  };
}

const loggedModelStatuses: Readonly<Record<string, LoggedModelStatus>> = {
  LOGGED_MODEL_PENDING: 'PENDING',
  LOGGED_MODEL_READY: 'READY',
  LOGGED_MODEL_UPLOAD_FAILED: 'FAILED',
};

export function loggedModel(json: JsonObject): LoggedModel {
  const info = json.object('info');
  const data = json.objectOrEmpty('data');
  return {
    modelId: info.text('model_id'),
    experimentId: info.id('experiment_id'),
    name: info.textOr('name', ''),
    modelType: info.textOr('model_type', ''),
    sourceRunId: info.textOr('source_run_id', ''),
    artifactLocation: info.textOr('artifact_uri', ''),
    status: loggedModelStatuses[info.textOr('status', '')] ?? 'PENDING',
    creationTime: info.numberOr('creation_timestamp_ms', 0),
    lastUpdatedTime: info.numberOr('last_updated_timestamp_ms', 0),
    tags: keyValues(info, 'tags'),
    params: keyValues(data, 'params'),
    metrics: data.objects('metrics').map(loggedModelMetric),
  };
}

function loggedModelMetric(json: JsonObject): LoggedModelMetric {
  const datasetName = json.optionalText('dataset_name');
  const datasetDigest = json.optionalText('dataset_digest');
  return { ...metric(json), ...(datasetName && { datasetName }), ...(datasetDigest && { datasetDigest }) };
}

function lifecycleStage(json: JsonObject): LifecycleStage {
  return json.optionalText('lifecycle_stage') === 'deleted' ? 'deleted' : 'active';
}

export function oneOf<T extends string>(json: JsonObject, key: string, values: readonly T[], absent: T): T {
  const text = json.optionalText(key);
  if (text === undefined) return absent;
  const value = values.find((candidate) => candidate === text);
  if (value === undefined) throw new ShapeError(key, `one of ${values.join(', ')}`);
  return value;
}
