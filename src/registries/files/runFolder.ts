import type { KeyValue } from '../../domain/experiment';
import type { Metric } from '../../domain/metric';
import { type RunInfo, type RunStatus, runStatuses } from '../../domain/run';
import * as fs from 'node:fs';
import { child, type FileReader, isDenied } from './fileReader';
import { readFields, readFieldsAtOnce } from './metaFile';
import { latestPoint } from './metricFile';
import { type Fields, numberField, textField } from './metaYaml';
import type { Pieces } from './pieces';
import type { Stamp } from './stamp';
import { type ExperimentFolder, experimentFolders, isRunId } from './storeRoot';

export interface RunFolder {
  readonly info: RunInfo;
  readonly dir: string;
  readonly experimentDir: string;
}

export type Entity = 'metrics' | 'params' | 'tags';

/** A run of an experiment's folder; undefined where the folder is none (mlflow.md §2.1: skipped, as MLflow does). */
export function* readRun(
  reader: FileReader,
  experiment: ExperimentFolder,
  runId: string,
): Pieces<RunFolder | undefined> {
  const info = yield* readInfo(reader, experiment, runId);
  return info && runFolder(reader, experiment, info);
}

const neededFields = ['experiment_id', 'artifact_uri'];

/** What the meta.yaml of a run says, as `readRun`; `stamp` takes the file. */
export function* readInfo(
  reader: FileReader,
  experiment: ExperimentFolder,
  runId: string,
  stamp?: Stamp,
): Pieces<RunInfo | undefined> {
  return infoOf(yield* readFields(reader, child(experiment.dir, runId), neededFields, stamp), experiment, runId);
}

/** The same at once; undefined also where `readInfo` may find more. */
export function readInfoAtOnce(
  reader: FileReader,
  experiment: ExperimentFolder,
  runId: string,
  stamp: Stamp,
): RunInfo | undefined {
  return infoOf(readFieldsAtOnce(reader, child(experiment.dir, runId), neededFields, stamp), experiment, runId);
}

function infoOf(meta: Fields | undefined, experiment: ExperimentFolder, runId: string): RunInfo | undefined {
  if (!meta || textField(meta, 'experiment_id') !== experiment.id) return undefined;
  if ((textField(meta, 'run_id') ?? textField(meta, 'run_uuid')) !== runId) return undefined;
  return runInfo(meta, runId, experiment.id);
}

export function runFolder(reader: FileReader, experiment: ExperimentFolder, info: RunInfo): RunFolder {
  const dir = child(experiment.dir, info.runId);
  if (info.runName !== '') return { info, dir, experimentDir: experiment.dir };
  // Before 1.30 the name was a tag only.
  const runName = readValue(reader, dir, 'tags', 'mlflow.runName') ?? '';
  return { info: { ...info, runName }, dir, experimentDir: experiment.dir };
}

/** Looks for a run in all experiments. */
export function* findRun(
  reader: FileReader,
  runId: string,
  experiments: readonly ExperimentFolder[],
): Pieces<RunFolder | undefined> {
  if (!isRunId(runId)) return undefined;
  let denied: Error | undefined;
  for (const experiment of experiments) {
    try {
      const run = yield* readRun(reader, experiment, runId);
      if (run) return run;
    } catch (error) {
      if (!isDenied(error)) throw error;
      denied = error;
    }
    yield undefined;
  }
  if (denied) throw denied;
  return undefined;
}

export function* findRunIn(reader: FileReader, root: string, runId: string): Pieces<RunFolder | undefined> {
  return yield* findRun(reader, runId, experimentFolders(root));
}

function runInfo(meta: Fields, runId: string, experimentId: string): RunInfo {
  const startTime = numberField(meta, 'start_time');
  const endTime = numberField(meta, 'end_time');
  return {
    runId,
    experimentId,
    runName: textField(meta, 'run_name') ?? '',
    userId: textField(meta, 'user_id') ?? '',
    status: runStatus(textField(meta, 'status')),
    artifactUri: textField(meta, 'artifact_uri') ?? '',
    lifecycleStage: textField(meta, 'lifecycle_stage') === 'deleted' ? 'deleted' : 'active',
    ...(startTime !== undefined && { startTime }),
    ...(endTime !== undefined && { endTime }),
  };
}

/** Files hold MLflow's enum numbers, from 1 (trap 33); a missing one is RUNNING. */
function runStatus(text: string | undefined): RunStatus {
  return runStatuses[Number(text) - 1] ?? runStatuses.find((status) => status === text) ?? 'RUNNING';
}

/** A key is a path below its folder (mlflow.md §1.5); whatever leaves it is none. */
function isKey(key: string): boolean {
  return (
    key !== '' && !key.includes('\0') && key.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
  );
}

/** The file of a key that somebody names; undefined where it can be none, as no key lies behind a link to a folder. */
export function entryFile(dir: string, entity: Entity, key: string): string | undefined {
  if (!isKey(key)) return undefined;
  let folder = child(dir, entity);
  for (const part of key.split('/').slice(0, -1)) {
    folder = child(folder, part);
    if (fs.lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink()) return undefined;
  }
  return child(child(dir, entity), key);
}

/** The value of a param or tag; undefined where it is not set. */
export function readValue(reader: FileReader, dir: string, entity: Entity, key: string): string | undefined {
  const file = entryFile(dir, entity, key);
  return file === undefined ? undefined : reader.entryText(file);
}

/** All params or tags of an entity's folder, sorted by key. */
export function readValues(reader: FileReader, dir: string, entity: Entity): KeyValue[] {
  const folder = child(dir, entity);
  return reader.keysIn(folder).flatMap((key) => {
    const value = reader.entryText(child(folder, key));
    return value === undefined ? [] : [{ key, value }];
  });
}

/** The latest value of every metric of a run, sorted by key; a file without a sound line is no metric. */
export function* readMetrics(reader: FileReader, dir: string): Pieces<Metric[]> {
  const metrics: Metric[] = [];
  const folder = child(dir, 'metrics');
  for (const key of reader.keysIn(folder)) {
    const point = yield* latestPoint(reader, child(folder, key));
    if (point) metrics.push({ key, ...point });
    yield undefined;
  }
  return metrics;
}
