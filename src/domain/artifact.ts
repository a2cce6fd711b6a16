/** What an artifact path is relative to. */
export type ArtifactRoot =
  | { readonly kind: 'run'; readonly runId: string }
  | { readonly kind: 'loggedModel'; readonly modelId: string }
  | { readonly kind: 'version'; readonly name: string; readonly version: string };

export interface Artifact {
  /** Relative to the root, `/` between parts, never with `..`. */
  readonly path: string;
  readonly isDir: boolean;
  /** Bytes; absent for folders. */
  readonly size?: number;
}

/** The start of an artifact's bytes, whole where `bytes.length === size`. */
export interface ArtifactBytes {
  readonly bytes: Uint8Array;
  /** Bytes of the whole artifact, where the store tells. */
  readonly size?: number;
  readonly truncated: boolean;
}

/** A digest that a store sent of a whole file. */
export interface ArtifactDigest {
  readonly algorithm: 'md5' | 'sha256';
  /** Lower case. */
  readonly hex: string;
  /** Another value means that the bytes are wrong; an ETag may only look like a digest, and then proves nothing. */
  readonly binding: boolean;
}

/** A whole file, read piece by piece. */
export interface ArtifactStream {
  /** Bytes, where the store tells. */
  readonly size?: number;
  readonly digests: readonly ArtifactDigest[];
  /** One reader, one time; a piece is valid until the next one is asked for. Leaving the loop closes the source. */
  readonly pieces: AsyncIterable<Uint8Array>;
}

/** Where an artifact root lies; `localPath` only where this machine can open it in place. */
export interface ArtifactLocation {
  readonly uri: string;
  readonly localPath?: string;
}

/** True for a path that stays below its root: relative, normalised, no `..`, no drive, no backslash. */
export function isSafeArtifactPath(path: string): boolean {
  if (path === '') return true;
  if (/^[/\\]|^[a-z]:|[\\\0]/i.test(path)) return false;
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}
