// A fake: a plain http.Server that answers as late as the test wants.
import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRestRegistry } from '../../../../src/registries/rest/restRegistry';

describe('The time that a server is given', () => {
  let server: Server;
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('is what the setting says at each request', async () => {
    server = createServer((_request, response) => {
      setTimeout(() => response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}'), 400);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    let timeoutMs = 50;
    const registry = createRestRegistry(
      { name: 'fake', trackingUri: `http://127.0.0.1:${port}` },
      { limits: { retries: 0, timeoutMs: 20_000 }, timeoutMs: () => timeoutMs },
    );
    const search = () => registry.experiments.search({ view: 'active', maxResults: 1 });
    await search().then(
      () => assert.fail('it waited'),
      (error: unknown) => assert.match(String(error), /did not answer within/),
    );
    timeoutMs = 20_000;
    assert.deepEqual((await search()).items, []);
    registry.dispose();
  });
});
