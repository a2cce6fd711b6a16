import * as l10n from '@vscode/l10n';
import type { Connection } from '../../domain/connection';
import type { Registry, StoreDescription } from '../../domain/ports';
import { pagedFrames } from '../frames';
import { sqliteArtifacts } from './artifacts';
import { sqliteChanges } from './changes';
import { sqliteExperiments } from './experiments';
import { sqliteLoggedModels } from './loggedModels';
import { sqliteModels } from './models';
import { sqliteRuns } from './runs';
import { SqliteStore } from './store';
import { whyReadOnly } from './writable';

/** MLflow's SQLite store (`mlflow.db`), read and written in place; mlflow.md §3. Opens nothing until it is asked. */
export function createSqliteRegistry(connection: Connection): Registry {
  const store = new SqliteStore(connection.trackingUri, connection.workspace ?? 'default');
  const artifacts = sqliteArtifacts(store);
  const runs = sqliteRuns(store);
  return {
    connection,
    experiments: sqliteExperiments(store),
    runs,
    frames: pagedFrames(runs, { whole: true }),
    loggedModels: sqliteLoggedModels(store),
    models: sqliteModels(store),
    artifacts,
    changes: sqliteChanges(store, artifacts),
    async describe(_query, signal): Promise<StoreDescription> {
      const session = await store.open(signal);
      const { schema } = session;
      const readOnlyReason = whyReadOnly(session);
      return {
        summary: schema.head ? l10n.t('SQLite store, schema {0}', schema.head) : l10n.t('SQLite store'),
        capabilities: {
          write: readOnlyReason === undefined,
          ...(readOnlyReason !== undefined && { readOnlyReason }),
          modelRegistry: schema.has('registered_models'),
          loggedModels: schema.has('logged_models'),
          aliases: schema.has('registered_model_aliases'),
          webUi: false,
        },
      };
    },
    dispose: () => store.dispose(),
  };
}
