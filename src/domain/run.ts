import type { DatasetInput } from './dataset';
import type { KeyValue, LifecycleStage } from './experiment';
import type { Metric } from './metric';

export const runStatuses = ['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'] as const;
export type RunStatus = (typeof runStatuses)[number];

/** It logs no more. */
export function hasEnded(status: RunStatus | undefined): boolean {
  return status !== 'RUNNING' && status !== 'SCHEDULED';
}

export interface RunInfo {
  readonly runId: string;
  readonly runName: string;
  readonly experimentId: string;
  readonly userId: string;
  readonly status: RunStatus;
  /** ms since epoch. */
  readonly startTime?: number;
  readonly endTime?: number;
  readonly artifactUri: string;
  readonly lifecycleStage: LifecycleStage;
}

export interface ModelOutput {
  readonly modelId: string;
  readonly step: number;
}

export interface Run extends RunInfo {
  /** Latest value of each. */
  readonly metrics: readonly Metric[];
  readonly params: readonly KeyValue[];
  readonly tags: readonly KeyValue[];
  readonly datasetInputs: readonly DatasetInput[];
  /** Ids of logged models that the run read. */
  readonly modelInputs: readonly string[];
  readonly modelOutputs: readonly ModelOutput[];
}

/** Latest values of one metric over the rows of a table; `values[i]` is NaN both where absent and where NaN was logged. */
export interface MetricColumn {
  readonly key: string;
  readonly values: Float64Array;
  /** Bit i (LSB first) is set where row i logged a real NaN. */
  readonly loggedNaN: Uint8Array;
}

/** A text column coded by a dictionary: row i holds `dictionary[codes[i]]`, or nothing where the code is -1. */
export interface TextColumn {
  readonly key: string;
  readonly codes: Int32Array;
  readonly dictionary: readonly string[];
}

/** Many runs as columns; every array has `length` rows. Times are ms since epoch, NaN where absent. */
export interface RunTable {
  readonly length: number;
  readonly runIds: readonly string[];
  readonly runNames: readonly string[];
  readonly experimentIds: readonly string[];
  readonly userIds: readonly string[];
  readonly artifactUris: readonly string[];
  /** Index into `runStatuses`. */
  readonly statuses: Uint8Array;
  /** 1 where deleted. */
  readonly deleted: Uint8Array;
  readonly startTimes: Float64Array;
  readonly endTimes: Float64Array;
  readonly metrics: readonly MetricColumn[];
  readonly params: readonly TextColumn[];
  readonly tags: readonly TextColumn[];
  /** As `datasetsText`; only where they came with the runs. */
  readonly datasets?: TextColumn;
}

export const parentRunTag = 'mlflow.parentRunId';
/** Kept equal to the run's name by whoever writes either. */
export const runNameTag = 'mlflow.runName';
export const noteTag = 'mlflow.note.content';
