import { demand, whyNoModelName, whyNoTag } from '../../domain/limits';
import type { ModelVersion } from '../../domain/model';
import type { ModelStore, NewModelVersion, VersionName } from '../../domain/ports';
import { cannotArchive } from '../refusals';
import { findLoggedModel } from './loggedModels';
import { checkModel, checkVersion, hasModel, insertModel } from './modelRows';
import { pythonJson } from './pythonJson';
import type { Session, SqliteStore } from './store';
import type { TableRows } from './tableRows';
import { deletedStage, loggedModelOf, versionRow } from './versions';
import { writeRows } from './writing';

type Writes = Pick<
  ModelStore,
  'createVersion' | 'setVersionDescription' | 'deleteVersion' | 'setStage' | 'setVersionTag' | 'deleteVersionTag'
>;

/** As MLflow's own SQL store changes model versions (mlflow.md §3.3), each in one short transaction. */
export function sqliteVersionWrites(
  store: SqliteStore,
  readVersion: (name: string, version: string, signal?: AbortSignal) => Promise<ModelVersion>,
): Writes {
  const write = <T>(work: (rows: TableRows) => T, signal?: AbortSignal): Promise<T> =>
    writeRows(store, 'models', work, signal);
  return {
    async createVersion(version, signal) {
      demand(...(version.tags ?? []).map((tag) => whyNoTag(tag, 'model')));
      if (version.newModel) demand(whyNoModelName(version.name));
      const origin = await originOf(await store.open(signal), version);
      const number = await write((rows) => insertVersion(rows, version, origin), signal);
      return readVersion(version.name, String(number), signal);
    },

    setVersionDescription: (query, signal) =>
      write((rows) => {
        const key = { name: query.name, version: checkVersion(rows, query) };
        rows.update('model_versions', { description: query.description, last_updated_time: Date.now() }, key);
      }, signal),

    deleteVersion: (query, signal) => write((rows) => removeVersion(rows, query), signal),

    setStage: (query, signal) => {
      const { name, stage, archiveExisting } = query;
      return write((rows) => {
        if (archiveExisting && stage !== 'Staging' && stage !== 'Production') throw cannotArchive(stage);
        const version = checkVersion(rows, query);
        const last_updated_time = Date.now();
        const archived = { current_stage: 'Archived', last_updated_time };
        if (archiveExisting) rows.update('model_versions', archived, { name, current_stage: stage });
        rows.update('model_versions', { current_stage: stage, last_updated_time }, { name, version });
        rows.update('registered_models', { last_updated_time }, { name });
      }, signal);
    },

    async setVersionTag(query, signal) {
      const { name, key, value } = query;
      demand(whyNoTag({ key, value }, 'model'));
      const set = (rows: TableRows): void =>
        rows.put('model_version_tags', { key, name, version: checkVersion(rows, query) }, { value });
      await write(set, signal);
    },

    deleteVersionTag: (query, signal) =>
      write((rows) => {
        const { name, key } = query;
        rows.remove('model_version_tags', { key, name, version: checkVersion(rows, query) });
      }, signal),
  };
}

/** The row stays, so that its number is never given twice; what it says is blotted out, as MLflow does. */
function removeVersion(rows: TableRows, query: VersionName): void {
  const key = { name: query.name, version: checkVersion(rows, query) };
  const last_updated_time = Date.now();
  if (rows.schema.has('registered_model_aliases')) rows.remove('registered_model_aliases', key);
  const redacted = {
    current_stage: deletedStage,
    last_updated_time,
    description: null,
    user_id: null,
    source: 'REDACTED-SOURCE-PATH',
    run_id: 'REDACTED-RUN-ID',
    run_link: 'REDACTED-RUN-LINK',
    status_message: null,
  };
  rows.update('model_versions', redacted, key);
  rows.update('registered_models', { last_updated_time }, { name: query.name });
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

function insertVersion(rows: TableRows, version: NewModelVersion, { location, runId, modelId }: Origin): number {
  const { name, source, description, tags = [], newModel = false } = version;
  if (newModel && !hasModel(rows, name)) insertModel(rows, name);
  checkModel(rows, name);
  // Deleted versions keep their rows, so a number is never given twice.
  const number = rows.largest('model_versions', 'version', { name }) + 1;
  const now = Date.now();
  rows.insert('model_versions', {
    name,
    version: number,
    creation_time: now,
    last_updated_time: now,
    description: description ?? null,
    user_id: null,
    current_stage: 'None',
    source,
    ...(rows.schema.has('model_versions', 'storage_location') && { storage_location: location }),
    run_id: runId ?? null,
    run_link: null,
    status: 'READY',
    status_message: null,
  });
  // As in MLflow the last of equal keys wins.
  for (const { key, value } of tags) rows.put('model_version_tags', { key, name, version: number }, { value });
  rows.update('registered_models', { last_updated_time: now }, { name });
  if (modelId !== undefined) noteRegistration(rows, modelId, name, number);
  return number;
}

/** MLflow lists a logged model's versions in a tag of it (mlflow.md §1.8). */
function noteRegistration(rows: TableRows, modelId: string, name: string, version: number): void {
  const experiment = rows.wholeNumber('logged_models', 'experiment_id', { model_id: modelId });
  if (experiment === undefined) return;
  const key = { model_id: modelId, tag_key: 'mlflow.modelVersions' };
  const before = listOf(rows.value('logged_model_tags', 'tag_value', key));
  const tag_value = pythonJson([...before, { name, version }]);
  rows.put('logged_model_tags', key, { experiment_id: experiment, tag_value });
}

function listOf(text: unknown): unknown[] {
  try {
    const list: unknown = JSON.parse(typeof text === 'string' ? text : '[]');
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}
