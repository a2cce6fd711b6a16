import type { KeyValue } from './experiment';

export interface Dataset {
  readonly name: string;
  readonly digest: string;
  readonly sourceType: string;
  readonly source: string;
  readonly schema?: string;
  readonly profile?: string;
}

/** A dataset as a run used it; the tag `mlflow.data.context` says for what. */
export interface DatasetInput {
  readonly dataset: Dataset;
  readonly tags: readonly KeyValue[];
}
