import * as l10n from '@vscode/l10n';
import { UserError } from '../../domain/errors';
import type { KeyValue } from '../../domain/experiment';
import { demand, whyNoBatch, whyNoRunName, whyNoTag } from '../../domain/limits';
import type { Metric } from '../../domain/metric';
import type { RunBatch, RunStore, RunUpdate } from '../../domain/ports';
import { runNameTag } from '../../domain/run';
import { experimentIsDeleted, noSuchTag, paramIsFixed, runIsDeleted } from '../refusals';
import { removeAssessments } from './experimentWrites';
import { runsInWorkspace } from './runSearch';
import { clampedValue, sql } from './sql';
import type { SqliteStore } from './store';
import type { TableRows } from './tableRows';
import { writeRows } from './writing';

type Writes = Pick<RunStore, 'update' | 'delete' | 'restore' | 'setTag' | 'deleteTag' | 'log'>;

/** As MLflow's own SQL store changes runs (sqlalchemy_store.py), each in one short transaction. */
export function sqliteRunWrites(store: SqliteStore): Writes {
  const write = (work: (rows: TableRows) => void, signal?: AbortSignal): Promise<void> =>
    writeRows(store, 'runs', work, signal);
  return {
    async update(query, signal) {
      if (query.name !== undefined) demand(whyNoRunName(query.name));
      await write((rows) => updateRun(rows, query), signal);
    },

    delete: ({ runId }, signal) =>
      write((rows) => {
        findRun(rows, runId);
        removeAssessments(rows, { run_uuid: runId });
        rows.update('runs', { lifecycle_stage: 'deleted', deleted_time: Date.now() }, { run_uuid: runId });
      }, signal),

    restore: ({ runId }, signal) =>
      write((rows) => {
        const { experimentId, experimentStage } = findRun(rows, runId);
        if (experimentStage === 'deleted') throw experimentIsDeleted(experimentId);
        rows.update('runs', { lifecycle_stage: 'active', deleted_time: null }, { run_uuid: runId });
      }, signal),

    async setTag({ runId, key, value }, signal) {
      demand(key === runNameTag ? whyNoRunName(value) : whyNoTag({ key, value }, 'run'));
      await write((rows) => {
        checkActive(rows, runId);
        setTag(rows, runId, { key, value });
      }, signal);
    },

    deleteTag: ({ runId, key }, signal) =>
      write((rows) => {
        checkActive(rows, runId);
        if (!rows.exists('tags', { run_uuid: runId, key })) throw noSuchTag(key);
        rows.remove('tags', { run_uuid: runId, key });
      }, signal),

    async log(batch, signal) {
      demand(whyNoBatch(batch));
      await write((rows) => logBatch(rows, batch), signal);
    },
  };
}

function updateRun(rows: TableRows, { runId, name, status, endTime }: RunUpdate): void {
  checkActive(rows, runId);
  const changes = { ...(status && { status }), ...(endTime !== undefined && { end_time: endTime }) };
  if (Object.keys(changes).length > 0) rows.update('runs', changes, { run_uuid: runId });
  if (name !== undefined) setTag(rows, runId, { key: runNameTag, value: name });
}

function setTag(rows: TableRows, runId: string, { key, value }: KeyValue): void {
  rows.put('tags', { key, run_uuid: runId }, { value });
  if (key === runNameTag) rows.update('runs', { name: value }, { run_uuid: runId });
}

function logBatch(rows: TableRows, { runId, metrics, params, tags }: RunBatch): void {
  checkActive(rows, runId);
  for (const { key, value } of params) {
    const before = rows.row('params', 'value', { key, run_uuid: runId });
    if (before === undefined) rows.insert('params', { key, value, run_uuid: runId });
    else if (before['value'] !== value) throw paramIsFixed({ key, value: String(before['value']) });
  }
  for (const metric of metrics) logMetric(rows, runId, metric);
  for (const tag of tags) setTag(rows, runId, tag);
}

/** Greatest by step, then time, then value (trap 46); NaN counts as the 0 that stands for it, as in MLflow. */
const whereLater =
  'ON CONFLICT (key, run_uuid) DO UPDATE SET value = excluded.value, timestamp = excluded.timestamp, ' +
  'step = excluded.step, is_nan = excluded.is_nan WHERE (excluded.step, excluded.timestamp, excluded.value) > ' +
  '(latest_metrics.step, coalesce(latest_metrics.timestamp, -1), latest_metrics.value)';

function logMetric(rows: TableRows, runId: string, { key, value, timestamp, step }: Metric): void {
  const point = { key, timestamp, step, run_uuid: runId, ...clampedValue(value) };
  // MLflow keeps one of equal points.
  rows.insert('metrics', point, 'ON CONFLICT DO NOTHING');
  rows.insert('latest_metrics', point, whereLater);
}

interface FoundRun {
  readonly stage: string;
  readonly experimentId: string;
  readonly experimentStage: string;
}

function checkActive(rows: TableRows, runId: string): void {
  const { stage, experimentId, experimentStage } = findRun(rows, runId);
  if (experimentStage === 'deleted') throw experimentIsDeleted(experimentId);
  if (stage === 'deleted') throw runIsDeleted(runId);
}

function findRun(rows: TableRows, runId: string): FoundRun {
  const within = runsInWorkspace(rows.schema, rows.workspace);
  const row = rows.first(
    sql(
      'SELECT runs.lifecycle_stage AS stage, CAST(runs.experiment_id AS TEXT) AS experimentId, ' +
        'experiments.lifecycle_stage AS experimentStage FROM runs LEFT JOIN experiments USING (experiment_id) ' +
        `WHERE runs.run_uuid = ? AND ${within.text}`,
      runId,
      ...within.values,
    ),
  );
  if (row) return row as unknown as FoundRun;
  throw new UserError('notFound', l10n.t('There is no run with the id {0} in this registry.', runId), {
    next: l10n.t('It may have been removed for good; refresh the view.'),
  });
}
