import type { ArtifactRoot } from './artifact';

/** A file that one of two items has, or both, by its path below what it belongs to. */
export interface ArtifactPair {
  readonly path: string;
  /** Where it lies of each item; null where that has none. */
  readonly files: readonly (ArtifactFile | null)[];
}

export interface ArtifactFile {
  readonly root: ArtifactRoot;
  readonly path: string;
  readonly size?: number;
}
