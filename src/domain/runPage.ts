import type { ArtifactRoot } from './artifact';
import type { Experiment } from './experiment';
import type { LoggedModel, ModelVersion } from './model';
import type { RunModel } from './modelHistory';
import type { Ref } from './ref';
import type { Run, RunInfo } from './run';

/** A folder of artifacts that belongs to a run or version. */
export interface ArtifactFolder {
  readonly label: string;
  readonly root: ArtifactRoot;
}

/** What the page of a run shows. */
export interface RunPage {
  readonly ref: Ref;
  readonly run: Run;
  readonly experiment?: Experiment;
  readonly parent?: RunInfo;
  /** Runs nested in it, newest first. */
  readonly children: readonly RunInfo[];
  /** There are more than `children` holds. */
  readonly moreChildren: boolean;
  readonly loggedModels: readonly LoggedModel[];
  /** Logged before MLflow 3, as folders of the run's artifacts. */
  readonly runModels: readonly RunModel[];
  /** Versions made from the run, over all models. */
  readonly madeVersions: readonly ModelVersion[];
  readonly artifactFolders: readonly ArtifactFolder[];
  /** Sentences about parts that could not be read. */
  readonly missing: readonly string[];
}
