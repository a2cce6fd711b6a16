import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ArtifactRoot } from '../../src/domain/artifact';
import type { Registry } from '../../src/domain/ports';
import { download } from '../../src/registries/download';
import { createRestRegistry } from '../../src/registries/rest/restRegistry';
import { type Fault, type FaultProxy, startFaultProxy } from '../harness/faultProxy.mjs';
import { startMlflowServer } from '../harness/mlflowServer.mjs';
import { s3Python } from '../harness/setup/mlflowOnS3.mjs';
import { startStorage } from '../harness/storage.mjs';
import { Oracle } from './oracle';
import { kindOf } from './values';

/** What a gateway says when it waits no longer for a server that fetches a big file. */
const gatewayTimeout: Fault = (response) => void response.writeHead(504, { 'Content-Type': 'text/html' }).end();
const pages = /get-artifact|artifacts\/files/;
const pagesAndProxy = /get-artifact|artifacts\/files|mlflow-artifacts\/artifacts\/./;
const signed = 'presigned';

/** A real MLflow server whose artifacts lie on S3, with a proxy before it that lets chosen requests fail. */
describe('Artifacts on S3', function () {
  this.timeout(180_000);
  const folder = mkdtempSync(path.join(tmpdir(), 'ringside-storage-'));
  const ends: (() => Promise<void> | void)[] = [];
  let uri = '';
  let proxy: FaultProxy;
  let registry: Registry;
  let oracle: Oracle;
  let ids: { readonly proxied: string; readonly direct: string; readonly model: string };
  let names = 0;

  before(async () => {
    const storage = await startStorage();
    ends.push(storage.stop);
    const { env } = storage;
    // Importing MLflow takes both of them seconds.
    oracle = new Oracle(folder, { python: s3Python, env });
    ends.push(() => oracle.dispose());
    const server = await startMlflowServer({ folder, python: s3Python, destination: 's3://bucket/proxied root', env });
    ends.push(() => server.stop());
    uri = server.url;
    ids = await oracle.ask('on_s3', uri, 'bucket', storage.url);
    proxy = await startFaultProxy(uri);
    ends.push(() => proxy.close());
    registry = createRestRegistry(
      { name: 'storage', trackingUri: proxy.url },
      { limits: { retries: 0, timeoutMs: 20_000 } },
    );
    ends.push(() => registry.dispose());
  });
  after(async () => {
    for (const end of ends.reverse()) await end();
    rmSync(folder, { recursive: true, force: true });
  });
  afterEach(() => proxy.spoil());

  const run = (runId: string): ArtifactRoot => ({ kind: 'run', runId });
  const model = (): ArtifactRoot => ({ kind: 'loggedModel', modelId: ids.model });

  /** `[path, size, sha256]` of each file that we download, and of each that MLflow's client does; how we came by ours. */
  const both = async (root: ArtifactRoot, artifact: string, address: string) => {
    const request = { root, path: artifact, folder, name: `download ${(names += 1)}` };
    const { target, files } = await download(registry.artifacts, request, () => undefined);
    const ours = files.map(({ file, size, sha256 }) => [path.relative(target, file), size, sha256]).sort();
    const links = proxy.asked.filter((one) => one.path.includes(signed)).length;
    const theirs = await oracle.ask('fetch', uri, address);
    return { ours, theirs, links, verified: files.filter(({ verified }) => verified).length };
  };

  it('come through the server, as MLflow’s client downloads them', async () => {
    for (const [root, address] of [
      [run(ids.proxied), `runs:/${ids.proxied}/`],
      [run(ids.direct), `runs:/${ids.direct}/`],
      [model(), `models:/${ids.model}`],
    ] as const) {
      proxy.spoil();
      const { ours, theirs, links } = await both(root, '', address);
      assert.equal(ours.length, 5);
      assert.deepEqual(ours, theirs);
      assert.equal(links, 0);
    }
  });

  it('come from the storage by an address signed for the run, where the server fails to give them out', async () => {
    proxy.spoil(gatewayTimeout, pages);
    const { ours, theirs, links, verified } = await both(run(ids.direct), '', `runs:/${ids.direct}/`);
    assert.deepEqual(ours, theirs);
    // S3 sends the MD5 of what was put in one part.
    assert.deepEqual([ours.length, links, verified], [5, 5, 5]);
  });

  it('come by an address signed by the proxy, for runs and for logged models', async () => {
    for (const [root, address] of [
      [run(ids.proxied), `runs:/${ids.proxied}/`],
      [model(), `models:/${ids.model}`],
    ] as const) {
      proxy.spoil(gatewayTimeout, pagesAndProxy);
      const { ours, theirs, links } = await both(root, '', address);
      assert.deepEqual(ours, theirs);
      assert.deepEqual([ours.length, links], [5, 5]);
    }
  });

  it('are shown that way too, their beginning only', async () => {
    proxy.spoil(gatewayTimeout, pagesAndProxy);
    for (const runId of [ids.proxied, ids.direct]) {
      const start = await registry.artifacts.read({ root: run(runId), path: 'big.bin', maxBytes: 300 });
      assert.deepEqual([start.bytes.length, start.size, start.truncated], [300, 256 * 1200, true]);
      assert.deepEqual([...start.bytes.subarray(254, 258)], [254, 255, 0, 1]);
    }
  });

  it('that are not there, or that the storage refuses too, are one sentence', async () => {
    proxy.spoil(gatewayTimeout, pagesAndProxy);
    for (const runId of [ids.proxied, ids.direct]) {
      const missing = registry.artifacts.read({ root: run(runId), path: 'nothing.txt', maxBytes: 1 });
      assert.equal(await kindOf(missing), 'notFound');
    }
    proxy.spoil(gatewayTimeout, /get-artifact|mlflow-artifacts\/artifacts\/.|presigned/);
    const refused = registry.artifacts.read({ root: run(ids.direct), path: 'a.txt', maxBytes: 1 });
    await assert.rejects(refused, /does not give out files from s3:\/\/bucket\/direct root/);
  });
});
