import * as l10n from '@vscode/l10n';
import { type Connection, storeKind, withoutCredentials } from '../../domain/connection';
import { UserError } from '../../domain/errors';
import type { Capabilities, CredentialSource, ModelStore, Registry, StoreDescription } from '../../domain/ports';
import { pagedFrames } from '../frames';
import { remoteMethods } from '../remoteMethods';
import { type BodyReader, inlineBodies, workerBodies } from './bodyReader';
import { defaultLimits, type HttpLimits } from './httpClient';
import { lacksEndpoint } from './httpErrors';
import { MlflowApi, unless } from './mlflowApi';
import { RestArtifacts } from './restArtifacts';
import { RestModels } from './restModels';
import { RestExperiments, RestLoggedModels, RestRuns } from './restTracking';

export interface RestOptions {
  readonly credentials?: CredentialSource;
  /** Takes one line per request, without credentials. */
  readonly log?: (line: string) => void;
  readonly limits?: Partial<HttpLimits>;
  /** The built worker that decodes big answers; in the calling thread where absent. */
  readonly workerUrl?: string;
}

/** An MLflow server over its REST API (mlflow.md §1). Throws a UserError where the address is none. */
export function createRestRegistry(connection: Connection, options: RestOptions): Registry {
  const bodies = options.workerUrl === undefined ? inlineBodies : workerBodies(options.workerUrl, connection.name);
  const api = apiOf(connection, connection.trackingUri, bodies, options);
  const registryUri = connection.registryUri ?? connection.trackingUri;
  const isServer = storeKind(registryUri) === 'rest';
  const registry =
    isServer && registryUri !== connection.trackingUri ? apiOf(connection, registryUri, bodies, options) : api;
  const models = isServer ? new RestModels(registry, api) : undefined;
  const runs = new RestRuns(api);
  return {
    connection,
    experiments: new RestExperiments(api),
    runs,
    frames: pagedFrames(runs, { whole: false }),
    loggedModels: new RestLoggedModels(api),
    models: models ?? noModels(registryUri),
    artifacts: new RestArtifacts(api, registry),
    changes: { stamp: () => Promise.resolve(undefined) },
    describe: (_query, signal) => describeServer(api, models, signal),
    dispose: () => bodies.dispose(),
  };
}

function apiOf(connection: Connection, uri: string, bodies: BodyReader, options: RestOptions): MlflowApi {
  return new MlflowApi({
    connection,
    uri,
    limits: { ...defaultLimits, ...options.limits },
    ...(options.credentials && { credentials: options.credentials }),
    log: options.log ?? (() => undefined),
    bodies,
  });
}

/** Asks for one experiment first: its failure is the sentence that says why the server cannot be read. */
async function describeServer(
  api: MlflowApi,
  models: RestModels | undefined,
  signal?: AbortSignal,
): Promise<StoreDescription> {
  await api.search('experiments/search', { max_results: 1 }, (json) => json.objects('experiments').length, signal);
  const version = versionIn(await api.textIfThere('version', signal));
  const [modelRegistry, loggedModels, stages] = await Promise.all([
    models ? hasModelRegistry(models, signal) : false,
    version === undefined ? hasLoggedModels(api, signal) : version.major >= 3,
    version === undefined ? models?.hasStages(signal) : models !== undefined,
  ]);
  const capabilities: Capabilities = {
    write: true,
    modelRegistry,
    loggedModels,
    aliases:
      modelRegistry && (version === undefined || version.major > 2 || (version.major === 2 && version.minor >= 3)),
    stages: modelRegistry && stages === true,
    webUi: true,
  };
  if (!version) return { summary: l10n.t('MLflow server'), capabilities };
  return { summary: l10n.t('MLflow {0} server', version.text), version: version.text, capabilities };
}

function versionIn(
  text: string | undefined,
): { readonly text: string; readonly major: number; readonly minor: number } | undefined {
  const match = /^(\d+)\.(\d+)[\w.+-]*$/.exec(text ?? '');
  return match ? { text: match[0], major: Number(match[1]), minor: Number(match[2]) } : undefined;
}

/** Hosted servers lack parts of MLflow: only asking tells (trap 24). */
function hasModelRegistry(models: ModelStore, signal?: AbortSignal): Promise<boolean> {
  const probe = models.search({ maxResults: 1 }, signal).then(() => true);
  return unless(probe, lacksEndpoint, false);
}

function hasLoggedModels(api: MlflowApi, signal?: AbortSignal): Promise<boolean> {
  const probe = api.search('logged-models/search', { experiment_ids: ['0'], max_results: 1 }, () => true, signal);
  // Any other refusal comes from the endpoint, which is therefore there.
  return unless(
    unless(probe, lacksEndpoint, false),
    (error) => error.kind === 'notFound' || error.kind === 'invalid',
    true,
  );
}

function noModels(registryUri: string): ModelStore {
  const refuse = (): Promise<never> =>
    Promise.reject(
      new UserError('unsupported', l10n.t('The model registry {0} is not a server.', withoutCredentials(registryUri)), {
        next: l10n.t('Add it as a registry of its own.'),
      }),
    );
  const methods = remoteMethods.models.map((method) => [method, refuse]);
  return Object.fromEntries(methods) as Record<keyof ModelStore, typeof refuse>;
}
