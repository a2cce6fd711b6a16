import * as assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as path from 'node:path';
import { until } from './window';

/** The Python that the harness has made, with MLflow. */
export function python(): string {
  const found = process.env['RINGSIDE_PYTHON'];
  assert.ok(found, 'RINGSIDE_PYTHON');
  return found;
}

/** MLflow's own server over a database in `folder`. */
export class MlflowServer {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
  ) {}

  static async start(folder: string, ...options: readonly string[]): Promise<MlflowServer> {
    const port = await freePort();
    const where = ['--host', '127.0.0.1', '--port', String(port), '--workers', '1'];
    const store = ['--backend-store-uri', `sqlite:///${path.join(folder, 'mlflow.db')}`];
    const artifacts = ['--artifacts-destination', path.join(folder, 'served')];
    const child = spawn(python(), ['-m', 'mlflow', 'server', ...where, ...store, ...artifacts, ...options], {
      cwd: folder,
      detached: true,
      stdio: 'ignore',
      env: { ...process.env, MLFLOW_DISABLE_TELEMETRY: 'true', MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false' },
    });
    const server = new MlflowServer(`http://127.0.0.1:${port}`, child);
    await until(async () => {
      assert.equal(child.exitCode, null, 'mlflow server ended');
      return responds(server.url);
    });
    return server;
  }

  stop(): void {
    // Its workers are in its group.
    if (this.child.pid !== undefined) process.kill(-this.child.pid, 'SIGKILL');
  }
}

/** True where something answers `/health` with 200. */
export async function responds(url: string): Promise<boolean> {
  return fetch(`${url}/health`).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** A web server of the test's own on a free port. */
export async function listening(listener: RequestListener): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
  const { url, server } = await listening(() => undefined);
  server.close();
  await once(server, 'close');
  return Number(new URL(url).port);
}

/** A gateway in front of a server that lets in who has one of these Authorization headers. */
export function gateway(target: string, allowed: readonly string[]): Promise<{ url: string; server: Server }> {
  return listening((request, response) => {
    if (!allowed.includes(request.headers.authorization ?? '')) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="gateway"' }).end('Sign in.');
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = 'GET', url = '/' } = request;
      const body = method === 'GET' ? {} : { body: Buffer.concat(chunks) };
      const headers = { 'content-type': request.headers['content-type'] ?? 'application/json' };
      void fetch(target + url, { method, headers, ...body }).then(async (answer) => {
        response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' });
        response.end(Buffer.from(await answer.arrayBuffer()));
      });
    });
  });
}
