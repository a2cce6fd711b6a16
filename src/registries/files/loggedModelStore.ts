import * as path from 'node:path';
import * as l10n from '@vscode/l10n';
import { UserError } from '../../domain/errors';
import { isLater } from '../../domain/metric';
import type { LoggedModel, LoggedModelMetric, LoggedModelStatus } from '../../domain/model';
import type { LoggedModelStore, Page } from '../../domain/ports';
import { FileReader, subfolders } from './fileReader';
import { type FileStore } from './fileStore';
import { LeftOut } from './leftOut';
import { readMeta } from './metaFile';
import { visitLines } from './metricFile';
import { type Meta, numberField, textField } from './metaYaml';
import { pageOf } from './paging';
import type { Pieces } from './pieces';
import { readValues } from './runFolder';
import { type ExperimentFolder, experimentFolder, experimentFolders, isRunId, modelsName } from './storeRoot';

export function loggedModelStore(store: FileStore): LoggedModelStore {
  return {
    search: (query, signal) => store.run(() => searchModels(store.root, query), signal),
    ofRun: (query, signal) => store.run(() => modelsOfRun(store.root, query), signal),
    get: ({ modelId }, signal) => store.run(() => getLoggedModel(store.root, modelId), signal),
  };
}

export interface LoggedModelFolder {
  readonly dir: string;
  readonly model: LoggedModel;
}

/** Looks for a logged model in the active experiments, as MLflow does (mlflow.md §2.2). */
export function* findLoggedModel(
  reader: FileReader,
  root: string,
  modelId: string,
): Pieces<LoggedModelFolder | undefined> {
  if (!isRunId(modelId)) return undefined;
  for (const experiment of experimentFolders(root, 'active')) {
    const dir = path.join(experiment.dir, modelsName, modelId);
    const model = yield* readLoggedModel(reader, experiment, modelId);
    if (model) return { dir, model };
    yield undefined;
  }
  return undefined;
}

function* getLoggedModel(root: string, modelId: string): Pieces<LoggedModel> {
  const found = yield* findLoggedModel(new FileReader(root), root, modelId);
  if (found) return found.model;
  throw new UserError('notFound', l10n.t('There is no logged model {0}.', modelId), {
    next: l10n.t('It may have been removed: refresh the list.'),
  });
}

type SearchQuery = Parameters<LoggedModelStore['search']>[0];

/** The meta.yaml of each gives the order; what else they hold is read of those on the page. */
function* searchModels(root: string, query: SearchQuery): Pieces<Page<LoggedModel>> {
  const experiment = experimentFolder(root, query.experimentId);
  if (!experiment) return { items: [] };
  const reader = new FileReader(root);
  const leftOut = new LeftOut();
  const all: { readonly modelId: string; readonly meta: Meta; readonly creationTime: number }[] = [];
  for (const modelId of subfolders(path.join(experiment.dir, modelsName))) {
    const dir = path.join(experiment.dir, modelsName, modelId);
    const meta = yield* leftOut.orSkip(dir, activeMeta(reader, experiment, modelId));
    if (meta) all.push({ modelId, meta, creationTime: numberField(meta, 'creation_timestamp') ?? 0 });
    yield undefined;
  }
  const page = pageOf(all.sort(newestFirst), query);
  const items: LoggedModel[] = [];
  for (const { modelId, meta } of page.items) {
    const dir = path.join(experiment.dir, modelsName, modelId);
    const model = yield* leftOut.orSkip(dir, withParts(reader, experiment, modelId, meta));
    if (model) items.push(model);
    yield undefined;
  }
  return { ...page, items, ...leftOut.note };
}

type Ordered = Pick<LoggedModel, 'modelId' | 'creationTime'>;

function newestFirst(a: Ordered, b: Ordered): number {
  return b.creationTime - a.creationTime || (a.modelId < b.modelId ? -1 : 1);
}

function* modelsOfRun(
  root: string,
  { runId, experimentId }: { readonly runId: string; readonly experimentId: string },
): Pieces<LoggedModel[]> {
  const experiment = experimentFolder(root, experimentId);
  const reader = new FileReader(root);
  const models: LoggedModel[] = [];
  for (const modelId of experiment ? subfolders(path.join(experiment.dir, modelsName)) : []) {
    const model = experiment && (yield* readLoggedModel(reader, experiment, modelId, runId));
    if (model) models.push(model);
    yield undefined;
  }
  return models.sort(newestFirst);
}

/** Undefined where the folder is no logged model, or one that was deleted. */
function* activeMeta(reader: FileReader, experiment: ExperimentFolder, modelId: string): Pieces<Meta | undefined> {
  const meta = yield* readMeta(reader, path.join(experiment.dir, modelsName, modelId), 'experiment_id', 'model_id');
  if (!meta || textField(meta, 'model_id') !== modelId) return undefined;
  if (textField(meta, 'experiment_id') !== experiment.id) return undefined;
  // MLflow drops the field when it finalises the model: absent means active (trap 37).
  return textField(meta, 'lifecycle_stage') === 'deleted' ? undefined : meta;
}

/** A logged model, of one run only where `runId` is given; undefined where it is deleted or none. */
function* readLoggedModel(
  reader: FileReader,
  experiment: ExperimentFolder,
  modelId: string,
  runId?: string,
): Pieces<LoggedModel | undefined> {
  const meta = yield* activeMeta(reader, experiment, modelId);
  if (!meta || (runId !== undefined && textField(meta, 'source_run_id') !== runId)) return undefined;
  return yield* withParts(reader, experiment, modelId, meta);
}

function* withParts(
  reader: FileReader,
  experiment: ExperimentFolder,
  modelId: string,
  meta: Meta,
): Pieces<LoggedModel> {
  const dir = path.join(experiment.dir, modelsName, modelId);
  const metrics = yield* readModelMetrics(reader, dir);
  return {
    modelId,
    experimentId: experiment.id,
    name: textField(meta, 'name') ?? '',
    modelType: textField(meta, 'model_type') ?? '',
    sourceRunId: textField(meta, 'source_run_id') ?? '',
    artifactLocation: textField(meta, 'artifact_location') ?? '',
    status: statusOf(meta),
    creationTime: numberField(meta, 'creation_timestamp') ?? 0,
    lastUpdatedTime: numberField(meta, 'last_updated_timestamp') ?? 0,
    tags: readValues(reader, dir, 'tags'),
    params: readValues(reader, dir, 'params'),
    metrics,
  };
}

/** Enum numbers: 1 PENDING, 2 READY, 3 UPLOAD_FAILED (mlflow.md §2.2). */
function statusOf(meta: Meta): LoggedModelStatus {
  const statuses: readonly LoggedModelStatus[] = ['PENDING', 'READY', 'FAILED'];
  return statuses[(numberField(meta, 'status') ?? 1) - 1] ?? 'PENDING';
}

/** The latest point of each metric on each dataset, as MLflow groups them: lines are `… step run_id [name digest]`. */
function* readModelMetrics(reader: FileReader, dir: string): Pieces<LoggedModelMetric[]> {
  const metrics: LoggedModelMetric[] = [];
  for (const key of reader.keysIn(path.join(dir, 'metrics'))) {
    const latest = new Map<string, LoggedModelMetric>();
    yield* visitLines(reader, path.join(dir, 'metrics', key), (lines) => {
      while (lines.next()) {
        const { timestamp, step, value, rest } = lines;
        const [, datasetName, datasetDigest] = rest.split(' ');
        const dataset = `${datasetName} ${datasetDigest}`;
        const best = latest.get(dataset);
        const point = { key, timestamp, step, value, ...(datasetDigest && { datasetName, datasetDigest }) };
        if (!best || isLater(point, best)) latest.set(dataset, point);
      }
    });
    metrics.push(...latest.values());
  }
  return metrics;
}
