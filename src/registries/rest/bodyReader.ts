import { WorkerHost } from '../workerHost';
import { type BodyPages, decodeBody } from './bodies';

/** Turns the bytes of big answers into columns. */
export interface BodyReader {
  decode<K extends keyof BodyPages>(
    kind: K,
    bytes: Uint8Array,
    server: string,
    signal?: AbortSignal,
  ): Promise<BodyPages[K]>;
  dispose(): void;
}

export interface BodyCall {
  readonly kind: keyof BodyPages;
  readonly bytes: Uint8Array;
  /** How the server is named in a failure. */
  readonly server: string;
}

export interface BodyProtocol {
  readonly methods: { decode(call: BodyCall): BodyPages[keyof BodyPages] };
  readonly events: object;
}

/** So many bytes take the calling thread about 5 ms; a worker's round trip takes less than more do. */
const inlineBytes = 200_000;

export const inlineBodies: BodyReader = {
  // Not `resolve(…)`: what it throws is to reject.
  decode: (kind, bytes, server) => new Promise((resolve) => resolve(decodeBody(kind, bytes, server))),
  dispose: () => undefined,
};

/** Big answers go to a worker, so that the extension host's thread never parses for long (architecture.md, Threads). */
export function workerBodies(workerUrl: string, name: string): BodyReader {
  const host = new WorkerHost<BodyProtocol>({ kind: 'bodies' }, workerUrl, name);
  return {
    decode: async <K extends keyof BodyPages>(kind: K, bytes: Uint8Array, server: string, signal?: AbortSignal) => {
      if (bytes.length <= inlineBytes) return decodeBody(kind, bytes, server);
      return (await host.channel().request('decode', { kind, bytes, server }, signal)) as BodyPages[K];
    },
    dispose: () => host.dispose(),
  };
}
