import * as assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigurationTarget, workspace } from 'vscode';
import { startMlflowServer } from '../harness/mlflowServer.mjs';
import { ownSample } from './window';

/** The Python that the harness has made, with MLflow. */
export function python(): string {
  const found = process.env['RINGSIDE_PYTHON'];
  assert.ok(found, 'RINGSIDE_PYTHON');
  return found;
}

/** True where something answers `/health` with 200. */
export async function responds(url: string): Promise<boolean> {
  return fetch(`${url}/health`).then(
    ({ ok }) => ok,
    () => false,
  );
}

let sampleServer: ReturnType<typeof startSampleServer> | undefined;

/** The sample behind a real server with MLflow's workspaces: one for all tests of the window, for a start takes seconds. */
export async function servedSample(): Promise<{ readonly url: string; readonly folder: string }> {
  return (sampleServer ??= startSampleServer());
}

async function startSampleServer() {
  const { folder } = await ownSample();
  return { folder, ...(await startMlflowServer({ folder, python: python(), options: ['--enable-workspaces'] })) };
}

after(async () => (await sampleServer)?.stop());

/** A web server of the test's own, on a free port where none is asked for. */
export async function listening(
  listener: RequestListener,
  port = 0,
): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer(listener).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

/** A gateway in front of a server that lets in who has one of these Authorization headers. */
export function gateway(target: string, allowed: readonly string[]): Promise<{ url: string; server: Server }> {
  const passOn = passingOn(target);
  return listening((request, response) => {
    if (allowed.includes(request.headers.authorization ?? '')) passOn(request, response);
    else response.writeHead(401, { 'www-authenticate': 'Basic realm="gateway"' }).end('Sign in.');
  });
}

/** Asks the server at `target` what it is asked. */
export function passingOn(target: string): RequestListener {
  return (request, response) => {
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
  };
}

/** For the person; what was chosen for the workspace goes. */
export async function setPython(value: string | undefined): Promise<void> {
  const settings = workspace.getConfiguration('ringside');
  await settings.update('python', undefined, ConfigurationTarget.Workspace);
  await settings.update('python', value, ConfigurationTarget.Global);
}
