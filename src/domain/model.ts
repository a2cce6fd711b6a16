import type { KeyValue } from './experiment';
import { latestOfEach, type Metric } from './metric';

export interface AliasAssignment {
  readonly alias: string;
  /** Version numbers are strings everywhere, as in MLflow's REST. */
  readonly version: string;
}

export interface RegisteredModel {
  readonly name: string;
  readonly description: string;
  readonly creationTime?: number;
  readonly lastUpdatedTime?: number;
  readonly tags: readonly KeyValue[];
  readonly aliases: readonly AliasAssignment[];
}

/** MLflow's legacy stages of a version (deprecated since 2.9, still there in 3.x). */
export const stages = ['None', 'Staging', 'Production', 'Archived'] as const;
export type Stage = (typeof stages)[number];

export type VersionStatus = 'PENDING_REGISTRATION' | 'FAILED_REGISTRATION' | 'READY';

export interface ModelVersion {
  readonly name: string;
  readonly version: string;
  /** Empty where the version came from no run. */
  readonly runId: string;
  readonly source: string;
  /** Logged model (3.x) that it was made from. */
  readonly modelId?: string;
  readonly status: VersionStatus;
  readonly statusMessage?: string;
  /** Legacy stage; `None` where unset. */
  readonly stage: string;
  readonly description: string;
  readonly creationTime?: number;
  readonly lastUpdatedTime?: number;
  readonly userId?: string;
  /** Joined from the model, never from a version search (mlflow.md trap 10). */
  readonly aliases: readonly string[];
  readonly tags: readonly KeyValue[];
}

export type LoggedModelStatus = 'PENDING' | 'READY' | 'FAILED';

/** A point of a logged model's metric, on a dataset where it was logged with one. */
export interface LoggedModelMetric extends Metric {
  readonly datasetName?: string;
  readonly datasetDigest?: string;
}

/** A model logged by a run in MLflow 3 (`m-…`); lives outside the run's artifact folder. */
export interface LoggedModel {
  readonly modelId: string;
  readonly experimentId: string;
  readonly name: string;
  readonly modelType: string;
  readonly sourceRunId: string;
  readonly artifactLocation: string;
  readonly status: LoggedModelStatus;
  readonly creationTime: number;
  readonly lastUpdatedTime: number;
  readonly tags: readonly KeyValue[];
  readonly params: readonly KeyValue[];
  /** As MLflow has them: every point on SQL stores, the latest of each metric on each dataset in files. */
  readonly metrics: readonly LoggedModelMetric[];
}

/** The latest point of each metric on each dataset, in the order in which they first come. */
export function latestMetricsOf({ metrics }: LoggedModel): readonly LoggedModelMetric[] {
  return latestOfEach(metrics, ({ key, datasetName, datasetDigest }) =>
    JSON.stringify([key, datasetName, datasetDigest]),
  );
}

/** Registered models with this tag are prompts and stay out of model lists (mlflow.md §1.9). */
export const promptTag = 'mlflow.prompt.is_prompt';

/** Newest first. */
export function byVersionDescending(a: { readonly version: string }, b: { readonly version: string }): number {
  return Number(b.version) - Number(a.version);
}

/** MLflow's rule for an alias name (mlflow.md §1.9): word characters and dashes, not `latest`, not like `v1`. */
export function isValidAlias(alias: string): boolean {
  return /^[\p{L}\p{N}_-]{1,255}$/u.test(alias) && !/^latest$/i.test(alias) && !/^v\d+$/i.test(alias);
}
