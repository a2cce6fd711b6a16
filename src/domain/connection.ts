/** One configured connection to an MLflow tracking store; "registry" in the interface means this. */
export interface Connection {
  /** Unique among the connections of a window. */
  readonly name: string;
  /** What MLFLOW_TRACKING_URI would be, made absolute. */
  readonly trackingUri: string;
  /** Where the model registry differs from the tracking store. */
  readonly registryUri?: string;
  /** MLflow workspace (3.10+). */
  readonly workspace?: string;
}

/** The MLflow workspace that a connection without a choice reads; every store has it (mlflow.md §1.12). */
export const defaultWorkspace = 'default';

type StoreKind = 'rest' | 'sqlite' | 'files' | 'unsupported';

/** The backend that reads a tracking URI. */
export function storeKind(trackingUri: string): StoreKind {
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(trackingUri)?.[1]?.toLowerCase();
  if (/^(databricks|databricks-uc)$/i.test(trackingUri)) return 'unsupported';
  if (scheme === 'http' || scheme === 'https') return 'rest';
  if (scheme === 'sqlite') return 'sqlite';
  if (scheme === undefined || scheme === 'file') return 'files';
  return 'unsupported';
}

/** The URI without user name and password, fit for showing and logging (mlflow.md §1.13). */
export function withoutCredentials(uri: string): string {
  // What follows the first colon is a port, or a password that holds a slash of its own.
  return uri
    .replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, '$1')
    .replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#:@[]*:(?!\d*(?:[/?#]|$))[^@]*@/i, '$1');
}
