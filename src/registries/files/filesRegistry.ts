import * as fs from 'node:fs';
import * as path from 'node:path';
import * as l10n from '@vscode/l10n';
import { type Connection, storeKind } from '../../domain/connection';
import type { Registry, StoreDescription } from '../../domain/ports';
import { pagedFrames } from '../frames';
import { artifactStore } from './artifactStore';
import { fileChanges } from './changes';
import { experimentStore } from './experimentStore';
import { kindOf } from './fileReader';
import { FileStore } from './fileStore';
import { loggedModelStore } from './loggedModelStore';
import { modelStore } from './modelStore';
import type { Pieces } from './pieces';
import { runStore } from './runStore';
import { modelsName } from './storeRoot';

/** MLflow's file store (`mlruns/`), read and written in place; mlflow.md §2. Opens nothing until it is asked. */
export function createFilesRegistry(connection: Connection): Registry {
  const store = new FileStore(connection.trackingUri);
  const { registryUri } = connection;
  const separate = registryUri !== undefined && storeKind(registryUri) === 'files';
  const models = separate ? new FileStore(registryUri) : store;
  const artifacts = artifactStore(store, models);
  const runs = runStore(store);
  return {
    connection,
    experiments: experimentStore(store),
    runs,
    frames: pagedFrames(runs, { whole: true }),
    loggedModels: loggedModelStore(store),
    models: modelStore(models),
    artifacts,
    changes: fileChanges(store, models, artifacts),
    describe: (_, signal) => store.run(() => describeStore(models.root), signal),
    dispose: () => undefined,
  };
}

function* describeStore(modelsRoot: string): Pieces<StoreDescription> {
  yield undefined;
  const readOnlyReason = whyReadOnly(modelsRoot);
  return {
    summary: l10n.t('File store'),
    capabilities: {
      write: readOnlyReason === undefined,
      ...(readOnlyReason !== undefined && { readOnlyReason }),
      modelRegistry: true,
      loggedModels: true,
      aliases: true,
      webUi: false,
    },
  };
}

/** Only the registry is written: its folder counts, or the root where there is none yet. */
function whyReadOnly(root: string): string | undefined {
  const models = path.join(root, modelsName);
  const folder = kindOf(models) === 'dir' ? models : root;
  try {
    fs.accessSync(folder, fs.constants.W_OK);
    return undefined;
  } catch {
    return l10n.t('The folder "{0}" cannot be written.', folder);
  }
}
