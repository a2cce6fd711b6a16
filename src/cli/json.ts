import type { Artifact } from '../domain/artifact';
import type { DatasetInput } from '../domain/dataset';
import type { Experiment, KeyValue } from '../domain/experiment';
import type { Metric, MetricHistory } from '../domain/metric';
import type { ModelVersion, RegisteredModel } from '../domain/model';
import type { Run, RunInfo, RunTable } from '../domain/run';
import { metricAt, runAt, textAt } from '../domain/runTable';

/*
 * Domain values under MLflow's own REST field names: versions as strings, times in ms since epoch, NaN and infinities
 * as MLflow's strings, absent times left out (architecture.md, Command line).
 */

export type Json = Readonly<Record<string, unknown>>;

export function experimentJson(experiment: Experiment): Json {
  return {
    experiment_id: experiment.experimentId,
    name: experiment.name,
    lifecycle_stage: experiment.lifecycleStage,
    artifact_location: experiment.artifactLocation,
    creation_time: experiment.creationTime,
    last_update_time: experiment.lastUpdateTime,
    tags: pairs(experiment.tags),
  };
}

export function runRows(table: RunTable): Json[] {
  return Array.from({ length: table.length }, (_, row) => ({
    ...runInfoJson(runAt(table, row)),
    metrics: record(table.metrics, (column) => numberJson(metricAt(column, row))),
    params: record(table.params, (column) => textAt(column, row)),
    tags: record(table.tags, (column) => textAt(column, row)),
  }));
}

export function runJson(run: Run): Json {
  return {
    ...runInfoJson(run),
    metrics: Object.fromEntries(run.metrics.map(({ key, value }) => [key, numberJson(value)])),
    params: pairs(run.params),
    tags: pairs(run.tags),
    inputs: {
      dataset_inputs: run.datasetInputs.map(datasetJson),
      model_inputs: run.modelInputs.map((modelId) => ({ model_id: modelId })),
    },
    outputs: { model_outputs: run.modelOutputs.map(({ modelId, step }) => ({ model_id: modelId, step })) },
  };
}

function runInfoJson(run: RunInfo): Json {
  return {
    run_id: run.runId,
    run_name: run.runName,
    experiment_id: run.experimentId,
    status: run.status,
    start_time: run.startTime,
    end_time: run.endTime,
    lifecycle_stage: run.lifecycleStage,
    user_id: run.userId,
    artifact_uri: run.artifactUri,
  };
}

function datasetJson({ dataset, tags }: DatasetInput): Json {
  const { name, digest, sourceType, source, schema, profile } = dataset;
  return {
    tags: tags.map(({ key, value }) => ({ key, value })),
    dataset: { name, digest, source_type: sourceType, source, schema, profile },
  };
}

export function historyJson({ steps, timestamps, values }: MetricHistory): Json[] {
  return Array.from(values, (value, i) => ({ step: steps[i], timestamp: timestamps[i], value: numberJson(value) }));
}

export function metricJson({ key, value, timestamp, step }: Metric): Json {
  return { key, value: numberJson(value), timestamp, step };
}

export function artifactJson({ path, isDir, size }: Artifact): Json {
  return { path, is_dir: isDir, file_size: size };
}

export function modelJson(model: RegisteredModel): Json {
  return {
    name: model.name,
    description: model.description,
    creation_timestamp: model.creationTime,
    last_updated_timestamp: model.lastUpdatedTime,
    aliases: Object.fromEntries(model.aliases.map(({ alias, version }) => [alias, version])),
    tags: pairs(model.tags),
  };
}

export function versionJson(version: ModelVersion): Json {
  return {
    name: version.name,
    version: version.version,
    run_id: version.runId,
    source: version.source,
    status: version.status,
    current_stage: version.stage,
    description: version.description,
    creation_timestamp: version.creationTime,
    last_updated_timestamp: version.lastUpdatedTime,
    aliases: version.aliases,
    tags: pairs(version.tags),
  };
}

/** JSON has no NaN nor infinities: MLflow writes them as strings (mlflow.md §1.1). */
export function numberJson(value: number | undefined): number | string | undefined {
  return value === undefined || Number.isFinite(value) ? value : String(value);
}

/** `Object.fromEntries` also keeps a key such as `__proto__`, which an assignment would lose. */
function pairs(list: readonly KeyValue[]): Json {
  return Object.fromEntries(list.map(({ key, value }) => [key, value]));
}

function record<C extends { readonly key: string }>(columns: readonly C[], valueOf: (column: C) => unknown): Json {
  const entries = columns.map((column) => [column.key, valueOf(column)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}
