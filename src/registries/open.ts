import * as l10n from '@vscode/l10n';
import { type Connection, storeKind, withoutCredentials } from '../domain/connection';
import { UserError } from '../domain/errors';
import type { CredentialSource, Registry } from '../domain/ports';
import { lazyRegistry } from './lazyRegistry';
import { createRemoteRegistry, type LocalWorker } from './remote';

export interface OpenOptions {
  readonly credentials?: CredentialSource;
  /** How a store on this machine is read: in the worker of this built file, or in the calling thread (local.ts). */
  readonly local: LocalWorker | ((connection: Connection, kind: 'sqlite' | 'files') => Registry);
  readonly log?: (line: string) => void;
  /** ms that a server may stay silent; asked at each request. */
  readonly timeoutMs?: () => number;
  /** Where a worker keeps what it read of a store, so that the next window shows it at once. */
  readonly storageDir?: string;
}

/** The backend of a connection. No I/O: a store is opened by its first call. */
export function openRegistry(connection: Connection, options: OpenOptions): Registry {
  const kind = storeKind(connection.trackingUri);
  const { local, storageDir } = options;
  if (kind === 'rest') {
    const restOptions = { ...options, ...(typeof local === 'object' && local) };
    return lazyRegistry(connection, async () =>
      (await import('./rest/restRegistry')).createRestRegistry(connection, restOptions),
    );
  }
  if (kind === 'unsupported') {
    throw new UserError(
      'unsupported',
      l10n.t("Ringside cannot read '{0}'.", withoutCredentials(connection.trackingUri)),
      {
        next: l10n.t('Use a server (http, https), a SQLite file (sqlite:///…) or an mlruns folder.'),
      },
    );
  }
  return typeof local === 'function'
    ? local(connection, kind)
    : createRemoteRegistry({ connection, kind, ...(storageDir !== undefined && { storageDir }) }, local);
}
