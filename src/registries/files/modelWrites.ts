import * as fs from 'node:fs';
import * as path from 'node:path';
import * as l10n from '@vscode/l10n';
import { UserError } from '../../domain/errors';
import { demand, whyNoModelName, whyNoTag } from '../../domain/limits';
import { isValidAlias } from '../../domain/model';
import type { ModelStore } from '../../domain/ports';
import { modelNameTaken } from '../refusals';
import { removeEntry, writeEntry } from './entryFiles';
import type { FileReader } from './fileReader';
import type { FileStore } from './fileStore';
import { makeHidden, moveNew, removeWhole } from './hiddenFolder';
import { changeMeta, replaceFile, writeMeta } from './metaWriter';
import {
  existingModelFolder,
  getModel,
  getVersion,
  newModelFolder,
  readAliases,
  soundModelFolder,
  touchModel,
  versionNumbers,
} from './modelFolder';
import type { Pieces } from './pieces';
import { modelsName } from './storeRoot';

type Writes = Pick<
  ModelStore,
  'create' | 'rename' | 'setDescription' | 'delete' | 'setTag' | 'deleteTag' | 'setAlias' | 'deleteAlias'
>;

/** As MLflow's own file store changes registered models, but never half-written for who reads meanwhile. */
export function fileModelWrites(store: FileStore): Writes {
  return {
    async create({ name, description }, signal) {
      demand(whyNoModelName(name));
      return store.write(function* () {
        if (!makeModel(store.root, name, description)) throw modelNameTaken(name);
        return yield* getModel(store.root, name);
      }, signal);
    },

    async rename({ name, newName }, signal) {
      demand(whyNoModelName(newName));
      await store.write((reader) => renameModel(reader, store.root, name, newName), signal);
    },

    setDescription: ({ name, description }, signal) =>
      store.write((reader) => touchModel(reader, existingModelFolder(store.root, name), { description }), signal),

    delete: ({ name }, signal) =>
      store.write(function* () {
        removeWhole(store.root, existingModelFolder(store.root, name));
        yield undefined;
      }, signal),

    async setTag({ name, key, value }, signal) {
      demand(whyNoTag({ key, value }, 'model'));
      await store.write(function* (reader) {
        const dir = yield* soundModelFolder(store.root, name);
        writeEntry(dir, 'tags', key, value);
        yield* touchModel(reader, dir);
      }, signal);
    },

    deleteTag: ({ name, key }, signal) =>
      store.write(function* (reader) {
        const dir = yield* soundModelFolder(store.root, name);
        if (removeEntry(reader, dir, 'tags', key)) yield* touchModel(reader, dir);
      }, signal),

    async setAlias({ name, alias, version }, signal) {
      if (!isValidAlias(alias)) throw badAlias(alias);
      await store.write(function* (reader) {
        const dir = yield* soundModelFolder(store.root, name);
        yield* getVersion(store.root, name, version);
        fs.mkdirSync(path.join(dir, 'aliases'), { recursive: true });
        replaceFile(dir, path.join(dir, 'aliases', alias), version);
        yield* touchModel(reader, dir);
      }, signal);
    },

    deleteAlias: ({ name, alias }, signal) =>
      store.write(function* (reader) {
        const dir = yield* soundModelFolder(store.root, name);
        // Only what is listed is removed, so no name can lead elsewhere.
        if (!readAliases(reader, dir).some((assignment) => assignment.alias === alias)) return;
        fs.rmSync(path.join(dir, 'aliases', alias), { force: true });
        yield* touchModel(reader, dir);
      }, signal),
  };
}

/** False where there is a model or a prompt of the name. */
export function makeModel(root: string, name: string, description?: string): boolean {
  const dir = newModelFolder(root, name);
  fs.mkdirSync(path.join(root, modelsName), { recursive: true });
  const now = Date.now();
  const hidden = makeHidden(root);
  try {
    writeMeta(hidden, {
      aliases: new Map(),
      creation_timestamp: now,
      deployment_job_id: null,
      deployment_job_state: null,
      description: description ?? null,
      last_updated_timestamp: now,
      name,
      workspace: 'default',
    });
    return moveNew(hidden, dir);
  } finally {
    fs.rmSync(hidden, { recursive: true, force: true });
  }
}

/** MLflow copies the versions into a new folder and loses tags and aliases (mlflow.md §2.2): the folder moves whole. */
function* renameModel(reader: FileReader, root: string, name: string, newName: string): Pieces<void> {
  const dir = yield* soundModelFolder(root, name);
  if (newName === name) return;
  const target = newModelFolder(root, newName);
  if (!moveNew(dir, target)) throw modelNameTaken(newName);
  yield* touchModel(reader, target, { name: newName });
  for (const version of versionNumbers(target)) {
    const changes = { name: newName, last_updated_timestamp: Date.now() };
    yield* changeMeta(reader, path.join(target, `version-${version}`), changes);
    yield undefined;
  }
}

function badAlias(alias: string): UserError {
  return new UserError('invalid', l10n.t('"{0}" cannot be an alias.', alias), {
    next: l10n.t('Use letters, digits, "_" and "-"; not "latest", and not like "v1".'),
  });
}
