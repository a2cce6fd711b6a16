import * as assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigurationTarget, workspace } from 'vscode';

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

/** A web server of the test's own on a free port. */
export async function listening(listener: RequestListener): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
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

/** For the person; what was chosen for the workspace goes. */
export async function setPython(value: string | undefined): Promise<void> {
  const settings = workspace.getConfiguration('ringside');
  await settings.update('python', undefined, ConfigurationTarget.Workspace);
  await settings.update('python', value, ConfigurationTarget.Global);
}
