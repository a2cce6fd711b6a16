import type { ArtifactRoot } from '../domain/artifact';
import { type Connection, storeKind, withoutCredentials } from '../domain/connection';
import { type Ref, versionOf } from '../domain/ref';

/** An artifact below its root. */
export interface ArtifactPlace {
  readonly root: ArtifactRoot;
  readonly path: string;
}

/** MLflow's URI of a thing; experiments have none. */
export function mlflowUri(ref: Ref): string | undefined {
  if (ref.kind === 'run') return `runs:/${ref.id}`;
  return ref.kind === 'model' || ref.kind === 'version' || ref.kind === 'loggedModel' ? `models:/${ref.id}` : undefined;
}

export function artifactUri({ root, path }: ArtifactPlace): string {
  const below = path === '' ? '' : `/${path}`;
  if (root.kind === 'run') return `runs:/${root.runId}${below}`;
  return root.kind === 'loggedModel'
    ? `models:/${root.modelId}${below}`
    : `models:/${root.name}/${root.version}${below}`;
}

/** Python that gets the thing with MLflow's client, from the registry that shows it; nothing secret in it. */
export function snippet(connection: Connection, ref: Ref): string | undefined {
  const lines = linesFor(ref);
  return lines && withStore(connection, lines);
}

/** Python that logs a first run to an experiment. */
export function loggingSnippet(connection: Connection, experimentId: string): string {
  return withStore(connection, [
    `mlflow.set_experiment(experiment_id=${python(experimentId)})`,
    '',
    'with mlflow.start_run():',
    '    mlflow.log_param("learning_rate", 0.01)',
    '    mlflow.log_metric("accuracy", 0.9)',
  ]);
}

export function artifactSnippet(connection: Connection, place: ArtifactPlace): string {
  const { root, path } = place;
  const from =
    root.kind === 'run'
      ? `run_id=${python(root.runId)}, artifact_path=${python(path)}`
      : `artifact_uri=${python(artifactUri(place))}`;
  return withStore(connection, [`path = mlflow.artifacts.download_artifacts(${from})`]);
}

function linesFor(ref: Ref): string[] | undefined {
  switch (ref.kind) {
    case 'experiment':
      return [`runs = mlflow.search_runs(experiment_ids=[${python(ref.id)}])`];
    case 'run':
      return [`run = mlflow.get_run(${python(ref.id)})`, 'print(run.data.metrics)'];
    case 'model':
      return [`model = mlflow.MlflowClient().get_registered_model(${python(ref.id)})`];
    case 'version':
      return versionLines(ref);
    case 'loggedModel':
      return [`model = mlflow.pyfunc.load_model(${python(`models:/${ref.id}`)})`];
    default:
      return undefined;
  }
}

function versionLines(ref: Ref): string[] {
  const { name, version } = versionOf(ref);
  // A models: URI ends at these characters, and MLflow takes no quoting in it.
  if (!/[/?#\s]/.test(name)) return [`model = mlflow.pyfunc.load_model(${python(`models:/${name}/${version}`)})`];
  return [
    `source = mlflow.MlflowClient().get_model_version_download_uri(${python(name)}, ${python(version)})`,
    'model = mlflow.pyfunc.load_model(source)',
  ];
}

function withStore({ trackingUri, registryUri, workspace }: Connection, lines: readonly string[]): string {
  const files = [trackingUri, registryUri ?? ''].some((uri) => uri !== '' && storeKind(uri) === 'files');
  return [
    ...(files ? ['import os', ''] : []),
    'import mlflow',
    '',
    // MLflow 3.13 and later refuse file stores without it (mlflow.md §0).
    ...(files ? ['os.environ.setdefault("MLFLOW_ALLOW_FILE_STORE", "true")'] : []),
    `mlflow.set_tracking_uri(${python(withoutCredentials(trackingUri))})`,
    ...(registryUri === undefined ? [] : [`mlflow.set_registry_uri(${python(withoutCredentials(registryUri))})`]),
    ...(workspace === undefined ? [] : [`mlflow.set_workspace(${python(workspace)})`]),
    ...lines,
    '',
  ].join('\n');
}

/** A JSON string is a Python string too. */
function python(text: string): string {
  return JSON.stringify(text);
}
