import type { ChangeStore } from '../../domain/changes';
import type { ArtifactStore } from '../../domain/ports';
import { artifactStamps } from '../artifactStamps';
import { dataStamp, type SqliteStore } from './store';

/**
 * SQLite counts what others commit: the stamp costs the same however large the store is (performance.md §3.2), and tells
 * of every write, shown or not. Artifacts lie beside the database.
 */
export function sqliteChanges(store: SqliteStore, artifacts: ArtifactStore): ChangeStore {
  return {
    async stamp({ folders }, signal) {
      const session = await store.open(signal);
      return JSON.stringify([await dataStamp(session), ...(await artifactStamps(artifacts, folders, signal))]);
    },
  };
}
