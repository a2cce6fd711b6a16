export type LifecycleStage = 'active' | 'deleted';
/** Which lifecycle stages a search returns. */
export type View = 'active' | 'deleted' | 'all';

/** A tag or param. Lists rather than objects, because keys are anything a script wrote (`__proto__` too). */
export interface KeyValue {
  readonly key: string;
  readonly value: string;
}

export interface Experiment {
  /** Never a number: 18 digits are common (mlflow.md trap 30). */
  readonly experimentId: string;
  readonly name: string;
  readonly artifactLocation: string;
  readonly lifecycleStage: LifecycleStage;
  /** ms since epoch. */
  readonly creationTime?: number;
  readonly lastUpdateTime?: number;
  readonly tags: readonly KeyValue[];
  /** Active runs; only where the store can tell for nothing. */
  readonly runCount?: number;
}

export function valueOf(pairs: readonly KeyValue[], key: string): string | undefined {
  return pairs.find((pair) => pair.key === key)?.value;
}
