import * as l10n from '@vscode/l10n';
import { UserError } from '../../domain/errors';
import { demand, whyNoModelName, whyNoTag } from '../../domain/limits';
import { isValidAlias, type RegisteredModel } from '../../domain/model';
import type { ModelStore } from '../../domain/ports';
import { modelNameTaken } from '../refusals';
import { checkModel, checkVersion, hasModel, insertModel } from './modelRows';
import type { SqliteStore } from './store';
import type { TableRows } from './tableRows';

import { writeRows } from './writing';

type Writes = Pick<
  ModelStore,
  'create' | 'rename' | 'setDescription' | 'delete' | 'setTag' | 'deleteTag' | 'setAlias' | 'deleteAlias'
>;

/** As MLflow's own SQL store changes registered models (mlflow.md §3.3), each in one short transaction. */
export function sqliteModelWrites(
  store: SqliteStore,
  readModel: (name: string, signal?: AbortSignal) => Promise<RegisteredModel>,
): Writes {
  const write = (work: (rows: TableRows) => void, signal?: AbortSignal): Promise<void> =>
    writeRows(store, 'models', work, signal);
  return {
    async create({ name, description }, signal) {
      demand(whyNoModelName(name));
      await write((rows) => {
        if (hasModel(rows, name)) throw modelNameTaken(name);
        insertModel(rows, name, description);
      }, signal);
      return readModel(name, signal);
    },

    async rename({ name, newName }, signal) {
      demand(whyNoModelName(newName));
      await write((rows) => {
        checkModel(rows, name);
        if (newName !== name && hasModel(rows, newName)) throw modelNameTaken(newName);
        const last_updated_time = Date.now();
        // Its versions, tags and aliases follow by their foreign keys (trap 49).
        rows.update('registered_models', { name: newName, last_updated_time }, { name });
        rows.update('model_versions', { last_updated_time }, { name: newName });
      }, signal);
    },

    setDescription: ({ name, description }, signal) =>
      write((rows) => {
        checkModel(rows, name);
        rows.update('registered_models', { description, last_updated_time: Date.now() }, { name });
      }, signal),

    delete: ({ name }, signal) =>
      write((rows) => {
        checkModel(rows, name);
        // Children first: only aliases go with their model by themselves.
        for (const table of ['model_version_tags', 'model_versions', 'registered_model_tags']) {
          rows.remove(table, { name });
        }
        if (rows.schema.has('registered_model_aliases')) rows.remove('registered_model_aliases', { name });
        rows.remove('registered_models', { name });
      }, signal),

    async setTag({ name, key, value }, signal) {
      demand(whyNoTag({ key, value }, 'model'));
      await write((rows) => {
        checkModel(rows, name);
        rows.put('registered_model_tags', { key, name }, { value });
      }, signal);
    },

    deleteTag: ({ name, key }, signal) =>
      write((rows) => {
        checkModel(rows, name);
        rows.remove('registered_model_tags', { key, name });
      }, signal),

    async setAlias({ name, alias, version }, signal) {
      if (!isValidAlias(alias)) throw badAlias(alias);
      await write((rows) => {
        checkAliases(rows);
        const number = checkVersion(rows, { name, version });
        rows.put('registered_model_aliases', { name, alias }, { version: number });
      }, signal);
    },

    deleteAlias: ({ name, alias }, signal) =>
      write((rows) => {
        checkAliases(rows);
        checkModel(rows, name);
        rows.remove('registered_model_aliases', { name, alias });
      }, signal),
  };
}

/** They came with MLflow 2.3. */
function checkAliases(rows: TableRows): void {
  if (rows.schema.has('registered_model_aliases')) return;
  throw new UserError('unsupported', l10n.t('The MLflow that made this store has no aliases.'), {
    next: l10n.t('Run "mlflow db upgrade" on it to have them.'),
  });
}

function badAlias(alias: string): UserError {
  return new UserError('invalid', l10n.t('MLflow takes no alias named "{0}".', alias), {
    next: l10n.t('Use letters, digits, "_" and "-", but neither "latest" nor a version such as "v3".'),
  });
}
