import * as l10n from '@vscode/l10n';
import { type Connection, storeKind, withoutCredentials } from '../../domain/connection';
import { UserError } from '../../domain/errors';
import type { CredentialSource, ModelStore, Registry } from '../../domain/ports';
import { pagedFrames } from '../frames';
import { remoteMethods } from '../remoteMethods';
import { type BodyReader, inlineBodies, workerBodies } from './bodyReader';
import { defaultLimits, type HttpLimits } from './httpClient';
import { describeServer } from './description';
import { MlflowApi } from './mlflowApi';
import { RestArtifacts } from './restArtifacts';
import { RestModels } from './restModels';
import { RestExperiments, RestLoggedModels, RestRuns } from './restTracking';

interface RestOptions {
  readonly credentials?: CredentialSource;
  /** Takes one line per request, without credentials. */
  readonly log?: (line: string) => void;
  readonly limits?: Partial<HttpLimits>;
  /** Instead of the limit of that name; asked at each request, so that another one needs no reopening. */
  readonly timeoutMs?: () => number;
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
    frames: pagedFrames(runs),
    loggedModels: new RestLoggedModels(api),
    models: models ?? noModels(registryUri),
    artifacts: new RestArtifacts(api, registry),
    changes: { stamp: () => Promise.resolve(undefined) },
    describe: (_query, signal) => describeServer({ workspace: connection.workspace, api, registry, models }, signal),
    dispose: () => bodies.dispose(),
  };
}

function apiOf(connection: Connection, uri: string, bodies: BodyReader, options: RestOptions): MlflowApi {
  const fixed: HttpLimits = { ...defaultLimits, ...options.limits };
  return new MlflowApi({
    connection,
    uri,
    limits: {
      ...fixed,
      get timeoutMs() {
        return options.timeoutMs?.() ?? fixed.timeoutMs;
      },
    },
    ...(options.credentials && { credentials: options.credentials }),
    log: options.log ?? (() => undefined),
    bodies,
  });
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
