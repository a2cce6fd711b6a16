// A fake: a plain http.Server stands for servers that cannot run here — releases before 3.14, hosted variants, proxies
// with a login page — with the very answers that they were measured to give (mlflow.md §1).
import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UserError } from '../../src/domain/errors';
import type { CredentialSource, Registry } from '../../src/domain/ports';
import { createRestRegistry } from '../../src/registries/rest/restRegistry';

export type Answer = (request: { readonly url: URL; readonly headers: IncomingMessage['headers'] }) => {
  readonly status?: number;
  readonly type?: string;
  readonly body?: string;
};

export const json = (body: string): ReturnType<Answer> => ({ type: 'application/json', body });

/** A server for each test of a suite, which ends with it. */
export class FakeServer {
  /** Paths, in the order of the asking. */
  readonly asked: string[] = [];
  private server: Server | undefined;
  private registry: Registry | undefined;

  constructor() {
    afterEach(() => this.close());
  }

  get port(): number {
    return (this.server?.address() as AddressInfo).port;
  }

  /** What reads a server that answers so. */
  async against(
    answer: Answer,
    credentials?: CredentialSource,
    base = '',
    log?: (line: string) => void,
  ): Promise<Registry> {
    this.asked.length = 0;
    const server = createServer((request: IncomingMessage, response: ServerResponse) => {
      const url = new URL(request.url ?? '', 'http://fake');
      this.asked.push(url.pathname);
      const { status = 200, type = 'text/plain', body = '' } = answer({ url, headers: request.headers });
      response.writeHead(status, { 'Content-Type': type }).end(body);
    });
    this.server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const options = {
      ...(credentials && { credentials }),
      ...(log && { log }),
      limits: { retries: 0, timeoutMs: 5000 },
    };
    const trackingUri = `http://127.0.0.1:${this.port}${base}`;
    this.registry = createRestRegistry({ name: 'fake', trackingUri }, options);
    return this.registry;
  }

  private close(): void {
    this.registry?.dispose();
    this.server?.closeAllConnections();
    this.server?.close();
  }
}

export async function failing(work: Promise<unknown>): Promise<UserError> {
  const error: unknown = await work.then(
    () => assert.fail('it did not fail'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof UserError, String(error));
  return error;
}
