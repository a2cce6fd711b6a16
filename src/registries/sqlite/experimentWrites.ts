import { existsSync } from 'node:fs';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as l10n from '@vscode/l10n';
import { UserError } from '../../domain/errors';
import type { Experiment } from '../../domain/experiment';
import { demand, whyNoExperimentName, whyNoTag } from '../../domain/limits';
import type { ExperimentStore, NewExperiment } from '../../domain/ports';
import { experimentIsActive, experimentIsDeleted, experimentIsGone, experimentNameTaken, noSuchTag } from '../refusals';
import { isInteger, sql } from './sql';
import type { SqliteStore } from './store';
import type { TableRows } from './tableRows';
import { writeRows } from './writing';

type Writes = Pick<ExperimentStore, 'create' | 'rename' | 'delete' | 'restore' | 'setTag' | 'deleteTag'>;

/** As MLflow's own SQL store changes experiments (sqlalchemy_store.py), each in one short transaction. */
export function sqliteExperimentWrites(
  store: SqliteStore,
  read: (experimentId: string, signal?: AbortSignal) => Promise<Experiment>,
): Writes {
  return {
    async create(query, signal) {
      const { name, artifactLocation, tags = [] } = query;
      demand(whyNoExperimentName(name), ...tags.map((tag) => whyNoTag(tag, 'experiment')));
      if (artifactLocation !== undefined) checkLocation(artifactLocation);
      const { file } = await store.open(signal);
      const insert = (rows: TableRows): string => insertExperiment(rows, query, path.dirname(file));
      return read(await writeRows(store, 'runs', insert, signal), signal);
    },

    async rename({ experimentId, name }, signal) {
      demand(whyNoExperimentName(name));
      const rename = (rows: TableRows): void => {
        const experiment_id = activeExperiment(rows, experimentId);
        const holder = rows.row('experiments', 'CAST(experiment_id AS TEXT) AS id, lifecycle_stage AS stage', { name });
        if (holder && holder['id'] !== String(experiment_id)) throw taken(name, holder['stage']);
        rows.update('experiments', { name, last_update_time: Date.now() }, { experiment_id });
      };
      await writeRows(store, 'runs', rename, signal);
    },

    async delete({ experimentId }, signal) {
      const remove = (rows: TableRows): void => {
        const { id, stage } = findExperiment(rows, experimentId);
        if (stage === 'deleted') throw experimentIsGone(experimentId);
        const now = Date.now();
        rows.update('experiments', { lifecycle_stage: 'deleted', last_update_time: now }, { experiment_id: id });
        removeAssessments(rows, { experiment_id: id });
        rows.update('runs', { lifecycle_stage: 'deleted', deleted_time: now }, { experiment_id: id });
      };
      await writeRows(store, 'runs', remove, signal);
    },

    async restore({ experimentId }, signal) {
      const restore = (rows: TableRows): void => {
        const { id, stage } = findExperiment(rows, experimentId);
        if (stage !== 'deleted') throw experimentIsActive(experimentId);
        rows.update('experiments', { lifecycle_stage: 'active', last_update_time: Date.now() }, { experiment_id: id });
        rows.update('runs', { lifecycle_stage: 'active', deleted_time: null }, { experiment_id: id });
      };
      await writeRows(store, 'runs', restore, signal);
    },

    async setTag({ experimentId, key, value }, signal) {
      demand(whyNoTag({ key, value }, 'experiment'));
      const set = (rows: TableRows): void =>
        rows.put('experiment_tags', { key, experiment_id: activeExperiment(rows, experimentId) }, { value });
      await writeRows(store, 'runs', set, signal);
    },

    async deleteTag({ experimentId, key }, signal) {
      const remove = (rows: TableRows): void => {
        const tag = { key, experiment_id: activeExperiment(rows, experimentId) };
        if (!rows.exists('experiment_tags', tag)) throw noSuchTag(key);
        rows.remove('experiment_tags', tag);
      };
      await writeRows(store, 'runs', remove, signal);
    },
  };
}

/** Deletes the assessments that the runs made, as MLflow from 3.13 does where it deletes a run (`_mark_run_deleted`). */
export function removeAssessments(
  rows: TableRows,
  key: { readonly experiment_id: bigint } | { readonly run_uuid: string },
): void {
  const isFrom313 = rows.schema.indexesOf('metrics').some(({ name }) => name === 'index_metrics_run_uuid_key_step');
  if (!isFrom313 || !rows.schema.has('assessments', 'assessment_metadata')) return;
  const [column, value] = 'run_uuid' in key ? ['run_uuid', key.run_uuid] : ['experiment_id', key.experiment_id];
  rows.run(
    sql(
      'DELETE FROM assessments WHERE CASE WHEN json_valid(assessment_metadata) ' +
        `THEN json_extract(assessment_metadata, '$."mlflow.assessment.sourceRunId"') END ` +
        `IN (SELECT run_uuid FROM runs WHERE ${column} = ?)`,
      value,
    ),
  );
}

function insertExperiment(rows: TableRows, { name, artifactLocation, tags = [] }: NewExperiment, dir: string): string {
  const holder = rows.row('experiments', 'lifecycle_stage AS stage', { name });
  if (holder) throw taken(name, holder['stage']);
  const now = Date.now();
  const times = { creation_time: now, last_update_time: now };
  const location = artifactLocation ?? null;
  rows.insert('experiments', { name, artifact_location: location, lifecycle_stage: 'active', ...times });
  const id = String(rows.first(sql('SELECT CAST(last_insert_rowid() AS TEXT) AS id'))?.['id']);
  const experiment_id = BigInt(id);
  // MLflow, too, knows the place only after the id.
  if (location === null) {
    const artifact_location = `${artifactRoot(rows, dir)}/${id}`;
    rows.update('experiments', { artifact_location }, { experiment_id });
  }
  for (const { key, value } of tags) rows.put('experiment_tags', { key, experiment_id }, { value });
  return id;
}

/**
 * Where this store's experiments keep their artifacts. The database does not say: it is what MLflow was started with, and
 * shows in the places that end with the experiment's own id. Where none is of use: `mlruns` beside the file.
 */
function artifactRoot(rows: TableRows, dir: string): string {
  const { workspace } = rows;
  const own = rootOfSiblings(rows, workspace);
  const shared = own === undefined && workspace !== 'default' ? rootOfSiblings(rows, 'default') : undefined;
  const root = own ?? (shared && `${shared}/workspaces/${workspace}`);
  const beside = path.join(dir, 'mlruns');
  // A root that is gone is one of another machine, from which the store was moved here.
  if (root !== undefined && !(path.isAbsolute(root) && isGone(root))) return root;
  return process.platform === 'win32' ? pathToFileURL(beside).href : beside;
}

function rootOfSiblings(rows: TableRows, workspace: string): string | undefined {
  const within = rows.schema.inWorkspace('experiments', workspace);
  const row = rows.first(
    sql(
      'SELECT substr(artifact_location, 1, length(artifact_location) - length(experiment_id) - 1) AS root FROM experiments ' +
        `WHERE artifact_location LIKE '%/' || experiment_id AND ${within.text} ORDER BY experiment_id DESC LIMIT 1`,
      ...within.values,
    ),
  );
  return typeof row?.['root'] === 'string' ? row['root'] : undefined;
}

/** MLflow makes the root with the first artifact only. */
function isGone(root: string): boolean {
  return !existsSync(root) && !existsSync(path.dirname(root));
}

function checkLocation(location: string): void {
  if (/^[a-z][a-z0-9+.-]*:/i.test(location) || path.isAbsolute(location)) return;
  throw new UserError('invalid', l10n.t('"{0}" is no place for artifacts.', location), {
    next: l10n.t('Use an absolute path, or a URI such as s3://bucket/folder.'),
  });
}

function taken(name: string, stage: unknown): UserError {
  return experimentNameTaken({ name, lifecycleStage: stage === 'deleted' ? 'deleted' : 'active' });
}

function activeExperiment(rows: TableRows, experimentId: string): bigint {
  const { id, stage } = findExperiment(rows, experimentId);
  if (stage === 'deleted') throw experimentIsDeleted(experimentId);
  return id;
}

function findExperiment(rows: TableRows, experimentId: string): { readonly id: bigint; readonly stage: unknown } {
  const id = isInteger(experimentId) ? BigInt(experimentId) : undefined;
  const isId = id !== undefined && BigInt.asIntN(64, id) === id;
  const row = isId ? rows.row('experiments', 'lifecycle_stage AS stage', { experiment_id: id }) : undefined;
  if (isId && row) return { id, stage: row['stage'] };
  throw new UserError('notFound', l10n.t('There is no experiment with the id {0} in this registry.', experimentId), {
    next: l10n.t('It may have been removed for good; refresh the view.'),
  });
}
