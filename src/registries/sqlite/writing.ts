import * as l10n from '@vscode/l10n';
import { UserError } from '../../domain/errors';
import type { SqliteStore } from './store';
import { TableRows } from './tableRows';
import { type Part, whyReadOnly } from './writable';

/** Does `work` in one short write transaction; refuses where the tables of `part` are not as MLflow makes them. */
export async function writeRows<T>(
  store: SqliteStore,
  part: Part,
  work: (rows: TableRows) => T,
  signal?: AbortSignal,
): Promise<T> {
  const session = await store.open(signal);
  const reason = whyReadOnly(session, part);
  if (reason !== undefined) {
    throw new UserError('unsupported', reason, { next: l10n.t('Write through the MLflow that made it.') });
  }
  return store.write((database) => work(new TableRows(database, session)), signal);
}
