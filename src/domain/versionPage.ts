import type { TextTable } from './delimited';
import type { Experiment } from './experiment';
import type { ModelVersion } from './model';
import type { ModelFile } from './modelFile';
import type { Ref } from './ref';
import type { Run } from './run';
import type { ArtifactFolder } from './runPage';

/** One version among all of its model. */
export interface VersionMark {
  readonly version: string;
  readonly aliases: readonly string[];
}

/** A metric over the versions of a model: the latest value of each version's run, null where it has none. */
export interface VersionMetric {
  readonly key: string;
  readonly values: readonly (number | null)[];
}

export interface Timeline {
  /** Oldest first. */
  readonly marks: readonly VersionMark[];
  /** Of every metric that a run has, those of the machine last. */
  readonly keys: readonly string[];
  /** As many as are brought with the page, each as long as `marks`. */
  readonly metrics: readonly VersionMetric[];
}

/** A text beside the model. */
export interface ModelText {
  readonly path: string;
  readonly text: string;
}

/** What the version's artifacts say of the model; each part absent where it was not logged. */
export interface VersionModel {
  readonly file?: ModelFile;
  readonly example?: ModelText & { readonly table?: TextTable };
  /** `requirements.txt`, `python_env.yaml`, `conda.yaml`. */
  readonly environment: readonly ModelText[];
}

/** What the page of a model version shows. */
export interface VersionPage {
  readonly ref: Ref;
  readonly version: ModelVersion;
  /** Absent for a version that came from no run, or whose run is gone. */
  readonly run?: Run;
  readonly experiment?: Experiment;
  readonly model: VersionModel;
  readonly timeline: Timeline;
  readonly artifactFolders: readonly ArtifactFolder[];
  /** Sentences about parts that could not be read. */
  readonly missing: readonly string[];
}
