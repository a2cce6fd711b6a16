import type { ArtifactDigest } from '../../domain/artifact';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the server's base, encoded: `api/2.0/mlflow/runs/get`. */
  readonly path: string;
  /** Lists become repeated keys. */
  readonly params?: Readonly<Record<string, string | number | readonly string[] | undefined>>;
  /** Sent as JSON, with DELETE too (trap 4). */
  readonly body?: unknown;
  /** Changes nothing on the server, so that it may be tried again. */
  readonly isRead: boolean;
  /** Reads at most so many bytes and then closes the connection. */
  readonly maxBytes?: number;
  readonly timeoutMs?: number;
}

/** What comes before the body. */
export interface HttpHead {
  readonly status: number;
  readonly contentType: string;
  readonly location?: string;
  readonly retryAfterMs?: number;
  /** Bytes of the whole body, where the server tells. */
  readonly size?: number;
}

export interface HttpReply extends HttpHead {
  readonly bytes: Buffer;
  /** False where reading stopped at `maxBytes`. */
  readonly complete: boolean;
}

/** A reply whose body is still on its way; never kept, so it may be larger than memory. */
export interface HttpStream extends HttpHead {
  readonly digests: readonly ArtifactDigest[];
  readonly pieces: AsyncIterable<Uint8Array>;
}
