import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Connection } from '../domain/connection';
import { UserError } from '../domain/errors';
import type { Credentials, CredentialSource } from '../domain/ports';
import type { Options } from './options';

type Environment = Readonly<Record<string, string | undefined>>;

/** The registry to talk to: the option, MLFLOW_TRACKING_URI, ./mlflow.db, ./mlruns, in this order. */
export function connectionFor(
  options: Pick<Options, 'registry' | 'workspace'>,
  env: Environment,
  folder: string,
): Connection {
  const { registry: option, workspace = env['MLFLOW_WORKSPACE'] } = options;
  const trackingUri = option ?? env['MLFLOW_TRACKING_URI'] ?? localStore(folder);
  if (!trackingUri) {
    throw new UserError(
      'invalid',
      'There is no registry: neither --registry, MLFLOW_TRACKING_URI, ./mlflow.db nor ./mlruns.',
      {
        next: 'Name one with --registry URI.',
      },
    );
  }
  const registryUri = option === undefined ? env['MLFLOW_REGISTRY_URI'] : undefined;
  return {
    name: 'cli',
    trackingUri: absolute(trackingUri, folder),
    ...(registryUri && { registryUri: absolute(registryUri, folder) }),
    ...(workspace && { workspace }),
  };
}

export const credentialsHint =
  'Set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN, and check the address.';

/** MLFLOW_TRACKING_USERNAME and _PASSWORD win over _TOKEN, as in MLflow's own client (mlflow.md trap 22). */
export function credentialsFrom(env: Environment): CredentialSource {
  const username = env['MLFLOW_TRACKING_USERNAME'];
  const token = env['MLFLOW_TRACKING_TOKEN'];
  const password = env['MLFLOW_TRACKING_PASSWORD'] ?? '';
  const basic: Credentials | undefined = username ? { kind: 'basic', username, password } : undefined;
  const bearer: Credentials | undefined = token ? { kind: 'bearer', token } : undefined;
  return { get: () => Promise.resolve(basic ?? bearer) };
}

function localStore(folder: string): string | undefined {
  const database = path.join(folder, 'mlflow.db');
  if (existsSync(database)) return `sqlite:///${database}`;
  const runs = path.join(folder, 'mlruns');
  return existsSync(runs) ? runs : undefined;
}

function absolute(uri: string, folder: string): string {
  const database = /^sqlite:\/\/\/(?!\/)(.+)$/.exec(uri)?.[1];
  if (database && !path.isAbsolute(database)) return `sqlite:///${path.resolve(folder, database)}`;
  // `databricks` names a profile, not a folder: storeKind refuses it.
  if (/^[a-z][a-z0-9+.-]+:|^(databricks|databricks-uc)$/i.test(uri)) return uri;
  const file = path.resolve(folder, uri);
  return /\.(db|sqlite|sqlite3)$/i.test(file) ? `sqlite:///${file}` : file;
}
