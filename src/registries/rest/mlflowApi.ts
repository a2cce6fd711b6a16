import type { Connection } from '../../domain/connection';
import { UserError } from '../../domain/errors';
import type { CredentialSource } from '../../domain/ports';
import { type BodyPages, parsed } from './bodies';
import { type BodyReader, inlineBodies } from './bodyReader';
import { HttpClient, type HttpLimits } from './httpClient';
import { cutReply, lacksEndpoint, refusal, RefusedReply, tooLarge, webPageInstead } from './httpErrors';
import { decodeReply, type JsonObject } from './json';
import type { HttpReply, HttpRequest, HttpStream } from './httpMessages';
import { ServerUrl } from './serverUrl';

export interface MlflowApiOptions {
  readonly connection: Connection;
  readonly uri: string;
  readonly limits: HttpLimits;
  readonly credentials?: CredentialSource;
  readonly log: (line: string) => void;
  /** Decodes big answers; in the calling thread where absent. */
  readonly bodies?: BodyReader;
}

/** A signed address: who has it needs no credentials, and must be sent none. */
export interface SignedLink {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

type Params = NonNullable<HttpRequest['params']>;
type Decode<T> = (json: JsonObject) => T;

/** ms that a server may take to get a file from S3 and alike before the first byte. */
const longestFetch = 15 * 60_000;

/** One MLflow server: its endpoints below `api/2.0/mlflow`, its errors, its odd files. */
export class MlflowApi {
  readonly server: ServerUrl;
  readonly maxPages: number;
  private readonly http: HttpClient;
  private readonly bodies: BodyReader;
  /** Whether workspaces are switched on, once the server told. */
  private divided: boolean | undefined;
  /** Endpoints are found only where the server's web page asks for them (`send`). */
  private asWebPage = false;

  constructor(private readonly options: MlflowApiOptions) {
    this.server = new ServerUrl(options.uri);
    this.maxPages = options.limits.maxPages;
    const { credentials, connection, bodies = inlineBodies } = options;
    this.bodies = bodies;
    this.http = new HttpClient({
      server: this.server,
      limits: options.limits,
      credentials: () => credentials?.get(connection) ?? Promise.resolve(undefined),
      log: options.log,
    });
  }

  /** A read by GET; `endpoint` is below `api/2.0/mlflow` and encoded. */
  get<T>(endpoint: string, params: Params, decode: Decode<T>, signal?: AbortSignal): Promise<T> {
    return this.json({ method: 'GET', path: v2(endpoint), params, isRead: true }, decode, signal);
  }

  /** A read that MLflow wants as POST. */
  search<T>(endpoint: string, body: unknown, decode: Decode<T>, signal?: AbortSignal): Promise<T> {
    return this.json({ method: 'POST', path: v2(endpoint), body, isRead: true }, decode, signal);
  }

  searchV3<T>(endpoint: string, body: unknown, decode: Decode<T>, signal?: AbortSignal): Promise<T> {
    return this.json({ method: 'POST', path: `api/3.0/mlflow/${endpoint}`, body, isRead: true }, decode, signal);
  }

  /** A page of many runs, which may be megabytes. */
  async runs(body: unknown, signal?: AbortSignal): Promise<BodyPages['runs']> {
    const request: HttpRequest = { method: 'POST', path: v2('runs/search'), body, isRead: true };
    return this.bodies.decode('runs', await this.body(request, signal), this.server.shown, signal);
  }

  /** A page of a metric's history, which may be megabytes. */
  async points(params: Params, signal?: AbortSignal): Promise<BodyPages['points']> {
    const request: HttpRequest = { method: 'GET', path: v2('metrics/get-history'), params, isRead: true };
    return this.bodies.decode('points', await this.body(request, signal), this.server.shown, signal);
  }

  /** A GET of another family of endpoints, `path` whole. */
  getPath<T>(path: string, params: Params, decode: Decode<T>, signal?: AbortSignal): Promise<T> {
    return this.json({ method: 'GET', path, params, isRead: true }, decode, signal);
  }

  /** Never tried again: the server may have written before its answer got lost. */
  write<T>(
    method: 'POST' | 'PATCH' | 'DELETE',
    endpoint: string,
    body: unknown,
    decode: Decode<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    return this.json({ method, path: v2(endpoint), body, isRead: false }, decode, signal);
  }

  /** The start of a file. */
  async file(path: string, params: Params, maxBytes: number, signal?: AbortSignal): Promise<HttpReply> {
    return this.accepted({ method: 'GET', path, params, isRead: true, maxBytes }, signal);
  }

  /** A whole file as it comes. The server itself may first fetch it from where it lies, in silence. */
  async openFile(path: string, params: Params, signal?: AbortSignal): Promise<HttpStream> {
    const request = this.found({ method: 'GET', path, params, isRead: true, timeoutMs: longestFetch });
    // Sizes and digests are those of the file itself.
    const headers = { 'Accept-Encoding': 'identity', ...(await this.workspaceHeader(signal)) };
    const reply = await this.http.open(request, headers, signal);
    if ('bytes' in reply) throw refusal(this.server, reply);
    return reply;
  }

  /** A file that a storage gives out by a signed address. */
  async openElsewhere(link: SignedLink, signal?: AbortSignal): Promise<HttpStream> {
    const { server, http, request } = this.elsewhere(link);
    const reply = await http.open(request, link.headers, signal);
    if ('bytes' in reply) throw refusal(server, reply);
    return reply;
  }

  /** The start of such a file. */
  async fileElsewhere(link: SignedLink, maxBytes: number, signal?: AbortSignal): Promise<HttpReply> {
    const { server, http, request } = this.elsewhere(link);
    const reply = await http.send({ ...request, maxBytes }, link.headers, signal);
    if (reply.status < 200 || reply.status >= 300) throw refusal(server, reply);
    return reply;
  }

  /** Its host neither gets our credentials, nor does its signature stand in the log. */
  private elsewhere({ url }: SignedLink): {
    readonly server: ServerUrl;
    readonly http: HttpClient;
    readonly request: HttpRequest;
  } {
    const server = new ServerUrl(new URL(url).origin);
    const { limits, log } = this.options;
    const http = new HttpClient({
      server,
      limits,
      credentials: () => Promise.resolve(undefined),
      log: (line) => log(line.replace(/\?\S*/, '')),
    });
    return { server, http, request: { method: 'GET', path: url.slice(server.origin.length + 1), isRead: true } };
  }

  /** A small text such as `/version`; nothing where the server does not have it. */
  async textIfThere(path: string, signal?: AbortSignal): Promise<string | undefined> {
    const request: HttpRequest = { method: 'GET', path, isRead: true, maxBytes: 10_000 };
    const reply = await this.http.send(request, {}, signal);
    return reply.status === 200 ? reply.bytes.toString('utf8').trim() : undefined;
  }

  /** MLflow's workspaces (3.10+) by name, where the server has them switched on; mlflow.md §1.12. */
  async workspaces(signal?: AbortSignal): Promise<readonly string[] | undefined> {
    if (!(await this.isDivided(signal))) return undefined;
    // Without the header: the chosen one may be gone, and this list is the way out.
    const reply = await this.withoutWorkspace('api/3.0/mlflow/workspaces', signal);
    if (reply.status !== 200 || !isJson(reply)) throw refusal(this.server, reply);
    return decodeReply(this.server.shown, parsed(reply.bytes, this.server.shown), (json) =>
      json.objects('workspaces').map((workspace) => workspace.text('name')),
    );
  }

  private withoutWorkspace(path: string, signal?: AbortSignal): Promise<HttpReply> {
    return this.send({ method: 'GET', path, isRead: true }, {}, signal);
  }

  /** A server tells it from MLflow 3.8 on (mlflow.md §1.11); one that does not know the question has no workspaces. */
  private async isDivided(signal?: AbortSignal): Promise<boolean> {
    if (this.divided !== undefined) return this.divided;
    const reply = await this.withoutWorkspace('api/3.0/mlflow/server-info', signal);
    if (reply.status === 200 && isJson(reply)) {
      const json = parsed(reply.bytes, this.server.shown);
      return (this.divided = decodeReply(this.server.shown, json, (info) => info.flag('workspaces_enabled')));
    }
    const refused = reply.status === 200 ? webPageInstead(this.server, reply) : refusal(this.server, reply);
    if (lacksEndpoint(refused)) return (this.divided = false);
    // Without the chosen workspace's name everything would be read from and written to another one.
    if (this.options.connection.workspace) throw refused;
    return false;
  }

  private async json<T>(request: HttpRequest, decode: Decode<T>, signal?: AbortSignal): Promise<T> {
    const bytes = await this.body(request, signal);
    return decodeReply(this.server.shown, parsed(bytes, this.server.shown), decode);
  }

  private async body(request: HttpRequest, signal?: AbortSignal): Promise<Uint8Array> {
    const reply = await this.accepted(request, signal);
    if (reply.bytes.length === 0) throw cutReply(this.server.shown, new RefusedReply(reply.status, undefined, ''));
    if (!isJson(reply)) throw webPageInstead(this.server, reply);
    if (!reply.complete) throw tooLarge(this.server, this.options.limits.maxBytes);
    return reply.bytes;
  }

  private async accepted(request: HttpRequest, signal?: AbortSignal): Promise<HttpReply> {
    const reply = await this.send(request, await this.workspaceHeader(signal), signal);
    if (reply.status < 200 || reply.status >= 300) throw refusal(this.server, reply);
    return reply;
  }

  /**
   * Before MLflow 3.13 a server with `--static-prefix` keeps its API outside the prefix, and only what its web page asks
   * for inside: an address as the browser shows it finds nothing else.
   */
  private async send(
    request: HttpRequest,
    headers: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ): Promise<HttpReply> {
    const reply = await this.http.send(this.found(request), headers, signal);
    if (this.asWebPage || !this.server.hasPath || !lacksPage(reply)) return reply;
    const other = await this.http.send(asWebPage(request), headers, signal);
    this.asWebPage = !lacksPage(other);
    return this.asWebPage ? other : reply;
  }

  private found(request: HttpRequest): HttpRequest {
    return this.asWebPage ? asWebPage(request) : request;
  }

  /** Servers without workspaces refuse the header (trap 20). */
  private async workspaceHeader(signal?: AbortSignal): Promise<Record<string, string>> {
    const { workspace } = this.options.connection;
    if (!workspace) return {};
    return (await this.isDivided(signal)) ? { 'X-MLFLOW-WORKSPACE': workspace } : {};
  }
}

function v2(endpoint: string): string {
  return `api/2.0/mlflow/${endpoint}`;
}

function asWebPage(request: HttpRequest): HttpRequest {
  return { ...request, path: request.path.replace(/^api\//, 'ajax-api/') };
}

function lacksPage(reply: HttpReply): boolean {
  return reply.status === 404 && !isJson(reply);
}

function isJson(reply: HttpReply): boolean {
  return /[/+]json\b/i.test(reply.contentType);
}

/** The value, or the fallback where the failure is one that the test recognises. */
export async function unless<T, F>(
  reading: Promise<T>,
  test: (error: UserError) => boolean,
  fallback: F,
): Promise<T | F> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof UserError && test(error)) return fallback;
    throw error;
  }
}
