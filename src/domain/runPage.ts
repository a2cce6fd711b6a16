import type { ArtifactRoot } from './artifact';
import type { Experiment } from './experiment';
import type { ModelVersion } from './model';
import type { Ref } from './ref';
import type { Run, RunInfo } from './run';

/** A folder of artifacts that belongs to a run or version. */
export interface ArtifactFolder {
  readonly label: string;
  readonly root: ArtifactRoot;
}

/** What the page of a run, or of a version with its source run, shows. */
export interface RunPage {
  /** The run or version that the page is of. */
  readonly ref: Ref;
  /** Absent for a version that came from no run, or whose run is gone. */
  readonly run?: Run;
  readonly version?: ModelVersion;
  readonly experiment?: Experiment;
  readonly parent?: RunInfo;
  /** Versions made from the run, over all models. */
  readonly madeVersions: readonly ModelVersion[];
  readonly artifactFolders: readonly ArtifactFolder[];
  /** Sentences about parts that could not be read. */
  readonly missing: readonly string[];
}
