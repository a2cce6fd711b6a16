import type { Artifact, ArtifactBytes, ArtifactLocation, ArtifactRoot, ArtifactStream } from './artifact';
import type { ChangeStore } from './changes';
import type { Connection } from './connection';
import type { Experiment, KeyValue, View } from './experiment';
import type { ColumnQuery, Frame, FrameColumn, FrameQuery } from './frame';
import type { Metric, MetricHistory } from './metric';
import type { LoggedModel, ModelVersion, RegisteredModel, Stage } from './model';
import type { Run, RunStatus, RunTable } from './run';
import type { WorkCount } from './workCount';

/*
 * What the outside implements. Every method of a store takes one plain value and an AbortSignal, so that the same
 * call can cross to a worker; a failure is a UserError; an aborted call rejects at once.
 */

export interface Page<T> {
  readonly items: readonly T[];
  /** Opaque; give it back unchanged. Absent on the last page. */
  readonly nextPageToken?: string;
  /** What the list lacks and why, as a sentence: things that nobody lets us read. */
  readonly note?: string;
  /** One line for the face: the filter goes beyond MLflow's grammar and was evaluated by Ringside. */
  readonly beyond?: string;
}

export interface PageRequest {
  readonly maxResults: number;
  readonly pageToken?: string;
}

/** Filter and order are MLflow's own strings (mlflow.md §1.15) on every backend; a filter may go beyond them (`search.ts`). */
export interface SearchRequest extends PageRequest {
  readonly filter?: string;
  readonly orderBy?: readonly string[];
}

export interface ExperimentStore {
  /** Default order: newest created first. */
  search(query: SearchRequest & { readonly view: View }, signal?: AbortSignal): Promise<Page<Experiment>>;
  get(query: { readonly experimentId: string }, signal?: AbortSignal): Promise<Experiment>;
  /** Whether the experiment holds traces; asked only where it holds no runs. */
  holdsTraces(query: { readonly experimentId: string }, signal?: AbortSignal): Promise<boolean>;
  /** A name that a deleted experiment bears is taken too. */
  create(query: NewExperiment, signal?: AbortSignal): Promise<Experiment>;
  rename(query: { readonly experimentId: string; readonly name: string }, signal?: AbortSignal): Promise<void>;
  /** Marks the experiment and its runs as deleted; nothing is removed. */
  delete(query: ManyRuns, signal?: AbortSignal): Promise<void>;
  /** Also restores runs that were deleted one by one before, as MLflow does (mlflow.md §1.4). */
  restore(query: ManyRuns, signal?: AbortSignal): Promise<void>;
  setTag(query: { readonly experimentId: string } & KeyValue, signal?: AbortSignal): Promise<void>;
  /** A tag that is not there is `notFound`; servers of older MLflow (3.1 and before) cannot (`unsupported`). */
  deleteTag(query: { readonly experimentId: string; readonly key: string }, signal?: AbortSignal): Promise<void>;
}

/** All runs of an experiment; stores that write each of them count them there. */
export interface ManyRuns {
  readonly experimentId: string;
  readonly count?: WorkCount;
}

export interface NewExperiment {
  readonly name: string;
  /** The store's own choice where absent. */
  readonly artifactLocation?: string;
  readonly tags?: readonly KeyValue[];
}

export interface RunQuery extends SearchRequest {
  readonly experimentIds: readonly string[];
  readonly view: View;
  /**
   * What the store read before of runs that ended is good enough: it looks at their files behind the answer, and where
   * they are not so any more its stamp moves.
   */
  readonly fromMemory?: boolean;
}

export interface RunPage {
  readonly table: RunTable;
  readonly nextPageToken?: string;
  /** As in `Page`. */
  readonly note?: string;
  readonly beyond?: string;
}

export interface RunStore {
  /** Default order: start time descending, then run id. NaN and missing values last in either direction. */
  search(query: RunQuery, signal?: AbortSignal): Promise<RunPage>;
  get(query: { readonly runId: string }, signal?: AbortSignal): Promise<Run>;
  /** All points of one metric of each run, in the order of `runIds`; a run without it gives an empty history. */
  histories(
    query: { readonly runIds: readonly string[]; readonly key: string },
    signal?: AbortSignal,
  ): Promise<readonly MetricHistory[]>;
  /** Name, status or end; what is absent stays. A name is also written as the tag `mlflow.runName`. */
  update(query: RunUpdate, signal?: AbortSignal): Promise<void>;
  /** Marks the run as deleted; nothing is removed. */
  delete(query: { readonly runId: string }, signal?: AbortSignal): Promise<void>;
  restore(query: { readonly runId: string }, signal?: AbortSignal): Promise<void>;
  /** The tag `mlflow.runName` renames the run. */
  setTag(query: { readonly runId: string } & KeyValue, signal?: AbortSignal): Promise<void>;
  /** A tag that is not there is `notFound`. */
  deleteTag(query: { readonly runId: string; readonly key: string }, signal?: AbortSignal): Promise<void>;
  /** Appends points and sets params and tags; a param that has another value is refused, and then nothing is written. */
  log(query: RunBatch, signal?: AbortSignal): Promise<void>;
}

export interface RunUpdate {
  readonly runId: string;
  readonly name?: string;
  readonly status?: RunStatus;
  /** ms since epoch. */
  readonly endTime?: number;
}

/** At most what MLflow takes at once: 1,000 metrics, 100 params, 100 tags, 1,000 in all (mlflow.md §1.5). */
export interface RunBatch {
  readonly runId: string;
  readonly metrics: readonly Metric[];
  readonly params: readonly KeyValue[];
  readonly tags: readonly KeyValue[];
}

/** Tables of many runs; what is opened is kept where the store is read until it is closed. */
export interface FrameStore {
  open(query: FrameQuery, signal?: AbortSignal): Promise<Frame>;
  /** The frame with the next thousand rows of a server, where `more` says so; the rows before keep their places. */
  more(query: { readonly id: string }, signal?: AbortSignal): Promise<Frame>;
  column(query: ColumnQuery, signal?: AbortSignal): Promise<FrameColumn>;
  /** Closing what is closed is no error. */
  close(query: { readonly id: string }, signal?: AbortSignal): Promise<void>;
}

export interface LoggedModelStore {
  /** The newest first; empty on stores before MLflow 3. */
  search(query: PageRequest & { readonly experimentId: string }, signal?: AbortSignal): Promise<Page<LoggedModel>>;
  /** Logged models whose source is the run, the newest first; empty on stores before MLflow 3. */
  ofRun(
    query: { readonly runId: string; readonly experimentId: string },
    signal?: AbortSignal,
  ): Promise<readonly LoggedModel[]>;
  get(query: { readonly modelId: string }, signal?: AbortSignal): Promise<LoggedModel>;
}

export interface NewModelVersion {
  readonly name: string;
  /** `models:/m-…` for a logged model, else the absolute URI of the artifact folder: never `runs:/…` (trap 27). */
  readonly source: string;
  readonly runId?: string;
  readonly modelId?: string;
  readonly description?: string;
  readonly tags?: readonly KeyValue[];
  /** Makes the registered model too where there is none; a version that is refused then leaves no empty model. */
  readonly newModel?: boolean;
}

export interface ModelStore {
  /** Without prompts. Default order: by name. */
  search(query: SearchRequest, signal?: AbortSignal): Promise<Page<RegisteredModel>>;
  get(query: { readonly name: string }, signal?: AbortSignal): Promise<RegisteredModel>;
  /** Newest first, each with its aliases. */
  versions(query: PageRequest & { readonly name: string }, signal?: AbortSignal): Promise<Page<ModelVersion>>;
  /** Versions over all models, without prompts. Default order: last changed first. */
  searchVersions(query: SearchRequest, signal?: AbortSignal): Promise<Page<ModelVersion>>;
  version(query: { readonly name: string; readonly version: string }, signal?: AbortSignal): Promise<ModelVersion>;
  create(
    query: { readonly name: string; readonly description?: string },
    signal?: AbortSignal,
  ): Promise<RegisteredModel>;
  createVersion(query: NewModelVersion, signal?: AbortSignal): Promise<ModelVersion>;
  setAlias(
    query: { readonly name: string; readonly alias: string; readonly version: string },
    signal?: AbortSignal,
  ): Promise<void>;
  /** Deleting an alias that is not there is not an error. */
  deleteAlias(query: { readonly name: string; readonly alias: string }, signal?: AbortSignal): Promise<void>;
  rename(query: { readonly name: string; readonly newName: string }, signal?: AbortSignal): Promise<void>;
  setDescription(query: { readonly name: string; readonly description: string }, signal?: AbortSignal): Promise<void>;
  /** With all its versions; there is no way back. */
  delete(query: { readonly name: string }, signal?: AbortSignal): Promise<void>;
  setTag(query: { readonly name: string } & KeyValue, signal?: AbortSignal): Promise<void>;
  /** Deleting a tag that is not there is not an error. */
  deleteTag(query: { readonly name: string; readonly key: string }, signal?: AbortSignal): Promise<void>;
  setVersionDescription(query: VersionName & { readonly description: string }, signal?: AbortSignal): Promise<void>;
  /** With its aliases, which MLflow would leave dangling on SQL stores (mlflow.md §1.9). */
  deleteVersion(query: VersionName, signal?: AbortSignal): Promise<void>;
  /** One of `stages`; `archiveExisting` moves the others in that stage to Archived. */
  setStage(
    query: VersionName & { readonly stage: Stage; readonly archiveExisting: boolean },
    signal?: AbortSignal,
  ): Promise<void>;
  setVersionTag(query: VersionName & KeyValue, signal?: AbortSignal): Promise<void>;
  deleteVersionTag(query: VersionName & { readonly key: string }, signal?: AbortSignal): Promise<void>;
}

export interface VersionName {
  readonly name: string;
  readonly version: string;
}

export interface ArtifactQuery {
  readonly root: ArtifactRoot;
  /** Relative to the root; empty for the root itself. */
  readonly path: string;
}

export interface ArtifactStore {
  /** Folders first, then by name; one level. An unknown folder is empty. */
  list(query: ArtifactQuery, signal?: AbortSignal): Promise<readonly Artifact[]>;
  /** At most `maxBytes` from the start of a file. */
  read(query: ArtifactQuery & { readonly maxBytes: number }, signal?: AbortSignal): Promise<ArtifactBytes>;
  /** A whole file of any size; the one call whose answer stays in its thread. */
  open(query: ArtifactQuery, signal?: AbortSignal): Promise<ArtifactStream>;
  locate(query: ArtifactQuery, signal?: AbortSignal): Promise<ArtifactLocation>;
}

/** What a store is and can do, asked once when it is first used. */
export interface StoreDescription {
  /** As a person would say it: "MLflow 3.17.2 server", "SQLite store, schema dc11669786a5", "File store". */
  readonly summary: string;
  /** MLflow's version where a server tells it. */
  readonly version?: string;
  /** Names of MLflow's workspaces (3.10+), where there is a choice of them. */
  readonly workspaces?: readonly string[];
  readonly capabilities: Capabilities;
}

export interface Capabilities {
  readonly write: boolean;
  /** Why not, as a sentence; only where `write` is false. */
  readonly readOnlyReason?: string;
  readonly modelRegistry: boolean;
  readonly loggedModels: boolean;
  readonly aliases: boolean;
  /** Versions have the legacy stages. */
  readonly stages: boolean;
  /** The server has a web page to open. */
  readonly webUi: boolean;
}

/** One opened connection. */
export interface Registry {
  readonly connection: Connection;
  readonly experiments: ExperimentStore;
  readonly runs: RunStore;
  readonly frames: FrameStore;
  readonly loggedModels: LoggedModelStore;
  readonly models: ModelStore;
  readonly artifacts: ArtifactStore;
  readonly changes: ChangeStore;
  /** Contacts the store; rejects with the sentence that says why it cannot be read. */
  describe(query: Record<string, never>, signal?: AbortSignal): Promise<StoreDescription>;
  dispose(): void;
}

/** Readings that stay on this machine from window to window. Never fails: what cannot be kept is not there. */
export interface LastKnown {
  /** `at` in ms since epoch. */
  get(connection: Connection, name: string): Promise<{ readonly at: number; readonly value: unknown } | undefined>;
  /** Keeps plain data, some time later. */
  put(connection: Connection, name: string, value: unknown): void;
  forget(connection: Connection): Promise<void>;
}

export type Credentials =
  | { readonly kind: 'basic'; readonly username: string; readonly password: string }
  | { readonly kind: 'bearer'; readonly token: string };

/** Asked at each request, so that signing in needs no reopening. */
export interface CredentialSource {
  get(connection: Connection): Promise<Credentials | undefined>;
}

export interface Disposable {
  dispose(): void;
}

export type Event<T> = (listener: (value: T) => void) => Disposable;

export interface Clock {
  /** ms since epoch. */
  now(): number;
}
