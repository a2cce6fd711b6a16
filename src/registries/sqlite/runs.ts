import * as l10n from '@vscode/l10n';
import type { DatasetInput } from '../../domain/dataset';
import { UserError } from '../../domain/errors';
import type { KeyValue } from '../../domain/experiment';
import type { Metric } from '../../domain/metric';
import type { RunStore } from '../../domain/ports';
import type { ModelOutput, Run } from '../../domain/run';
import { histories } from './histories';
import { KeptOrders } from './keptOrders';
import { runInfo, type RunRow, runSelection } from './runRows';
import { runsInWorkspace, searchRuns } from './runSearch';
import { sqliteRunWrites } from './runWrites';
import { metricValue, real, sql } from './sql';
import type { Session, SqliteStore } from './store';

export function sqliteRuns(store: SqliteStore): RunStore {
  const orders = new KeptOrders();
  return {
    ...sqliteRunWrites(store),
    search: async (query, signal) => searchRuns(await store.open(signal), orders, query),
    histories: async ({ runIds, key }, signal) => histories(await store.open(signal), runIds, key),
    async get({ runId }, signal): Promise<Run> {
      const session = await store.open(signal);
      const row = await runRow(session, runId);
      return {
        ...runInfo(row),
        metrics: await latestMetrics(session, runId),
        params: await keyValues(session, 'params', runId),
        tags: await keyValues(session, 'tags', runId),
        datasetInputs: await datasetInputs(session, runId),
        modelInputs: await modelInputs(session, runId),
        modelOutputs: await modelOutputs(session, runId),
      };
    },
  };
}

/** Throws UserError 'notFound' where there is no such run in the workspace. */
export async function runRow(session: Session, runId: string): Promise<RunRow> {
  const within = runsInWorkspace(session.schema, session.workspace);
  const [row] = await session.all<RunRow>(
    sql(`SELECT ${runSelection} FROM runs WHERE runs.run_uuid = ? AND ${within.text}`, runId, ...within.values),
  );
  if (row) return row;
  throw new UserError('notFound', l10n.t('There is no run with the id {0} in this registry.', runId), {
    next: l10n.t('It may have been removed for good; refresh the view.'),
  });
}

async function latestMetrics(session: Session, runId: string): Promise<readonly Metric[]> {
  const rows = await session.all<{
    key: string;
    value: number;
    is_nan: number;
    step: number;
    timestamp: number | null;
  }>(
    sql(
      `SELECT key, value, is_nan, ${real('step')} AS step, ${real('timestamp')} AS timestamp ` +
        'FROM latest_metrics WHERE run_uuid = ? ORDER BY key',
      runId,
    ),
  );
  return rows.map((row) => ({ key: row.key, value: metricValue(row), step: row.step, timestamp: row.timestamp ?? 0 }));
}

async function keyValues(session: Session, table: 'params' | 'tags', runId: string): Promise<readonly KeyValue[]> {
  const rows = await session.all<{ key: string; value: string | null }>(
    sql(`SELECT key, value FROM ${table} WHERE run_uuid = ? ORDER BY key`, runId),
  );
  return rows.map(({ key, value }) => ({ key, value: value ?? '' }));
}

interface DatasetRow {
  readonly input: string;
  readonly name: string;
  readonly digest: string;
  readonly sourceType: string;
  readonly source: string;
  readonly schema: string | null;
  readonly profile: string | null;
}

async function datasetInputs(session: Session, runId: string): Promise<readonly DatasetInput[]> {
  if (!session.schema.has('datasets') || !session.schema.has('inputs')) return [];
  const rows = await session.all<DatasetRow>(
    sql(
      'SELECT inputs.input_uuid AS input, datasets.name AS name, datasets.digest AS digest, ' +
        'datasets.dataset_source_type AS sourceType, datasets.dataset_source AS source, ' +
        'datasets.dataset_schema AS schema, datasets.dataset_profile AS profile ' +
        'FROM inputs JOIN datasets ON datasets.dataset_uuid = inputs.source_id ' +
        "WHERE inputs.destination_type = 'RUN' AND inputs.destination_id = ? ORDER BY inputs.rowid",
      runId,
    ),
  );
  const inputs: DatasetInput[] = [];
  for (const { input, schema, profile, ...dataset } of rows) {
    const tags = await session.all<KeyValue>(
      sql('SELECT name AS key, value FROM input_tags WHERE input_uuid = ? ORDER BY name', input),
    );
    inputs.push({
      dataset: { ...dataset, ...(schema !== null && { schema }), ...(profile !== null && { profile }) },
      tags: tags.map(({ key, value }) => ({ key, value })),
    });
  }
  return inputs;
}

async function modelInputs(session: Session, runId: string): Promise<readonly string[]> {
  if (!session.schema.has('inputs')) return [];
  const rows = await session.all<{ id: string }>(
    sql(
      "SELECT destination_id AS id FROM inputs WHERE source_type = 'RUN_INPUT' AND source_id = ? AND destination_type = 'MODEL_INPUT' ORDER BY rowid",
      runId,
    ),
  );
  return rows.map(({ id }) => id);
}

/** Outputs came with `inputs.step` (MLflow 3). */
async function modelOutputs(session: Session, runId: string): Promise<readonly ModelOutput[]> {
  if (!session.schema.has('inputs', 'step')) return [];
  const rows = await session.all<ModelOutput>(
    sql(
      `SELECT destination_id AS modelId, ${real('step')} AS step FROM inputs ` +
        "WHERE source_type = 'RUN_OUTPUT' AND source_id = ? AND destination_type = 'MODEL_OUTPUT' ORDER BY rowid",
      runId,
    ),
  );
  return rows.map(({ modelId, step }) => ({ modelId, step }));
}
