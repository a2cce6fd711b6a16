import * as path from 'node:path';
import * as l10n from '@vscode/l10n';
import { UserError } from '../../domain/errors';
import { valueOf } from '../../domain/experiment';
import {
  type AliasAssignment,
  type ModelVersion,
  promptTag,
  type RegisteredModel,
  type VersionStatus,
} from '../../domain/model';
import { FileReader, kindOf, subfolders } from './fileReader';
import { readMeta } from './metaFile';
import { changeMeta, type MetaValue } from './metaWriter';
import { type Meta, numberField, textField } from './metaYaml';
import type { Pieces } from './pieces';
import { readValues } from './runFolder';
import { modelsName } from './storeRoot';

const separators = process.platform === 'win32' ? /[/\\:\0]/ : /[/\0]/;

/** A model's name is the name of its folder (mlflow.md §2.1): nothing may leave the parent. */
function isModelName(name: string): boolean {
  return name.trim() !== '' && name !== '.' && name !== '..' && !separators.test(name);
}

/** What MLflow 3 allows for a new model; older releases made models called `a:b` and `100%`. */
function isNewModelName(name: string): boolean {
  return isModelName(name) && !/[\\:%]/.test(name);
}

export function modelFolder(root: string, name: string): string {
  return folderOf(root, name, isModelName);
}

export function newModelFolder(root: string, name: string): string {
  return folderOf(root, name, isNewModelName);
}

function folderOf(root: string, name: string, isAllowed: (name: string) => boolean): string {
  if (isAllowed(name)) return path.join(root, modelsName, name);
  throw new UserError('invalid', l10n.t('"{0}" cannot be the name of a model in a file store.', name), {
    next: l10n.t('Use a name without slash, colon and percent sign.'),
  });
}

export function modelNames(root: string): string[] {
  return subfolders(path.join(root, modelsName)).filter(isModelName);
}

/** The folder of a model that is there. */
export function existingModelFolder(root: string, name: string): string {
  const dir = modelFolder(root, name);
  if (kindOf(dir) === 'dir') return dir;
  throw new UserError('notFound', l10n.t('There is no registered model "{0}".', name), {
    next: l10n.t('It may have been renamed or removed: refresh the list.'),
  });
}

/** A registered model; undefined where its folder is none. */
export function* readModel(reader: FileReader, root: string, name: string): Pieces<RegisteredModel | undefined> {
  const dir = modelFolder(root, name);
  const meta = yield* readMeta(reader, dir, 'name');
  if (!meta) return undefined;
  return {
    name,
    description: textField(meta, 'description') ?? '',
    ...times(meta),
    tags: readValues(reader, dir, 'tags'),
    aliases: readAliases(reader, dir),
  };
}

/** The alias files are the truth, not the map in meta.yaml (trap 38). */
export function readAliases(reader: FileReader, modelDir: string): AliasAssignment[] {
  const folder = path.join(modelDir, 'aliases');
  return reader.keysIn(folder).flatMap((alias) => {
    const version = reader.entryText(path.join(folder, alias))?.trim();
    return version ? [{ alias, version }] : [];
  });
}

/** Numbers of the version folders, newest first, deleted versions included (trap 39). */
export function versionNumbers(modelDir: string): number[] {
  return subfolders(modelDir)
    .map((name) => Number(/^version-(\d{1,15})$/.exec(name)?.[1] ?? NaN))
    .filter((number) => !Number.isNaN(number))
    .sort((a, b) => b - a);
}

export const deletedStage = 'Deleted_Internal';

/** A version; undefined where it is deleted or its folder is none. */
export function* readVersion(
  reader: FileReader,
  modelDir: string,
  version: string,
  aliases: readonly AliasAssignment[],
): Pieces<ModelVersion | undefined> {
  const dir = path.join(modelDir, `version-${version}`);
  const meta = yield* readMeta(reader, dir, 'name', 'version');
  const stage = meta && (textField(meta, 'current_stage') ?? 'None');
  if (!meta || stage === undefined || stage === deletedStage) return undefined;
  const source = textField(meta, 'source') ?? '';
  const modelId = textField(meta, 'model_id') ?? /^models:\/(m-[\w-]+)$/.exec(source)?.[1];
  const statusMessage = textField(meta, 'status_message');
  const userId = textField(meta, 'user_id');
  return {
    name: path.basename(modelDir),
    version,
    runId: textField(meta, 'run_id') ?? '',
    source,
    ...(modelId !== undefined && { modelId }),
    status: statusOf(textField(meta, 'status')),
    ...(statusMessage !== undefined && statusMessage !== '' && { statusMessage }),
    stage,
    description: textField(meta, 'description') ?? '',
    ...times(meta),
    ...(userId !== undefined && userId !== '' && { userId }),
    aliases: aliases.filter((assignment) => assignment.version === version).map(({ alias }) => alias),
    tags: readValues(reader, dir, 'tags'),
  };
}

/** Where a version's files lie: resolved when it was made, else what it was made from. */
export function* versionLocation(reader: FileReader, modelDir: string, version: string): Pieces<string | undefined> {
  const meta = yield* readMeta(reader, path.join(modelDir, `version-${version}`), 'name', 'version');
  return meta && (textField(meta, 'storage_location') ?? textField(meta, 'source'));
}

function times(meta: Meta): { creationTime?: number; lastUpdatedTime?: number } {
  const creationTime = numberField(meta, 'creation_timestamp');
  const lastUpdatedTime = numberField(meta, 'last_updated_timestamp');
  return {
    ...(creationTime !== undefined && { creationTime }),
    ...(lastUpdatedTime !== undefined && { lastUpdatedTime }),
  };
}

function statusOf(text: string | undefined): VersionStatus {
  return text === 'PENDING_REGISTRATION' || text === 'FAILED_REGISTRATION' ? text : 'READY';
}

export function isPrompt(model: RegisteredModel): boolean {
  return valueOf(model.tags, promptTag)?.toLowerCase() === 'true';
}

export function* getModel(root: string, name: string): Pieces<RegisteredModel> {
  existingModelFolder(root, name);
  const model = yield* readModel(new FileReader(root), root, name);
  if (model) return model;
  throw brokenModel(name);
}

/** The folder of a model whose meta.yaml can be read: nothing is written into another. */
export function* soundModelFolder(root: string, name: string): Pieces<string> {
  yield* getModel(root, name);
  return existingModelFolder(root, name);
}

function noSuchVersion(name: string, version: string): UserError {
  return new UserError('notFound', l10n.t('The model "{0}" has no version {1}.', name, version), {
    next: l10n.t('It may have been removed: refresh the list.'),
  });
}

/** `Number` rather than the text: `01` names no version. */
export function* getVersion(root: string, name: string, version: string): Pieces<ModelVersion> {
  const dir = existingModelFolder(root, name);
  const reader = new FileReader(root);
  if (!/^[1-9]\d{0,14}$/.test(version)) throw noSuchVersion(name, version);
  const found = yield* readVersion(reader, dir, version, readAliases(reader, dir));
  if (!found) throw noSuchVersion(name, version);
  return found;
}

function brokenModel(name: string): UserError {
  return new UserError('invalid', l10n.t('The meta.yaml of the registered model "{0}" cannot be read.', name), {
    next: l10n.t('Repair it or restore it from a backup.'),
  });
}

/**
 * Changes a model's meta.yaml, with its time and its aliases as the files have them: MLflow bumps the time with each
 * change of a tag or an alias, too.
 */
export function* touchModel(
  reader: FileReader,
  dir: string,
  changes: Readonly<Record<string, MetaValue>> = {},
): Pieces<void> {
  if (!(yield* readMeta(reader, dir, 'name'))) throw brokenModel(path.basename(dir));
  const aliases = new Map(
    readAliases(reader, dir).map(({ alias, version }) => [alias, { text: version, plain: false }]),
  );
  yield* changeMeta(reader, dir, { last_updated_timestamp: Date.now(), ...changes, aliases });
}
