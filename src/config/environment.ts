import { withoutCredentials } from '../domain/connection';
import type { Credentials } from '../domain/ports';
import { serverKey } from './trackingUri';

/** What MLflow's own client would take from the environment (mlflow.md §1.13); URIs without credentials. */
export interface MlflowEnvironment {
  readonly trackingUri?: string;
  readonly registryUri?: string;
}

export function mlflowEnvironment(env: Readonly<Record<string, string | undefined>>): MlflowEnvironment {
  const trackingUri = env['MLFLOW_TRACKING_URI']?.trim();
  const registryUri = env['MLFLOW_REGISTRY_URI']?.trim();
  return {
    ...(trackingUri ? { trackingUri: withoutCredentials(trackingUri) } : {}),
    ...(registryUri ? { registryUri: withoutCredentials(registryUri) } : {}),
  };
}

/** The environment's credentials, for the server that the environment names and for no other. */
export function environmentCredentials(
  env: Readonly<Record<string, string | undefined>>,
  uri: string,
): Credentials | undefined {
  const own = env['MLFLOW_TRACKING_URI']?.trim() ?? '';
  const key = serverKey(own);
  if (key === undefined || key !== serverKey(uri)) return undefined;
  const username = env['MLFLOW_TRACKING_USERNAME'];
  const password = env['MLFLOW_TRACKING_PASSWORD'];
  const token = env['MLFLOW_TRACKING_TOKEN'];
  // MLflow lets the password win over the token.
  if (username && password) return { kind: 'basic', username, password };
  return token ? { kind: 'bearer', token } : credentialsInUri(own);
}

/** User name and password inside a server's address. */
function credentialsInUri(uri: string): Credentials | undefined {
  if (serverKey(uri) === undefined) return undefined;
  const { username, password } = new URL(uri);
  return username ? { kind: 'basic', username: decode(username), password: decode(password) } : undefined;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
