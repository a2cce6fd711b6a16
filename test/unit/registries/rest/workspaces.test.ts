// A fake: a plain http.Server that refuses what MLflow's own would not, and records what it was asked.
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from '../../../../src/domain/ports';
import { createRestRegistry } from '../../../../src/registries/rest/restRegistry';

describe('The chosen workspace of a server', () => {
  let server: Server;
  let registry: Registry;
  /** What the server says of itself, and in which workspace it was asked for experiments. */
  let info: { readonly status: number; readonly body: string };
  let asked: (string | undefined)[];

  const open = (workspace?: string): void => {
    const { port } = server.address() as AddressInfo;
    const connection = { name: 'fake', trackingUri: `http://127.0.0.1:${port}`, ...(workspace && { workspace }) };
    registry = createRestRegistry(connection, { limits: { retries: 0, timeoutMs: 2000 } });
  };
  const search = () => registry.experiments.search({ view: 'active', maxResults: 1 });

  beforeEach(async () => {
    asked = [];
    server = createServer((request, response) => {
      const aboutItself = request.url?.endsWith('/server-info');
      const { status, body } = aboutItself ? info : { status: 200, body: '{}' };
      if (!aboutItself) asked.push(request.headers['x-mlflow-workspace'] as string | undefined);
      response.writeHead(status, { 'Content-Type': body.startsWith('{') ? 'application/json' : 'text/html' }).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => {
    registry.dispose();
    server.closeAllConnections();
    server.close();
  });

  for (const [title, refusal] of [
    ['wants a sign-in', { status: 401, body: 'Who is it?' }],
    ['is down for a moment', { status: 503, body: '' }],
    ['shows a sign-in page', { status: 200, body: '<title>Sign in</title>' }],
  ] as const) {
    it(`is asked for by its name once a server that ${title} answers, and nothing is asked before`, async () => {
      open('team-a');
      info = refusal;
      await assert.rejects(search(), { kind: title.includes('sign-in') ? 'unauthorized' : 'unreachable' });
      assert.deepEqual(asked, []);
      info = { status: 200, body: '{"workspaces_enabled": true}' };
      await search();
      assert.deepEqual(asked, ['team-a']);
    });
  }

  it('is not named to a server that knows no workspaces, nor is one without a choice held up by what it refuses', async () => {
    info = { status: 404, body: '' };
    open('team-a');
    await search();
    registry.dispose();
    info = { status: 403, body: '' };
    open();
    await search();
    assert.deepEqual(asked, [undefined, undefined]);
  });
});
