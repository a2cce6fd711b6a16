import * as fs from 'node:fs';
import * as path from 'node:path';
import * as l10n from '@vscode/l10n';
import { UserError } from '../../domain/errors';
import { type KeyValue, valueOf } from '../../domain/experiment';
import { demand, whyNoModelName, whyNoTag } from '../../domain/limits';
import type { ModelVersion } from '../../domain/model';
import type { ModelStore, NewModelVersion, VersionName } from '../../domain/ports';
import { cannotArchive } from '../refusals';
import { removeEntry, writeEntry } from './entryFiles';
import type { FileReader } from './fileReader';
import type { FileStore } from './fileStore';
import { makeHidden, moveNew, removeWhole } from './hiddenFolder';
import { findLoggedModel, type LoggedModelFolder } from './loggedModelStore';
import { changeMeta, type MetaValue, writeMeta } from './metaWriter';
import {
  deletedStage,
  existingModelFolder,
  getVersion,
  readAliases,
  readVersion,
  soundModelFolder,
  touchModel,
  versionLocation,
  versionNumbers,
} from './modelFolder';
import { makeModel } from './modelWrites';
import type { Pieces } from './pieces';

type Writes = Pick<
  ModelStore,
  'createVersion' | 'setVersionDescription' | 'deleteVersion' | 'setStage' | 'setVersionTag' | 'deleteVersionTag'
>;
type Query<K extends keyof Writes> = Parameters<ModelStore[K]>[0];

/** As MLflow's own file store changes model versions, but never half-written for who reads meanwhile. */
export function fileVersionWrites(store: FileStore): Writes {
  return {
    async createVersion(query, signal) {
      demand(...(query.tags ?? []).map((tag) => whyNoTag(tag, 'model')));
      if (query.newModel) demand(whyNoModelName(query.name));
      return store.write((reader) => createVersion(reader, store.root, query), signal);
    },

    setVersionDescription: (query, signal) =>
      store.write(function* (reader) {
        const { dir } = yield* foundVersion(store.root, query);
        yield* changeMeta(reader, dir, { description: query.description, last_updated_timestamp: Date.now() });
      }, signal),

    deleteVersion: (query, signal) => store.write((reader) => deleteVersion(reader, store.root, query), signal),

    setStage: (query, signal) => store.write((reader) => setStage(reader, store.root, query), signal),

    async setVersionTag(query, signal) {
      const { key, value } = query;
      demand(whyNoTag({ key, value }, 'model'));
      await store.write(function* (reader) {
        const { dir, modelDir } = yield* foundVersion(store.root, query);
        writeEntry(dir, 'tags', key, value);
        yield* touchModel(reader, modelDir);
      }, signal);
    },

    deleteVersionTag: (query, signal) =>
      store.write(function* (reader) {
        const { dir, modelDir } = yield* foundVersion(store.root, query);
        if (removeEntry(reader, dir, 'tags', query.key)) yield* touchModel(reader, modelDir);
      }, signal),
  };
}

interface VersionFolder {
  readonly dir: string;
  readonly modelDir: string;
}

/** Throws UserError 'notFound' where the version is deleted or was never there. */
function* foundVersion(root: string, { name, version }: VersionName): Pieces<VersionFolder> {
  const modelDir = yield* soundModelFolder(root, name);
  yield* getVersion(root, name, version);
  return { dir: path.join(modelDir, `version-${version}`), modelDir };
}

/** The aliases first: none ever leads to a version that is gone. The number is never given twice (trap 39). */
function* deleteVersion(reader: FileReader, root: string, query: VersionName): Pieces<void> {
  const { dir, modelDir } = yield* foundVersion(root, query);
  for (const { alias, version } of readAliases(reader, modelDir)) {
    if (version === query.version) fs.rmSync(path.join(modelDir, 'aliases', alias), { force: true });
  }
  yield* changeMeta(reader, dir, { current_stage: deletedStage, last_updated_timestamp: Date.now() });
  yield* touchModel(reader, modelDir);
}

function* setStage(reader: FileReader, root: string, query: Query<'setStage'>): Pieces<void> {
  const { stage, archiveExisting } = query;
  if (archiveExisting && stage !== 'Staging' && stage !== 'Production') throw cannotArchive(stage);
  const { dir, modelDir } = yield* foundVersion(root, query);
  const last_updated_timestamp = Date.now();
  for (const number of archiveExisting ? versionNumbers(modelDir) : []) {
    const other = yield* readVersion(reader, modelDir, String(number), []);
    if (!other || other.version === query.version || other.stage !== stage) continue;
    const archived = { current_stage: 'Archived', last_updated_timestamp };
    yield* changeMeta(reader, path.join(modelDir, `version-${number}`), archived);
  }
  yield* changeMeta(reader, dir, { current_stage: stage, last_updated_timestamp });
  yield* touchModel(reader, modelDir, { last_updated_timestamp });
}

function* createVersion(reader: FileReader, root: string, request: NewModelVersion): Pieces<ModelVersion> {
  const { name, source, description, tags = [], newModel = false } = request;
  // What can be refused is refused before the model is made.
  const origin = yield* originOf(reader, root, request);
  const isMade = newModel && makeModel(root, name);
  const dir = yield* soundModelFolder(root, name);
  const now = Date.now();
  const fields = {
    creation_timestamp: now,
    current_stage: 'None',
    deployment_job_state: null,
    description: description ?? null,
    last_updated_timestamp: now,
    model_id: request.modelId ?? null,
    name,
    run_id: request.runId ?? origin.runId,
    run_link: null,
    source,
    status: 'READY',
    status_message: null,
    storage_location: origin.location,
    user_id: null,
    workspace: 'default',
  };
  try {
    const version = addVersion(root, dir, fields, tags);
    yield* touchModel(reader, dir, { last_updated_timestamp: now });
    if (origin.loggedModel) linkLoggedModel(origin.loggedModel, name, version);
    return yield* getVersion(root, name, String(version));
  } catch (error) {
    if (isMade && versionNumbers(dir).length === 0) removeWhole(root, dir);
    throw error;
  }
}

/** Makes the version aside and moves it to the next number; someone else may take that in between. */
function addVersion(
  root: string,
  dir: string,
  fields: Readonly<Record<string, MetaValue>>,
  tags: readonly KeyValue[],
): number {
  const hidden = makeHidden(root);
  try {
    for (const { key, value } of tags) writeEntry(hidden, 'tags', key, value);
    for (let attempt = 0; attempt < 10; attempt++) {
      const version = (versionNumbers(dir)[0] ?? 0) + 1;
      writeMeta(hidden, { ...fields, version });
      if (moveNew(hidden, path.join(dir, `version-${version}`))) return version;
    }
  } finally {
    fs.rmSync(hidden, { recursive: true, force: true });
  }
  throw new UserError('conflict', l10n.t('Others are registering versions of "{0}" too.', path.basename(dir)), {
    next: l10n.t('Try again.'),
  });
}

interface Origin {
  readonly location: string;
  readonly runId: string | null;
  readonly loggedModel?: LoggedModelFolder;
}

/** Where the files of a source lie, as MLflow resolves it when it makes the version. */
function* originOf(reader: FileReader, root: string, { source, modelId }: NewModelVersion): Pieces<Origin> {
  const [, named, version] = /^models:\/([^/]+)(?:\/(\d+))?$/.exec(source) ?? [];
  if (named !== undefined && version !== undefined) {
    yield* getVersion(root, named, version);
    const location = yield* versionLocation(reader, existingModelFolder(root, named), version);
    return { location: location ?? source, runId: null };
  }
  const id = named ?? modelId;
  if (id === undefined) return { location: source, runId: null };
  const loggedModel = yield* findLoggedModel(reader, root, id);
  if (loggedModel) {
    const { artifactLocation, sourceRunId } = loggedModel.model;
    const runId = sourceRunId === '' ? null : sourceRunId;
    return { location: named === undefined ? source : artifactLocation, runId, loggedModel };
  }
  throw new UserError('notFound', l10n.t('There is no logged model {0}.', id), {
    next: l10n.t('Choose the model again.'),
  });
}

/** The tag that MLflow sets on a logged model when a version is made from it (mlflow.md §1.8). */
function linkLoggedModel({ dir, model }: LoggedModelFolder, name: string, version: number): void {
  const key = 'mlflow.modelVersions';
  const entry = `{"name": ${asciiJson(name)}, "version": ${version}}`;
  const before = /^\[(.*\S.*)\]$/s.exec(valueOf(model.tags, key) ?? '')?.[1];
  writeEntry(dir, 'tags', key, `[${before === undefined ? entry : `${before}, ${entry}`}]`);
}

/** As Python's `json.dumps` writes it. */
function asciiJson(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
