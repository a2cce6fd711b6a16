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

/** So much of a digest tells datasets apart; MLflow's own have no more. */
const shortDigest = 8;

/** What a run used as one text, equal for runs that used the same: `bees (a1b2c3d4), wasps (99aa00bb)`. */
export function datasetsText(datasets: readonly Pick<Dataset, 'name' | 'digest'>[]): string | undefined {
  const texts = datasets.map(({ name, digest }) =>
    digest === '' ? name : `${name} (${digest.slice(0, shortDigest)})`,
  );
  // One dataset may serve for training and for evaluation.
  return texts.length === 0 ? undefined : [...new Set(texts)].sort().join(', ');
}
