import * as l10n from '@vscode/l10n';
import type { ArtifactRoot } from '../domain/artifact';
import { type CompareRow, rowsOf } from '../domain/compare';
import type { DatasetInput } from '../domain/dataset';
import { mergePackages, parseRequirements } from '../domain/environment';
import { type KeyValue, valueOf } from '../domain/experiment';
import type { ModelFile } from '../domain/modelFile';
import { modelHistory } from '../domain/modelHistory';
import type { Registry } from '../domain/ports';
import { versionOf } from '../domain/ref';
import type { SignatureField } from '../domain/signature';
import type { ComparedItem } from './compare';
import { ifFound } from './optional';
import { readable } from './readable';

/** What is compared of an item beyond what its run or version says of itself. */
interface Details {
  readonly datasets: readonly KeyValue[];
  readonly signature: readonly KeyValue[];
  readonly environment: readonly KeyValue[];
  readonly code: readonly KeyValue[];
}

/** Bytes of a file beside a model that are read: signatures of thousands of columns fit. */
const mostBytes = 1024 * 1024;

/** Rows of data, signature, environment and code; `missing` gets a sentence for each part that cannot be read. */
export async function loadDetailRows(
  items: readonly ComparedItem[],
  registryOf: (name: string) => Registry,
  missing: string[],
  signal?: AbortSignal,
): Promise<CompareRow[]> {
  const details = await Promise.all(
    items.map((item) => detailsOf(item, registryOf(item.ref.registry), missing, signal)),
  );
  const groups = ['datasets', 'signature', 'environment', 'code'] as const;
  return groups.flatMap((group) =>
    rowsOf(
      group,
      details.map((each) => each[group]),
    ),
  );
}

async function detailsOf(
  item: ComparedItem,
  registry: Registry,
  missing: string[],
  signal?: AbortSignal,
): Promise<Details> {
  const { run } = item;
  const model = modelFolderOf(item);
  const read = async (name: string): Promise<string> =>
    model ? await readable(textOf(registry, model, name, signal), '', missing) : '';
  const [modelText, requirements, pythonEnv, conda] = await Promise.all(
    ['MLmodel', 'requirements.txt', 'python_env.yaml', 'conda.yaml'].map(read),
  );
  const { parseConda, parsePythonEnv } = await import('../config/environmentFiles');
  const { parseModelFile } = await import('../config/modelFile');
  const file = modelText ? parseModelFile(modelText) : undefined;
  return {
    datasets: run ? datasetPairs(run.datasetInputs) : [],
    signature: file?.signature ? signaturePairs(file.signature) : [],
    environment: mergePackages(
      parseRequirements(requirements ?? ''),
      parsePythonEnv(pythonEnv ?? ''),
      file?.pythonVersion ? [{ key: 'python', value: file.pythonVersion }] : [],
      parseConda(conda ?? ''),
    ),
    code: run ? codePairs(run.tags) : [],
  };
}

interface ModelFolder {
  readonly root: ArtifactRoot;
  readonly path: string;
}

/** Of a run the first model that it logged; before MLflow 3 the tag of the model's history names its folder. */
export function modelFolderOf({ ref, run }: Pick<ComparedItem, 'ref' | 'run'>): ModelFolder | undefined {
  if (ref.kind === 'version') return { root: { kind: 'version', ...versionOf(ref) }, path: '' };
  const [output] = run?.modelOutputs ?? [];
  if (output) return { root: { kind: 'loggedModel', modelId: output.modelId }, path: '' };
  const [model] = modelHistory(run?.tags ?? []);
  return run && model && { root: { kind: 'run', runId: run.runId }, path: model.path };
}

/** Empty where there is no such file. */
async function textOf(registry: Registry, { root, path }: ModelFolder, name: string, signal?: AbortSignal) {
  const query = { root, path: path === '' ? name : `${path}/${name}`, maxBytes: mostBytes };
  const file = await ifFound(registry.artifacts.read(query, signal));
  return file && !file.truncated ? new TextDecoder().decode(file.bytes) : '';
}

/** By what a dataset was used for, so that another one in the same place is a difference. */
function datasetPairs(inputs: readonly DatasetInput[]): KeyValue[] {
  const uses = new Map<string, string[]>();
  for (const { dataset, tags } of inputs) {
    const use = valueOf(tags, 'mlflow.data.context') ?? l10n.t('dataset');
    uses.set(use, [...(uses.get(use) ?? []), `${dataset.name} (${dataset.digest})`]);
  }
  return [...uses].map(([key, names]) => ({ key, value: names.sort().join('\n') }));
}

function signaturePairs({ inputs, outputs, params }: NonNullable<ModelFile['signature']>): KeyValue[] {
  const pairs = (fields: readonly SignatureField[], key: (name: string) => string): KeyValue[] =>
    fields.map(({ name, type, required }) => ({
      key: key(name),
      value: required ? type : l10n.t('{0}, optional', type),
    }));
  return [
    ...pairs(inputs, (name) => l10n.t('input {0}', name)),
    ...pairs(outputs, (name) => l10n.t('output {0}', name)),
    ...pairs(params, (name) => l10n.t('param {0}', name)),
  ];
}

export const commitTag = 'mlflow.source.git.commit';

function codePairs(tags: readonly KeyValue[]): KeyValue[] {
  const facts = [
    [l10n.t('commit'), commitTag],
    [l10n.t('branch'), 'mlflow.source.git.branch'],
    [l10n.t('repository'), 'mlflow.source.git.repoURL'],
    [l10n.t('source'), 'mlflow.source.name'],
  ] as const;
  return facts.flatMap(([key, tag]) => {
    const value = valueOf(tags, tag);
    return value === undefined ? [] : [{ key, value }];
  });
}
