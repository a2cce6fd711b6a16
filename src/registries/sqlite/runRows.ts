import type { RunInfo, RunStatus } from '../../domain/run';
import { real } from './sql';

export interface RunRow {
  readonly id: string;
  readonly name: string | null;
  readonly experimentId: string;
  readonly userId: string | null;
  readonly status: string | null;
  readonly started: number | null;
  readonly ended: number | null;
  readonly artifactUri: string | null;
  readonly stage: string | null;
}

/** Runs of MLflow 1.29 and older have their name in a tag only. */
const runName =
  "coalesce(nullif(runs.name, ''), (SELECT value FROM tags WHERE tags.run_uuid = runs.run_uuid AND tags.key = 'mlflow.runName'))";

/** Where each attribute comes from. */
export const runAttributes: Readonly<Record<keyof RunRow, string>> = {
  id: 'runs.run_uuid',
  name: runName,
  experimentId: 'CAST(runs.experiment_id AS TEXT)',
  userId: 'runs.user_id',
  status: 'runs.status',
  started: real('runs.start_time'),
  ended: real('runs.end_time'),
  artifactUri: 'runs.artifact_uri',
  stage: 'runs.lifecycle_stage',
};

/** Values of `runAttributes`, in its order. */
export type RunValues = [
  id: string,
  name: string | null,
  experimentId: string,
  userId: string | null,
  status: string | null,
  started: number | null,
  ended: number | null,
  artifactUri: string | null,
  stage: string | null,
];

export const runSelection = Object.entries(runAttributes)
  .map(([name, expression]) => `${expression} AS ${name}`)
  .join(', ');

export function runInfo(row: RunRow): RunInfo {
  return {
    runId: row.id,
    runName: row.name ?? '',
    experimentId: row.experimentId,
    userId: row.userId ?? '',
    status: (row.status ?? 'RUNNING') as RunStatus,
    ...(row.started !== null && { startTime: row.started }),
    ...(row.ended !== null && { endTime: row.ended }),
    artifactUri: row.artifactUri ?? '',
    lifecycleStage: row.stage === 'deleted' ? 'deleted' : 'active',
  };
}
