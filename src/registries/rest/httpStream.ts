import type { AxiosResponse } from 'axios';
import type { Readable } from 'node:stream';
import type { ArtifactDigest } from '../../domain/artifact';
import { cancelled, timedOut } from './httpErrors';
import type { HttpHead, HttpStream } from './httpMessages';
import { networkFailure } from './networkErrors';
import type { ServerUrl } from './serverUrl';

/** Ends when nothing came for `ms`, or when the caller cancels. */
export interface BodyWatch {
  readonly ms: number;
  readonly signal: AbortSignal;
  readonly isCancelled: boolean;
  progress(): void;
  stop(): void;
}

export function streamOf(
  response: AxiosResponse<Readable>,
  head: HttpHead,
  server: ServerUrl,
  watch: BodyWatch,
): HttpStream {
  const digests = digestsIn((name) => textOf(response.headers[name]));
  // Here and not in the loop: a body that nobody reads must end too.
  watch.signal.addEventListener('abort', () => response.data.destroy(cancelled()), { once: true });
  return { ...head, digests, pieces: piecesOf(response.data, server, watch) };
}

async function* piecesOf(body: Readable, server: ServerUrl, watch: BodyWatch): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of body as AsyncIterable<Buffer>) {
      watch.progress();
      yield piece;
      watch.progress();
    }
  } catch (error) {
    if (watch.isCancelled) throw cancelled();
    throw watch.signal.aborted ? timedOut(server, watch.ms) : networkFailure(server, error);
  } finally {
    watch.stop();
    body.destroy();
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/**
 * The digests that a reply's headers hold of its body: RFC 9530 and 3230, Content-MD5, and those of S3, Google and
 * Azure. None where the body is encoded, because some are of the encoded bytes.
 */
function digestsIn(header: (name: string) => string | undefined): ArtifactDigest[] {
  if ((header('content-encoding') ?? 'identity') !== 'identity') return [];
  const lists = [header('content-digest'), header('repr-digest'), header('digest'), header('x-goog-hash')];
  const singles = [
    `md5=${header('content-md5') ?? header('x-ms-blob-content-md5') ?? ''}`,
    `sha-256=${header('x-amz-checksum-sha256') ?? ''}`,
  ];
  const named = [...lists, ...singles].flatMap((list) => (list ?? '').split(',').flatMap(namedDigest));
  return [...named, ...etagDigest(header('etag'))];
}

/** `sha-256=:base64:`, `SHA-256=base64`, `md5=base64`. */
function namedDigest(text: string): ArtifactDigest[] {
  const [, name = '', base64 = ''] = /^\s*([\w-]+)=:?([A-Za-z0-9+/]+={0,2}):?\s*$/.exec(text) ?? [];
  const bytes = Buffer.from(base64, 'base64');
  const hex = bytes.toString('hex');
  if (/^sha-?256$/i.test(name) && bytes.length === 32) return [{ algorithm: 'sha256', hex, binding: true }];
  return /^md5$/i.test(name) && bytes.length === 16 ? [{ algorithm: 'md5', hex, binding: true }] : [];
}

/** S3's is the MD5 of an object that was put in one part and is not encrypted with a key of its own: never sure. */
function etagDigest(etag: string | undefined): ArtifactDigest[] {
  const hex = /^"([0-9a-f]{32})"$/i.exec(etag ?? '')?.[1];
  return hex === undefined ? [] : [{ algorithm: 'md5', hex: hex.toLowerCase(), binding: false }];
}
