import * as l10n from '@vscode/l10n';
import { UserError } from '../../domain/errors';
import type { KeyValue } from '../../domain/experiment';
import type { LoggedModel, LoggedModelMetric, LoggedModelStatus } from '../../domain/model';
import type { LoggedModelStore } from '../../domain/ports';
import { Keyset } from './keyset';
import { metricValue, real, sql, type Sql } from './sql';
import type { Session, SqliteStore } from './store';

interface LoggedModelRow {
  readonly modelId: string;
  readonly experimentId: string;
  readonly name: string;
  readonly modelType: string | null;
  readonly sourceRunId: string | null;
  readonly artifactLocation: string;
  readonly status: number;
  readonly creationTime: number;
  readonly lastUpdatedTime: number;
}

interface MetricRow {
  readonly key: string;
  readonly value: number | null;
  readonly timestamp: number;
  readonly step: number;
  readonly datasetName: string | null;
  readonly datasetDigest: string | null;
}

const columns =
  'model_id AS modelId, CAST(experiment_id AS TEXT) AS experimentId, name, model_type AS modelType, ' +
  'source_run_id AS sourceRunId, artifact_location AS artifactLocation, status, ' +
  `${real('creation_timestamp_ms')} AS creationTime, ${real('last_updated_timestamp_ms')} AS lastUpdatedTime`;
const selection = `SELECT ${columns} FROM logged_models`;

const newestFirst = new Keyset([{ expression: 'creation_timestamp_ms', descending: true }, { expression: 'model_id' }]);

/** MLflow's LoggedModelStatus numbers (mlflow.md Appendix B). */
const statuses: readonly LoggedModelStatus[] = ['PENDING', 'PENDING', 'READY', 'FAILED'];

export function sqliteLoggedModels(store: SqliteStore): LoggedModelStore {
  return {
    async search({ experimentId, maxResults, pageToken }, signal) {
      const session = await store.open(signal);
      if (!session.schema.has('logged_models')) return { items: [] };
      const where = sql("experiment_id = ? AND lifecycle_stage = 'active'", experimentId);
      const statement = newestFirst.page(sql(columns), 'logged_models', where, maxResults, pageToken);
      const rows = await session.all<LoggedModelRow>(statement);
      return newestFirst.toPage(rows, maxResults, await withParts(session, rows.slice(0, maxResults)));
    },
    async ofRun({ runId }, signal) {
      const session = await store.open(signal);
      return read(
        session,
        sql(
          `${selection} WHERE source_run_id = ? AND lifecycle_stage = 'active' ORDER BY creation_timestamp_ms DESC, model_id`,
          runId,
        ),
      );
    },
    async get({ modelId }, signal) {
      return findLoggedModel(await store.open(signal), modelId);
    },
  };
}

/** Throws UserError 'notFound' where there is no such logged model. */
export async function findLoggedModel(session: Session, modelId: string): Promise<LoggedModel> {
  const [model] = await read(session, sql(`${selection} WHERE model_id = ? AND lifecycle_stage = 'active'`, modelId));
  if (model) return model;
  throw new UserError('notFound', l10n.t('There is no logged model {0}.', modelId), {
    next: l10n.t('It may have been removed: refresh the list.'),
  });
}

/** Empty on a store from before MLflow 3. */
async function read(session: Session, statement: Sql): Promise<LoggedModel[]> {
  if (!session.schema.has('logged_models')) return [];
  return withParts(session, await session.all<LoggedModelRow>(statement));
}

async function withParts(session: Session, rows: readonly LoggedModelRow[]): Promise<LoggedModel[]> {
  const models: LoggedModel[] = [];
  for (const row of rows) {
    models.push({
      modelId: row.modelId,
      experimentId: row.experimentId,
      name: row.name,
      modelType: row.modelType ?? '',
      sourceRunId: row.sourceRunId ?? '',
      artifactLocation: row.artifactLocation,
      status: statuses[row.status] ?? 'PENDING',
      creationTime: row.creationTime,
      lastUpdatedTime: row.lastUpdatedTime,
      tags: await pairs(session, 'logged_model_tags', 'tag', row.modelId),
      params: await pairs(session, 'logged_model_params', 'param', row.modelId),
      metrics: await points(session, row.modelId),
    });
  }
  return models;
}

async function pairs(session: Session, table: string, prefix: string, modelId: string): Promise<KeyValue[]> {
  const rows = await session.all<KeyValue>(
    sql(
      `SELECT ${prefix}_key AS key, ${prefix}_value AS value FROM ${table} WHERE model_id = ? ORDER BY ${prefix}_key`,
      modelId,
    ),
  );
  return rows.map(({ key, value }) => ({ key, value }));
}

async function points(session: Session, modelId: string): Promise<LoggedModelMetric[]> {
  const rows = await session.all<MetricRow>(
    sql(
      `SELECT metric_name AS key, metric_value AS value, ${real('metric_timestamp_ms')} AS timestamp, ${real('metric_step')} AS step, ` +
        'dataset_name AS datasetName, dataset_digest AS datasetDigest ' +
        'FROM logged_model_metrics WHERE model_id = ? ORDER BY metric_name, metric_step, metric_timestamp_ms',
      modelId,
    ),
  );
  return rows.map(({ key, value, timestamp, step, datasetName, datasetDigest }) => ({
    key,
    value: metricValue({ value, is_nan: 0 }),
    timestamp,
    step,
    ...(datasetName !== null && { datasetName }),
    ...(datasetDigest !== null && { datasetDigest }),
  }));
}
