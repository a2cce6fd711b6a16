import { parseSignaturePart, type Signature } from './signature';

/** One way to load a model. */
export interface Flavor {
  readonly name: string;
  /** Of its library, where the file says. */
  readonly version?: string;
}

/** What the file `MLmodel` says of a model (mlflow.md §4); what it does not say is absent. */
export interface ModelFile {
  readonly flavors: readonly Flavor[];
  readonly signature?: Signature;
  readonly pythonVersion?: string;
  readonly mlflowVersion?: string;
  /** As written, in UTC. */
  readonly created?: string;
  /** Bytes. */
  readonly size?: number;
  readonly modelId?: string;
  readonly runId?: string;
  /** The input example: its file beside this one, and what it is (`dataframe`, `ndarray`, …). */
  readonly example?: { readonly path: string; readonly type: string };
}

type Map = Readonly<Record<string, unknown>>;

/** Of what the file holds, as YAML or JSON gave it; nothing where it describes no model. */
export function modelFileOf(root: unknown): ModelFile | undefined {
  if (!isMap(root) || !isMap(root['flavors'])) return undefined;
  const flavors = Object.entries(root['flavors']).map(([name, config]) => flavorOf(name, mapOf(config)));
  const pyfunc = mapOf(root['flavors']['python_function']);
  const signature = signatureOf(root['signature']);
  const example = mapOf(root['saved_input_example_info']);
  const examplePath = textOf(example['artifact_path']);
  return {
    flavors,
    ...(signature && { signature }),
    ...present('pythonVersion', textOf(pyfunc['python_version'])),
    ...present('mlflowVersion', textOf(root['mlflow_version'])),
    ...present('created', textOf(root['utc_time_created'])),
    ...present('size', numberOf(root['model_size_bytes'])),
    ...present('modelId', textOf(root['model_id']) ?? textOf(root['model_uuid'])),
    ...present('runId', textOf(root['run_id'])),
    ...(examplePath !== undefined && { example: { path: examplePath, type: textOf(example['type']) ?? '' } }),
  };
}

/** The library's version stands as `sklearn_version` and alike; pyfunc's own is Python's. */
function flavorOf(name: string, config: Map): Flavor {
  const key = Object.keys(config).find((each) => each.endsWith('_version') && !/^(python|cloudpickle)_/.test(each));
  const version = key === undefined ? undefined : textOf(config[key]);
  return { name, ...(version !== undefined && { version }) };
}

function signatureOf(value: unknown): ModelFile['signature'] {
  if (!isMap(value)) return undefined;
  const part = (name: string) => parseSignaturePart(textOf(value[name]));
  return { inputs: part('inputs'), outputs: part('outputs'), params: part('params') };
}

function isMap(value: unknown): value is Map {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mapOf(value: unknown): Map {
  return isMap(value) ? value : {};
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' && value !== 'null' ? value : undefined;
}

function numberOf(value: unknown): number | undefined {
  const number = Number(textOf(value) ?? NaN);
  return Number.isFinite(number) ? number : undefined;
}

function present<K extends string, V>(key: K, value: V | undefined): Partial<Readonly<Record<K, V>>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, V>);
}
