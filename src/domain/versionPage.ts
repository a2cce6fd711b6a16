import type { Experiment } from './experiment';
import type { ModelVersion } from './model';
import type { Ref } from './ref';
import type { Run } from './run';
import type { ArtifactFolder } from './runPage';

/** What the page of a model version shows. */
export interface VersionPage {
  readonly ref: Ref;
  readonly version: ModelVersion;
  /** Absent for a version that came from no run, or whose run is gone. */
  readonly run?: Run;
  readonly experiment?: Experiment;
  readonly artifactFolders: readonly ArtifactFolder[];
  /** Sentences about parts that could not be read. */
  readonly missing: readonly string[];
}
