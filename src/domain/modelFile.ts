import type { Signature } from './signature';

/** One way to load a model. */
export interface Flavor {
  readonly name: string;
  /** Of its library, where the file says. */
  readonly version?: string;
}

/** What the file `MLmodel` says of a model (mlflow.md §4); what it does not say is absent. */
export interface ModelFile {
  readonly flavors: readonly Flavor[];
  readonly signature?: Signature;
  readonly pythonVersion?: string;
  readonly mlflowVersion?: string;
  /** As written, in UTC. */
  readonly created?: string;
  /** Bytes. */
  readonly size?: number;
  readonly modelId?: string;
  readonly runId?: string;
  /** The input example: its file beside this one, and what it is (`dataframe`, `ndarray`, …). */
  readonly example?: { readonly path: string; readonly type: string };
}
