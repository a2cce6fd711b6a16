import assert from 'node:assert/strict';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CredentialSource } from '../../src/domain/ports';
import { type Answer, failing, FakeServer, json } from './fakeServer';

/** A run whose artifacts lie there. */
function runAt(artifactUri: string): ReturnType<Answer> {
  const info = { run_id: 'r', run_uuid: 'r', experiment_id: '1', status: 'FINISHED', lifecycle_stage: 'active' };
  return json(JSON.stringify({ run: { info: { ...info, artifact_uri: artifactUri }, data: {} } }));
}

describe('Artifacts of servers that cannot run here', () => {
  const fake = new FakeServer();

  it('trap 26: without that prefix in the address, what only it gives out is said so', async () => {
    const html = { status: 404, type: 'text/html', body: '<!doctype html><title>404 Not Found</title>' };
    const of = await fake.against(({ url: { pathname } }) => {
      if (pathname.endsWith('/artifacts/list')) return json('{"files": [{"path": "a", "file_size": 3}]}');
      return pathname.endsWith('/runs/get') ? runAt('s3://b/r') : html;
    });
    const error = await failing(of.artifacts.open({ root: { kind: 'run', runId: 'r' }, path: 'a' }));
    assert.match(error.text, /does not give out files from s3:\/\/b\/r\/a\..*--static-prefix.*web page/);
  });

  it('a file that the server cannot give out comes from the storage by a signed address, without credentials', async () => {
    const seen: IncomingMessage[] = [];
    const storage = createServer((request, response) => {
      seen.push(request);
      response.writeHead(200, { ETag: '"900150983cd24fb0d6963f7d28e17f72"' }).end('abc');
    });
    await new Promise<void>((resolve) => storage.listen(0, '127.0.0.1', resolve));
    const link = `http://127.0.0.1:${(storage.address() as AddressInfo).port}/b/a%20b?X-Amz-Signature=s%2F1`;
    const lines: string[] = [];
    const token: CredentialSource = { get: () => Promise.resolve({ kind: 'bearer', token: 'abc' }) };
    const answer: Answer = ({ url: { pathname } }) => {
      if (pathname === '/get-artifact') return { status: 504, type: 'text/html', body: '' };
      if (pathname.endsWith('/artifacts/list')) return json('{"files": [{"path": "a b", "file_size": 3}]}');
      if (!pathname.endsWith('/presigned-download-url')) return runAt('s3://b');
      return json(JSON.stringify({ presigned_url: link, headers: { 'x-needed': '1' } }));
    };
    const of = await fake.against(answer, token, '', (line) => lines.push(line));
    const stream = await of.artifacts.open({ root: { kind: 'run', runId: 'r' }, path: 'a b' });
    const pieces: Uint8Array[] = [];
    for await (const piece of stream.pieces) pieces.push(Uint8Array.from(piece));
    storage.close();
    assert.equal(Buffer.concat(pieces).toString(), 'abc');
    const hex = '900150983cd24fb0d6963f7d28e17f72';
    assert.deepEqual(stream.digests, [{ algorithm: 'md5', hex, binding: false }]);
    const [{ url, headers }] = seen as [IncomingMessage];
    assert.deepEqual(
      [url, headers.authorization, headers['x-needed']],
      [link.slice(link.indexOf('/b/')), undefined, '1'],
    );
    assert.ok(lines.length > 3 && !lines.some((line) => line.includes('Signature')));
  });

  it('an artifact URI that names its server is that server’s, one of another is not asked for', async () => {
    let host = '';
    const of = await fake.against(({ url: { pathname }, headers }) => {
      if (pathname === '/get-artifact') return { status: 500, type: 'text/html', body: '' };
      if (pathname.endsWith('/artifacts/list')) return json('{"files": [{"path": "a", "file_size": 3}]}');
      if (pathname.endsWith('/mlflow-artifacts/artifacts/1/r/a')) return { body: 'abc' };
      return runAt(`mlflow-artifacts://${host || headers.host}/1/r`);
    });
    const query = { root: { kind: 'run', runId: 'r' }, path: 'a', maxBytes: 10 } as const;
    assert.equal(Buffer.from((await of.artifacts.read(query)).bytes).toString(), 'abc');
    host = 'elsewhere:5000';
    const error = await failing(of.artifacts.read(query));
    assert.match(error.text, /does not give out files from mlflow-artifacts:\/\/elsewhere:5000\/1\/r\/a/);
  });

  for (const uri of ['gs://b/r', 'wasbs://c@a.blob.core.windows.net/r', 'dbfs:/r', 'hdfs://h/r']) {
    it(`a storage that the server cannot reach is named with what to do: ${uri}`, async () => {
      const of = await fake.against(({ url: { pathname } }) =>
        pathname.endsWith('/runs/get') ? runAt(uri) : { status: 500, type: 'text/html', body: '<title>500</title>' },
      );
      const root = { kind: 'run', runId: 'r' } as const;
      for (const work of [
        () => of.artifacts.list({ root, path: '' }),
        () => of.artifacts.read({ root, path: 'a', maxBytes: 9 }),
        () => of.artifacts.open({ root, path: 'a' }),
      ]) {
        const error = await failing(work());
        assert.ok(error.message.endsWith(`failed to reach the artifacts at ${uri}.`), error.message);
        assert.match(error.next ?? '', /Python package and the credentials/);
      }
    });

    it(`what the server gives out of any storage is read by it: ${uri}`, async () => {
      const of = await fake.against(({ url: { pathname } }) => {
        if (pathname === '/get-artifact') return { body: 'abc' };
        return pathname.endsWith('/runs/get') ? runAt(uri) : json('{"files": [{"path": "a", "file_size": 3}]}');
      });
      const root = { kind: 'run', runId: 'r' } as const;
      assert.deepEqual(await of.artifacts.list({ root, path: '' }), [{ path: 'a', isDir: false, size: 3 }]);
      const { bytes } = await of.artifacts.read({ root, path: 'a', maxBytes: 9 });
      assert.equal(Buffer.from(bytes).toString(), 'abc');
    });
  }

  it('a server that fails to list its own artifacts has failed, whatever the storage', async () => {
    const of = await fake.against(({ url: { pathname } }) =>
      pathname.endsWith('/runs/get') ? runAt('mlflow-artifacts:/1/r') : { status: 500, body: '' },
    );
    const error = await failing(of.artifacts.list({ root: { kind: 'run', runId: 'r' }, path: '' }));
    assert.match(error.text, /failed to answer \(HTTP 500\)/);
  });

  it('trap 12: a missing artifact as a page with status 500 is one sentence', async () => {
    const of = await fake.against(({ url }) =>
      url.pathname.endsWith('/get-artifact')
        ? { status: 500, type: 'text/html', body: '<!doctype html><title>500 Internal Server Error</title>' }
        : json('{}'),
    );
    const root = { kind: 'run', runId: 'r' } as const;
    assert.equal((await failing(of.artifacts.read({ root, path: 'x.txt', maxBytes: 1 }))).kind, 'notFound');
  });

  it('trap 25: the address in a version’s source is not fetched', async () => {
    const source = (): string => `http://127.0.0.1:${fake.port}/files`;
    const of = await fake.against(() =>
      json(JSON.stringify({ model_version: { name: 'm', version: '1', source: source() }, artifact_uri: source() })),
    );
    const root = { kind: 'version', name: 'm', version: '1' } as const;
    assert.equal((await failing(of.artifacts.list({ root, path: '' }))).kind, 'unsupported');
    assert.ok(!fake.asked.includes('/files'));
  });
});
