import type { AxiosResponse } from 'axios';
import type { Readable } from 'node:stream';
import { UserError } from '../../domain/errors';
import type { Credentials } from '../../domain/ports';
import { cancelled, redirectLoop, timedOut, tooSlow } from './httpErrors';
import { isBroken, networkFailure } from './networkErrors';
import type { HttpHead, HttpReply, HttpRequest, HttpStream } from './httpMessages';
import { headOf, redirectOf } from './httpHead';
import { streamOf } from './httpStream';
import { pause, Watch } from './httpWatch';
import { authorization, type ServerUrl } from './serverUrl';

export interface HttpLimits {
  /** ms that a server may stay silent, before its answer and within it. */
  readonly timeoutMs: number;
  /** ms until an answer that is JSON must be whole: a server that drips is never silent. */
  readonly answerMs: number;
  /** Tries after the first; reads only. */
  readonly retries: number;
  /** ms before the first retry; doubles each time. */
  readonly retryDelayMs: number;
  /** Bytes of an answer that is JSON. */
  readonly maxBytes: number;
  /** Pages of what is read to its end, such as a history. */
  readonly maxPages: number;
}

/** A large store may think for a minute (mlflow.md §6.4); V8 holds no text over 512 MB. */
export const defaultLimits: HttpLimits = {
  timeoutMs: 60_000,
  answerMs: 5 * 60_000,
  retries: 2,
  retryDelayMs: 300,
  maxBytes: 200_000_000,
  maxPages: 1000,
};

interface HttpClientOptions {
  readonly server: ServerUrl;
  readonly limits: HttpLimits;
  readonly credentials: () => Promise<Credentials | undefined>;
  readonly log: (line: string) => void;
}

const retriedStatuses = [429, 502, 503, 504];
const maxWaitMs = 10_000;
const maxRedirects = 3;

/** Evaluated with the first request: half the time of loading the extension would go into what local stores never use. */
async function loadAxios() {
  return (await import('axios')).default;
}

/** What is made of a response whose head is there. */
type Take<T extends HttpHead> = (response: AxiosResponse<Readable>, head: HttpHead, watch: Watch) => Promise<T>;

function isTimeout(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ECONNABORTED';
}

/** HTTP as this extension wants it: no proxy or agent of its own (VS Code's apply), bounded, cancelled at once. */
export class HttpClient {
  constructor(private readonly options: HttpClientOptions) {}

  /** Any status is a reply; a connection that fails, a time-out and a cancel reject with a UserError. */
  send(request: HttpRequest, headers: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<HttpReply> {
    return this.tries(request, headers, this.whole(request), signal);
  }

  /** A body of any size as it comes, where the status is 2xx; else the whole reply. */
  open(
    request: HttpRequest,
    headers: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ): Promise<HttpReply | HttpStream> {
    const whole = this.whole(request);
    const take: Take<HttpReply | HttpStream> = async (response, head, watch) => {
      if (head.status < 200 || head.status >= 300) return whole(response, head, watch);
      const { server, limits } = this.options;
      return streamOf(response, head, server, new Watch(limits.timeoutMs, signal));
    };
    return this.tries(request, headers, take, signal);
  }

  private whole({ maxBytes = this.options.limits.maxBytes }: HttpRequest): Take<HttpReply> {
    const { server, limits } = this.options;
    return async ({ data }, head, watch) => {
      const drips = setTimeout(() => data.destroy(tooSlow(server)), limits.answerMs);
      try {
        return { ...head, ...(await readBody(data, maxBytes, watch)) };
      } finally {
        clearTimeout(drips);
      }
    };
  }

  private async tries<T extends HttpHead>(
    request: HttpRequest,
    headers: Readonly<Record<string, string>>,
    take: Take<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const tries = request.isRead ? this.options.limits.retries : 0;
    for (let attempt = 0; ; attempt++) {
      const last = attempt === tries;
      const reply = await this.attempt(request, headers, take, signal, last);
      const waitMs = Math.max(reply?.retryAfterMs ?? 0, this.backOff(attempt));
      if (reply && (last || !retriedStatuses.includes(reply.status) || waitMs > maxWaitMs)) return reply;
      await pause(waitMs, signal);
    }
  }

  /** Nothing where the connection broke and may be tried again. */
  private async attempt<T extends HttpHead>(
    request: HttpRequest,
    headers: Readonly<Record<string, string>>,
    take: Take<T>,
    signal: AbortSignal | undefined,
    last: boolean,
  ): Promise<T | undefined> {
    const started = performance.now();
    const outcome = (what: string | number): void => {
      this.options.log(`${request.method} ${request.path} ${what} ${Math.round(performance.now() - started)} ms`);
    };
    try {
      const reply = await this.follow(request, headers, take, signal);
      outcome(reply.status);
      return reply;
    } catch (error) {
      outcome(error instanceof UserError ? error.message : String(error));
      if (error instanceof UserError) throw error;
      if (isBroken(error) && !last) return undefined;
      throw networkFailure(this.options.server, error);
    }
  }

  /** Follows redirects within the same origin only, so that credentials reach no other host. */
  private async follow<T extends HttpHead>(
    request: HttpRequest,
    headers: Readonly<Record<string, string>>,
    take: Take<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const { server } = this.options;
    const axios = await loadAxios();
    let url = axios.getUri({
      url: server.join(request.path),
      params: request.params,
      paramsSerializer: { indexes: null },
    });
    for (let hops = 0; ; hops++) {
      const reply = await this.exchange(url, request, headers, take, signal);
      const next = redirectOf(reply, url, request.method);
      if (next?.origin !== server.origin) return reply;
      if (hops === maxRedirects) throw redirectLoop(server);
      url = next.href;
    }
  }

  private async exchange<T extends HttpHead>(
    url: string,
    request: HttpRequest,
    headers: Readonly<Record<string, string>>,
    take: Take<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const { server, limits } = this.options;
    const watch = new Watch(request.timeoutMs ?? limits.timeoutMs, signal);
    const answer = async (): Promise<T> => {
      const credentials = (await this.options.credentials()) ?? server.credentials;
      const axios = await loadAxios();
      // Nobody waits any more: asking a keychain may take as long as a person does.
      watch.signal.throwIfAborted();
      const response = await axios.request<Readable>({
        url,
        method: request.method,
        data: request.body,
        headers: {
          Accept: 'application/json, */*;q=0.5',
          'User-Agent': 'ringside',
          ...(request.body !== undefined && { 'Content-Type': 'application/json' }),
          ...headers,
          ...(credentials && { Authorization: authorization(credentials) }),
        },
        adapter: 'http',
        proxy: false,
        maxRedirects: 0,
        responseType: 'stream',
        validateStatus: null,
        timeout: watch.ms,
        signal: watch.signal,
      });
      watch.progress();
      return take(response, headOf(response), watch);
    };
    try {
      return await Promise.race([answer(), watch.ended]);
    } catch (error) {
      if (signal?.aborted) throw cancelled();
      if (watch.signal.aborted || isTimeout(error)) throw timedOut(server, watch.ms);
      throw error;
    } finally {
      watch.stop();
    }
  }

  private backOff(attempt: number): number {
    const full = this.options.limits.retryDelayMs * 2 ** attempt;
    // Half of it random, so that many windows do not come back together.
    return full / 2 + (Math.random() * full) / 2;
  }
}

async function readBody(
  stream: Readable,
  maxBytes: number,
  watch: Watch,
): Promise<{ readonly bytes: Buffer; readonly complete: boolean }> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    watch.progress();
    chunks.push(chunk);
    length += chunk.length;
    if (length > maxBytes) break;
  }
  const bytes = Buffer.concat(chunks, Math.min(length, maxBytes));
  return { bytes, complete: length <= maxBytes };
}
