import * as fs from 'node:fs';
import * as path from 'node:path';
import * as l10n from '@vscode/l10n';
import { UserError } from '../../domain/errors';
import { valueOf } from '../../domain/experiment';
import { isValidAlias, type ModelVersion, type RegisteredModel } from '../../domain/model';
import type { ModelStore, NewModelVersion } from '../../domain/ports';
import { FileReader } from './fileReader';
import { findLoggedModel, type LoggedModelFolder } from './loggedModelStore';
import { readMeta } from './metaFile';
import { type MetaValue, replaceFile, writeMeta } from './metaWriter';
import {
  brokenModel,
  existingModelFolder,
  getModel,
  getVersion,
  isPrompt,
  newModelFolder,
  readAliases,
  readModel,
  versionLocation,
  versionNumbers,
} from './modelFolder';
import type { Pieces } from './pieces';
import { isKey } from './runFolder';
import { modelsName } from './storeRoot';

type Query<K extends keyof ModelStore> = Parameters<ModelStore[K]>[0];

export function* createModel(root: string, { name, description }: Query<'create'>): Pieces<RegisteredModel> {
  const dir = newModelFolder(root, name);
  fs.mkdirSync(path.join(root, modelsName), { recursive: true });
  if (!makeFolder(dir)) throw yield* nameTaken(root, name);
  const now = Date.now();
  try {
    writeMeta(dir, {
      aliases: new Map(),
      creation_timestamp: now,
      deployment_job_id: null,
      deployment_job_state: null,
      description: description ?? null,
      last_updated_timestamp: now,
      name,
      workspace: 'default',
    });
  } catch (error) {
    fs.rmdirSync(dir);
    throw error;
  }
  return yield* getModel(root, name);
}

/** Making a folder is the test and the set: MLflow has no locks (mlflow.md §2.5). False where it is there already. */
function makeFolder(dir: string): boolean {
  try {
    fs.mkdirSync(dir);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

function* nameTaken(root: string, name: string): Pieces<UserError> {
  const model = yield* readModel(new FileReader(), root, name);
  if (model && isPrompt(model)) {
    return new UserError('conflict', l10n.t('A prompt has the name "{0}".', name), {
      next: l10n.t('Choose another name.'),
    });
  }
  return new UserError('conflict', l10n.t('A registered model "{0}" exists already.', name), {
    next: l10n.t('Choose another name, or add a version to it.'),
  });
}

export function* createVersion(root: string, request: NewModelVersion): Pieces<ModelVersion> {
  const { name, source, description, tags = [] } = request;
  const dir = existingModelFolder(root, name);
  yield* getModel(root, name);
  for (const { key } of tags) checkTagKey(key);
  const reader = new FileReader();
  const origin = yield* originOf(reader, root, request);
  const now = Date.now();
  const version = nextVersion(dir);
  const versionDir = path.join(dir, `version-${version}`);
  writeMeta(versionDir, {
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
    version,
    workspace: 'default',
  });
  for (const { key, value } of tags) writeTag(versionDir, key, value);
  yield* touchModel(reader, dir, now);
  if (origin.loggedModel) linkLoggedModel(origin.loggedModel, name, version);
  return yield* getVersion(root, name, String(version));
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

/** Makes the folder of the next version; someone else may take the number in between. */
function nextVersion(dir: string): number {
  for (let attempt = 0; attempt < 10; attempt++) {
    const version = (versionNumbers(dir)[0] ?? 0) + 1;
    if (makeFolder(path.join(dir, `version-${version}`))) return version;
  }
  throw new UserError('conflict', l10n.t('Others are registering versions of "{0}" too.', path.basename(dir)), {
    next: l10n.t('Try again.'),
  });
}

function checkTagKey(key: string): void {
  if (isKey(key)) return;
  throw new UserError('invalid', l10n.t('"{0}" cannot be the key of a tag.', key), {
    next: l10n.t('Use a key without empty, "." and ".." parts.'),
  });
}

function writeTag(entityDir: string, key: string, value: string): void {
  const file = path.join(entityDir, 'tags', key);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  replaceFile(entityDir, file, value);
}

/** The tag that MLflow sets on a logged model when a version is made from it (mlflow.md §1.8). */
function linkLoggedModel({ dir, model }: LoggedModelFolder, name: string, version: number): void {
  const key = 'mlflow.modelVersions';
  const entry = `{"name": ${asciiJson(name)}, "version": ${version}}`;
  const before = /^\[(.*\S.*)\]$/s.exec(valueOf(model.tags, key) ?? '')?.[1];
  writeTag(dir, key, `[${before === undefined ? entry : `${before}, ${entry}`}]`);
}

/** As Python's `json.dumps` writes it. */
function asciiJson(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

export function* setAlias(root: string, { name, alias, version }: Query<'setAlias'>): Pieces<void> {
  const dir = existingModelFolder(root, name);
  if (!isValidAlias(alias)) {
    throw new UserError('invalid', l10n.t('"{0}" cannot be an alias.', alias), {
      next: l10n.t('Use letters, digits, "_" and "-"; not "latest", and not like "v1".'),
    });
  }
  yield* getModel(root, name);
  yield* getVersion(root, name, version);
  fs.mkdirSync(path.join(dir, 'aliases'), { recursive: true });
  replaceFile(dir, path.join(dir, 'aliases', alias), version);
  yield* touchModel(new FileReader(), dir, Date.now());
}

export function* deleteAlias(root: string, { name, alias }: Query<'deleteAlias'>): Pieces<void> {
  const dir = existingModelFolder(root, name);
  const reader = new FileReader();
  // Only what is listed is removed, so no name can lead elsewhere.
  if (!readAliases(reader, dir).some((assignment) => assignment.alias === alias)) return;
  fs.rmSync(path.join(dir, 'aliases', alias), { force: true });
  yield* touchModel(reader, dir, Date.now());
}

/** Rewrites the model's meta.yaml with its aliases as the files have them; MLflow bumps the time with each change. */
function* touchModel(reader: FileReader, dir: string, now: number): Pieces<void> {
  const meta = yield* readMeta(reader, dir, 'name');
  if (!meta) throw brokenModel(path.basename(dir));
  const aliases = new Map(
    readAliases(reader, dir).map(({ alias, version }) => [alias, { text: version, plain: false }]),
  );
  const fields: Record<string, MetaValue> = { ...Object.fromEntries(meta), aliases, last_updated_timestamp: now };
  writeMeta(dir, fields);
}
