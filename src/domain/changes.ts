import type { ArtifactRoot } from './artifact';

/** What of one registry is on the screen; all of it by MLflow's own ids. */
export interface Shown {
  /** Experiments that stand in a list, expanded or not. */
  readonly experimentIds: readonly string[];
  readonly runs: readonly { readonly experimentId: string; readonly runId: string }[];
  /** Registered models that stand in a list. */
  readonly models: readonly string[];
  /** Those of them whose versions are shown. */
  readonly expandedModels: readonly string[];
  /** Experiments whose logged models are shown. */
  readonly loggedModelsOf?: readonly string[];
  readonly folders: readonly { readonly root: ArtifactRoot; readonly path: string }[];
}

/** How a store tells cheaply that it was written, by whomever. */
export interface ChangeStore {
  /**
   * A stamp of what is shown, to be compared for equality: while it is the same, a reading would give the same. Undefined
   * where only reading tells: a server moves aliases without touching any time (mlflow.md §1.9).
   */
  stamp(query: Shown, signal?: AbortSignal): Promise<string | undefined>;
}
