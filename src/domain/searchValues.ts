import { type Experiment, type KeyValue, valueOf } from './experiment';
import type { ModelVersion, RegisteredModel } from './model';
import type { Run, RunInfo } from './run';
import type { SearchField } from './searchAst';
import type { FieldValue, ValuesOf } from './searchEvaluate';

/* What a filter finds in the fields of each kind of thing (mlflow.md §1.15). */

/** The tag of a dataset input that filters call its context. */
const contextTag = 'mlflow.data.context';

export function valuesOfExperiment(experiment: Experiment): ValuesOf {
  return valuesOf(experiment.tags, {
    name: experiment.name,
    experiment_id: experiment.experimentId,
    creation_time: experiment.creationTime,
    last_update_time: experiment.lastUpdateTime,
  });
}

export function valuesOfModel(model: RegisteredModel): ValuesOf {
  return valuesOf(model.tags, {
    name: model.name,
    creation_timestamp: model.creationTime,
    last_updated_timestamp: model.lastUpdatedTime,
  });
}

export function valuesOfVersion(version: ModelVersion): ValuesOf {
  return valuesOf(version.tags, {
    name: version.name,
    version_number: Number(version.version),
    run_id: version.runId === '' ? undefined : version.runId,
    source_path: version.source,
    creation_timestamp: version.creationTime,
    last_updated_timestamp: version.lastUpdatedTime,
  });
}

export function valuesOfRun(run: Run): ValuesOf {
  return ({ kind, key }) => {
    if (kind === 'attribute') return listOf(attributeOfRun(run, key));
    if (kind === 'metric') return listOf(run.metrics.find((metric) => metric.key === key)?.value);
    if (kind !== 'dataset') return listOf(valueOf(kind === 'param' ? run.params : run.tags, key));
    if (key === 'context') return run.datasetInputs.flatMap(({ tags }) => listOf(valueOf(tags, contextTag)));
    return run.datasetInputs.map(({ dataset }) => (key === 'digest' ? dataset.digest : dataset.name));
  };
}

export function attributeOfRun(run: RunInfo, key: string): FieldValue | undefined {
  switch (key) {
    case 'run_id':
      return run.runId;
    case 'run_name':
      return run.runName;
    case 'user_id':
      return run.userId;
    case 'status':
      return run.status;
    case 'artifact_uri':
      return run.artifactUri;
    case 'start_time':
      return run.startTime;
    case 'end_time':
      return run.endTime;
    default:
      return undefined;
  }
}

export function listOf<T>(value: T | undefined): readonly T[] {
  return value === undefined ? [] : [value];
}

function valuesOf(tags: readonly KeyValue[], attributes: Readonly<Record<string, FieldValue | undefined>>): ValuesOf {
  return ({ kind, key }: SearchField) => listOf(kind === 'tag' ? valueOf(tags, key) : attributes[key]);
}
