import * as l10n from '@vscode/l10n';
import { type Connection, defaultWorkspace } from '../../domain/connection';
import type { Registry, StoreDescription } from '../../domain/ports';
import { divided } from '../workspaces';
import { sqliteArtifacts } from './artifacts';
import { sqliteChanges } from './changes';
import { sqliteExperiments } from './experiments';
import { sqliteFrames } from './frames';
import { sqliteLoggedModels } from './loggedModels';
import { sqliteModels } from './models';
import { sqliteRuns } from './runs';
import { SqliteStore } from './store';
import { workspacesIn } from './workspaces';
import { whyReadOnly } from './writable';

/** MLflow's SQLite store (`mlflow.db`), read and written in place; mlflow.md §3. Opens nothing until it is asked. */
export function createSqliteRegistry(connection: Connection): Registry {
  const store = new SqliteStore(connection.trackingUri, connection.workspace ?? defaultWorkspace);
  const artifacts = sqliteArtifacts(store);
  return {
    connection,
    experiments: sqliteExperiments(store),
    runs: sqliteRuns(store),
    frames: sqliteFrames(store),
    loggedModels: sqliteLoggedModels(store),
    models: sqliteModels(store),
    artifacts,
    changes: sqliteChanges(store, artifacts),
    async describe(_query, signal): Promise<StoreDescription> {
      const session = await store.open(signal);
      const { schema } = session;
      // Each part refuses for itself; a store is read-only where both do.
      const runsReason = whyReadOnly(session, 'runs');
      const modelsReason = whyReadOnly(session, 'models');
      const readOnlyReason = modelsReason === undefined ? undefined : runsReason;
      const workspaces = divided(connection.workspace, await workspacesIn(session));
      return {
        ...(workspaces && { workspaces }),
        summary: schema.head ? l10n.t('SQLite store, schema {0}', schema.head) : l10n.t('SQLite store'),
        capabilities: {
          write: readOnlyReason === undefined,
          ...(readOnlyReason !== undefined && { readOnlyReason }),
          modelRegistry: schema.has('registered_models'),
          loggedModels: schema.has('logged_models'),
          aliases: schema.has('registered_model_aliases'),
          stages: schema.has('model_versions'),
          webUi: false,
        },
      };
    },
    dispose: () => store.dispose(),
  };
}
