import * as l10n from '@vscode/l10n';
import { UserError } from '../../domain/errors';
import { isValidAlias, type ModelVersion, type RegisteredModel } from '../../domain/model';
import type { ModelStore, NewModelVersion } from '../../domain/ports';
import { findLoggedModel } from './loggedModels';
import { pythonJson } from './pythonJson';
import type { Session, SqliteStore } from './store';
import { TableRows } from './tableRows';
import { deletedStage, loggedModelOf, versionRow } from './versions';
import { whyReadOnly } from './writable';

type Writes = Pick<ModelStore, 'create' | 'createVersion' | 'setAlias' | 'deleteAlias'>;

/** Writes as MLflow's own SQL store makes them (mlflow.md §3.3), each in one short transaction. */
export function sqliteModelWrites(
  store: SqliteStore,
  readModel: (name: string, signal?: AbortSignal) => Promise<RegisteredModel>,
  readVersion: (name: string, version: string, signal?: AbortSignal) => Promise<ModelVersion>,
): Writes {
  const open = async (signal?: AbortSignal): Promise<Session> => {
    const session = await store.open(signal);
    const reason = whyReadOnly(session);
    if (reason === undefined) return session;
    throw new UserError('unsupported', reason, { next: l10n.t('Write through the MLflow that made it.') });
  };
  const write = <T>(session: Session, work: (table: TableRows) => T, signal?: AbortSignal): Promise<T> =>
    store.write((database) => work(new TableRows(database, session)), signal);
  return {
    async create({ name, description }, signal) {
      checkName(name);
      const session = await open(signal);
      await write(session, (table) => insertModel(table, name, description), signal);
      return readModel(name, signal);
    },

    async createVersion(version, signal) {
      const session = await open(signal);
      const origin = await originOf(session, version);
      const number = await write(session, (table) => insertVersion(table, version, origin), signal);
      return readVersion(version.name, String(number), signal);
    },

    async setAlias({ name, alias, version }, signal) {
      if (!isValidAlias(alias)) throw badAlias(alias);
      const session = await open(signal);
      await write(session, (table) => assignAlias(table, name, alias, version), signal);
    },

    async deleteAlias({ name, alias }, signal) {
      const session = await open(signal);
      const remove = (table: TableRows): void => {
        if (!table.exists('registered_models', { name })) throw noSuchModel(name);
        table.remove('registered_model_aliases', { name, alias });
      };
      await write(session, remove, signal);
    },
  };
}

function checkName(name: string): void {
  if (name.trim() !== '' && !/[/:]/.test(name)) return;
  throw new UserError('invalid', l10n.t('MLflow takes no registered model named "{0}".', name), {
    next: l10n.t('Use a name without "/" and ":".'),
  });
}

function insertModel(table: TableRows, name: string, description: string | undefined): void {
  if (table.exists('registered_models', { name })) {
    throw new UserError('conflict', l10n.t('A registered model named "{0}" is there already.', name), {
      next: l10n.t('Choose another name, or register a version of it.'),
    });
  }
  const now = Date.now();
  table.insert('registered_models', {
    name,
    creation_time: now,
    last_updated_time: now,
    description: description ?? null,
  });
}

/** What MLflow works out of a new version's source before it writes. */
interface Origin {
  /** Where the files lie. */
  readonly location: string;
  readonly runId: string | undefined;
  readonly modelId: string | undefined;
}

async function originOf(session: Session, { source, runId, modelId }: NewModelVersion): Promise<Origin> {
  const logged = modelId ?? loggedModelOf({ source, location: null });
  if (logged !== undefined) {
    const model = await findLoggedModel(session, logged);
    const isItself = loggedModelOf({ source, location: null }) === logged;
    return {
      location: isItself ? model.artifactLocation : source,
      runId: runId ?? (model.sourceRunId || undefined),
      modelId: logged,
    };
  }
  const [, name, version] = /^models:\/(.+)\/(\d+)$/.exec(source) ?? [];
  const copied = name && version ? await versionRow(session, name, version) : undefined;
  return { location: copied?.location ?? copied?.source ?? source, runId, modelId: undefined };
}

function insertVersion(table: TableRows, version: NewModelVersion, { location, runId, modelId }: Origin): number {
  const { name, source, description, tags = [] } = version;
  if (!table.exists('registered_models', { name })) throw noSuchModel(name);
  // Deleted versions keep their rows, so a number is never given twice.
  const number = table.largest('model_versions', 'version', { name }) + 1;
  const now = Date.now();
  table.insert('model_versions', {
    name,
    version: number,
    creation_time: now,
    last_updated_time: now,
    description: description ?? null,
    user_id: null,
    current_stage: 'None',
    source,
    storage_location: location,
    run_id: runId ?? null,
    run_link: null,
    status: 'READY',
    status_message: null,
  });
  // As in MLflow the last of equal keys wins.
  for (const [key, value] of new Map(tags.map((tag) => [tag.key, tag.value]))) {
    table.insert('model_version_tags', { name, version: number, key, value });
  }
  table.update('registered_models', { last_updated_time: now }, { name });
  if (modelId !== undefined) noteRegistration(table, modelId, name, number);
  return number;
}

/** MLflow lists a logged model's versions in a tag of it (mlflow.md §1.8). */
function noteRegistration(table: TableRows, modelId: string, name: string, version: number): void {
  const experiment = table.wholeNumber('logged_models', 'experiment_id', { model_id: modelId });
  if (experiment === undefined) return;
  const key = { model_id: modelId, tag_key: 'mlflow.modelVersions' };
  const before = listOf(table.value('logged_model_tags', 'tag_value', key));
  table.remove('logged_model_tags', key);
  table.insert('logged_model_tags', {
    ...key,
    experiment_id: experiment,
    tag_value: pythonJson([...before, { name, version }]),
  });
}

function listOf(text: unknown): unknown[] {
  try {
    const list: unknown = JSON.parse(typeof text === 'string' ? text : '[]');
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}

/** In the same transaction as the check that the version is there. */
function assignAlias(table: TableRows, name: string, alias: string, version: string): void {
  const number = Number(version);
  const stage = /^\d+$/.test(version)
    ? table.row('model_versions', 'current_stage', { name, version: number })
    : undefined;
  if (!stage || stage['current_stage'] === deletedStage) throw noSuchVersion(name, version);
  if (table.exists('registered_model_aliases', { name, alias })) {
    table.update('registered_model_aliases', { version: number }, { name, alias });
  } else {
    table.insert('registered_model_aliases', { name, alias, version: number });
  }
}

function badAlias(alias: string): UserError {
  return new UserError('invalid', l10n.t('MLflow takes no alias named "{0}".', alias), {
    next: l10n.t('Use letters, digits, "_" and "-", but neither "latest" nor a version such as "v3".'),
  });
}

function noSuchModel(name: string): UserError {
  return new UserError('notFound', l10n.t('There is no registered model "{0}".', name), {
    next: l10n.t('It may have been renamed or deleted: refresh the list.'),
  });
}

function noSuchVersion(name: string, version: string): UserError {
  return new UserError('notFound', l10n.t('"{0}" has no version {1}.', name, version), {
    next: l10n.t('It may have been deleted: refresh the list.'),
  });
}
