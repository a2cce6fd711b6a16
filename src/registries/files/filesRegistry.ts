import * as fs from 'node:fs';
import * as path from 'node:path';
import * as l10n from '@vscode/l10n';
import { type Connection, storeKind } from '../../domain/connection';
import type { Registry, StoreDescription } from '../../domain/ports';
import { artifactStore } from './artifactStore';
import { fileChanges } from './changes';
import { experimentReads } from './experimentStore';
import { fileExperimentWrites } from './experimentWrites';
import { kindOf } from './fileReader';
import { FileStore, type FileStoreOptions } from './fileStore';
import { fileFrames } from './frames';
import { loggedModelStore } from './loggedModelStore';
import { modelReads } from './modelStore';
import { fileModelWrites } from './modelWrites';
import type { Pieces } from './pieces';
import { runReads } from './runStore';
import { fileRunWrites } from './runWrites';
import { modelsName } from './storeRoot';
import { fileVersionWrites } from './versionWrites';

/** MLflow's file store (`mlruns/`), read and written in place; mlflow.md §2. Opens nothing until it is asked. */
export function createFilesRegistry(connection: Connection, options?: FileStoreOptions): Registry {
  const store = new FileStore(connection.trackingUri, options);
  const { registryUri } = connection;
  const separate = registryUri !== undefined && storeKind(registryUri) === 'files';
  const models = separate ? new FileStore(registryUri) : store;
  const artifacts = artifactStore(store, models);
  const runs = { ...runReads(store), ...fileRunWrites(store) };
  return {
    connection,
    experiments: { ...experimentReads(store), ...fileExperimentWrites(store) },
    runs,
    frames: fileFrames(store),
    loggedModels: loggedModelStore(store),
    models: { ...modelReads(models), ...fileModelWrites(models), ...fileVersionWrites(models) },
    artifacts,
    changes: fileChanges(store, models, artifacts),
    describe: (_, signal) => store.run(() => describeStore(store.root, models.root), signal),
    dispose: () => store.dispose(),
  };
}

function* describeStore(root: string, modelsRoot: string): Pieces<StoreDescription> {
  yield undefined;
  // MLflow makes the folder of models with the first one.
  const models = path.join(modelsRoot, modelsName);
  const modelsReason = (kindOf(models) === 'dir' ? whyReadOnly(models) : undefined) ?? whyReadOnly(modelsRoot);
  const readOnlyReason = modelsReason === undefined ? undefined : whyReadOnly(root);
  return {
    summary: l10n.t('File store'),
    capabilities: {
      write: readOnlyReason === undefined,
      ...(readOnlyReason !== undefined && { readOnlyReason }),
      modelRegistry: true,
      loggedModels: true,
      aliases: true,
      stages: true,
      webUi: false,
    },
  };
}

/** The folders further down are asked when they are written. */
function whyReadOnly(folder: string): string | undefined {
  try {
    fs.accessSync(folder, fs.constants.W_OK);
    return undefined;
  } catch {
    return l10n.t('The folder "{0}" cannot be written.', folder);
  }
}
