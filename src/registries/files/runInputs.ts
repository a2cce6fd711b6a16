import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Dataset, DatasetInput } from '../../domain/dataset';
import type { ModelOutput } from '../../domain/run';
import { type FileReader, kindOf } from './fileReader';
import { readMeta } from './metaFile';
import { mapField, type Meta, numberField, textField } from './metaYaml';
import type { Pieces } from './pieces';
import { type RunFolder } from './runFolder';

export const contextTag = 'mlflow.data.context';

export interface Inputs {
  readonly datasets: readonly DatasetInput[];
  /** Ids of logged models. */
  readonly models: readonly string[];
}

/** What a run read. The destination of an input is the source again, a bug of MLflow's, so it is not looked at (trap 44). */
export function* readInputs(reader: FileReader, { dir, experimentDir }: RunFolder): Pieces<Inputs> {
  const datasets: DatasetInput[] = [];
  const models: string[] = [];
  for (const meta of yield* readFolders(reader, path.join(dir, 'inputs'))) {
    const source = textField(meta, 'source_id') ?? '';
    if (textField(meta, 'source_type') === 'MODEL') models.push(source);
    if (textField(meta, 'source_type') !== 'DATASET' || !/^[\w-]+$/.test(source)) continue;
    const dataset = yield* readDataset(reader, path.join(experimentDir, 'datasets', source));
    if (dataset) datasets.push({ dataset, tags: mapField(meta, 'tags') });
  }
  return { datasets, models };
}

export function* readOutputs(reader: FileReader, runDir: string): Pieces<ModelOutput[]> {
  const metas = yield* readFolders(reader, path.join(runDir, 'outputs'));
  return metas
    .filter((meta) => textField(meta, 'destination_type') === 'MODEL_OUTPUT')
    .map((meta) => ({ modelId: textField(meta, 'destination_id') ?? '', step: numberField(meta, 'step') ?? 0 }));
}

function* readFolders(reader: FileReader, dir: string): Pieces<Meta[]> {
  const metas: Meta[] = [];
  for (const name of namesAsOnDisk(dir)) {
    const meta = yield* readMeta(reader, path.join(dir, name), 'source_type', 'source_id');
    if (meta) metas.push(meta);
    yield undefined;
  }
  return metas;
}

/** MLflow lists inputs and outputs as the disk does; Node's `readdir` would sort them. */
function namesAsOnDisk(dir: string): string[] {
  if (kindOf(dir) !== 'dir') return [];
  const folder = fs.opendirSync(dir);
  try {
    const names: string[] = [];
    for (let entry = folder.readSync(); entry; entry = folder.readSync()) names.push(entry.name);
    return names;
  } finally {
    folder.closeSync();
  }
}

function* readDataset(reader: FileReader, dir: string): Pieces<Dataset | undefined> {
  const meta = yield* readMeta(reader, dir, 'name', 'digest');
  if (!meta) return undefined;
  const schema = textField(meta, 'schema');
  const profile = textField(meta, 'profile');
  return {
    name: textField(meta, 'name') ?? '',
    digest: textField(meta, 'digest') ?? '',
    sourceType: textField(meta, 'source_type') ?? '',
    source: textField(meta, 'source') ?? '',
    ...(schema !== undefined && { schema }),
    ...(profile !== undefined && { profile }),
  };
}
