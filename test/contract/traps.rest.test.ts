// A fake: a plain http.Server stands for servers that cannot run here — releases before 3.14, hosted variants, proxies
// with a login page — with the very answers that they were measured to give (mlflow.md §1).
import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UserError } from '../../src/domain/errors';
import type { CredentialSource, Registry } from '../../src/domain/ports';
import { createRestRegistry } from '../../src/registries/rest/restRegistry';
import { points } from './values';

type Answer = (request: { readonly url: URL; readonly headers: IncomingMessage['headers'] }) => {
  readonly status?: number;
  readonly type?: string;
  readonly body?: string;
};

const json = (body: string): ReturnType<Answer> => ({ type: 'application/json', body });

/** A run whose artifacts lie there. */
function runAt(artifactUri: string): ReturnType<Answer> {
  const info = { run_id: 'r', run_uuid: 'r', experiment_id: '1', status: 'FINISHED', lifecycle_stage: 'active' };
  return json(JSON.stringify({ run: { info: { ...info, artifact_uri: artifactUri }, data: {} } }));
}

describe('Traps of servers that cannot run here', () => {
  let server: Server | undefined;
  let registry: Registry | undefined;
  const asked: string[] = [];

  const against = async (
    answer: Answer,
    credentials?: CredentialSource,
    base = '',
    log?: (line: string) => void,
  ): Promise<Registry> => {
    asked.length = 0;
    server = createServer((request: IncomingMessage, response: ServerResponse) => {
      const url = new URL(request.url ?? '', 'http://fake');
      asked.push(url.pathname);
      const { status = 200, type = 'text/plain', body = '' } = answer({ url, headers: request.headers });
      response.writeHead(status, { 'Content-Type': type }).end(body);
    });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const trackingUri = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}${base}`;
    const options = {
      ...(credentials && { credentials }),
      ...(log && { log }),
      limits: { retries: 0, timeoutMs: 5000 },
    };
    registry = createRestRegistry({ name: 'fake', trackingUri }, options);
    return registry;
  };
  afterEach(() => {
    registry?.dispose();
    server?.closeAllConnections();
    server?.close();
  });

  const failing = async (work: Promise<unknown>): Promise<UserError> => {
    const error: unknown = await work.then(
      () => assert.fail('it did not fail'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof UserError, String(error));
    return error;
  };
  const experiments = (of: Registry): Promise<unknown> => of.experiments.search({ view: 'all', maxResults: 10 });

  it('trap 2: releases 3.4 to 3.13 give an empty history where max_results is not asked for', async () => {
    const whole = '{"metrics": [{"key": "a", "value": 0.5, "timestamp": "1", "step": "-3"}]}';
    const of = await against(({ url }) =>
      json(url.searchParams.has('max_results') ? whole : '{"next_page_token": "eyJvZmZzZXQiOiAwfQ=="}'),
    );
    const [history] = await of.runs.histories({ runIds: ['r'], key: 'a' });
    assert.deepEqual(points(history!), [[-3, 1, 0.5]]);
  });

  it('trap 5: keys that hold nothing are left out', async () => {
    const of = await against(() => json('{}'));
    assert.deepEqual(await of.experiments.search({ view: 'all', maxResults: 10 }), { items: [] });
    assert.deepEqual(await of.models.search({ maxResults: 10 }), { items: [] });
    assert.equal((await of.runs.search({ experimentIds: ['1'], view: 'all', maxResults: 10 })).table.length, 0);
  });

  it('trap 6: NaN and Infinity come bare, quoted and clamped', async () => {
    const values = ['NaN', 'Infinity', '-Infinity', '"NaN"', '"Infinity"', '"-Infinity"', '1.7976931348623157e+308'];
    const metrics = values.map((value, step) => `{"key": "a", "value": ${value}, "timestamp": 1, "step": ${step}}`);
    const of = await against(() => json(`{"metrics": [${metrics.join(', ')}]}`));
    const [history] = await of.runs.histories({ runIds: ['r'], key: 'a' });
    assert.deepEqual([...history!.values], [NaN, Infinity, -Infinity, NaN, Infinity, -Infinity, Infinity]);
  });

  it('trap 17: a token may lead to an empty last page', async () => {
    const version = '{"name": "m", "version": "1", "run_id": "r"}';
    const of = await against(({ url }) => {
      if (url.pathname.endsWith('registered-models/get')) return json('{"registered_model": {"name": "m"}}');
      if (url.searchParams.has('page_token')) return json('{}');
      return json(`{"model_versions": [${version}], "next_page_token": "t"}`);
    });
    const page = await of.models.searchVersions({ filter: "run_id = 'r'", maxResults: 1 });
    assert.deepEqual([page.items.length, page.nextPageToken], [1, 't']);
    const last = await of.models.searchVersions({ maxResults: 1, pageToken: 't' });
    assert.deepEqual(last, { items: [] });
  });

  it('trap 21: a refused host name is said with what allows it', async () => {
    const of = await against(() => ({
      status: 403,
      body: 'Invalid Host header - possible DNS rebinding attack detected',
    }));
    const error = await failing(experiments(of));
    assert.equal(error.kind, 'unauthorized');
    assert.match(error.text, /--allowed-hosts/);
  });

  it('trap 21: any other 403 is a sentence of its own', async () => {
    const error = await failing(experiments(await against(() => ({ status: 403, body: 'Permission denied' }))));
    assert.deepEqual([error.kind, error.message.includes('\n')], ['unauthorized', false]);
  });

  it('trap 22: one way of signing in is sent, never two', async () => {
    const seen: (string | undefined)[] = [];
    const answer: Answer = ({ headers }) => {
      seen.push(headers.authorization);
      return json('{}');
    };
    await experiments(await against(answer, { get: () => Promise.resolve({ kind: 'bearer', token: 'abc' }) }));
    assert.deepEqual(seen, ['Bearer abc']);
  });

  it('trap 24: a 404 without body says that the server lacks this part; parts are asked for', async () => {
    const of = await against(({ url }) =>
      url.pathname.endsWith('experiments/search') ? json('{"experiments": []}') : { status: 404 },
    );
    const { capabilities, version } = await of.describe({});
    assert.equal(version, undefined);
    assert.deepEqual(
      [capabilities.modelRegistry, capabilities.loggedModels, capabilities.aliases],
      [false, false, false],
    );
    assert.equal((await failing(of.models.search({ maxResults: 1 }))).kind, 'unsupported');
    assert.deepEqual(await of.loggedModels.ofRun({ runId: 'r', experimentId: '1' }), []);
  });

  it('trap 29: a server without stages, as Unity Catalog is, says so', async () => {
    const of = await against(({ url }) =>
      /latest-versions|\/version$/.test(url.pathname) ? { status: 404 } : json('{}'),
    );
    const { capabilities } = await of.describe({});
    assert.deepEqual([capabilities.modelRegistry, capabilities.stages], [true, false]);
  });

  it('traps 8, 23 and 28: neither bulk histories nor permissions nor searches of datasets are asked', async () => {
    const of = await against(() => json('{"run": {"info": {"run_id": "r"}}, "registered_model": {"name": "m"}}'));
    await of.describe({});
    await of.runs.histories({ runIds: ['r', 's'], key: 'a' });
    await of.runs.get({ runId: 'r' }).catch(() => undefined);
    await of.runs.search({ experimentIds: ['1'], view: 'all', maxResults: 10, filter: "datasets.name = 'd'" });
    await of.models.versions({ name: 'm', maxResults: 10 });
    assert.deepEqual(
      asked.filter((path) => /bulk|permissions|search-datasets/.test(path)),
      [],
    );
  });

  it('trap 26: a base URL keeps its path', async () => {
    await experiments(await against(() => json('{}'), undefined, '/team/mlflow/'));
    assert.deepEqual(asked, ['/team/mlflow/api/2.0/mlflow/experiments/search']);
  });

  it('trap 26: the address of the web page of a release before 3.13 with --static-prefix', async () => {
    const html = { status: 404, type: 'text/html', body: '<!doctype html><title>404 Not Found</title>' };
    const of = await against(
      ({ url: { pathname } }) => {
        if (pathname === '/x/get-artifact') return { body: 'abc' };
        return pathname.startsWith('/x/ajax-api/') ? json('{"files": [{"path": "a", "file_size": 3}]}') : html;
      },
      undefined,
      '/x',
    );
    const root = { kind: 'run', runId: 'r' } as const;
    assert.equal((await of.artifacts.list({ root, path: '' })).length, 1);
    const { bytes } = await of.artifacts.read({ root, path: 'a', maxBytes: 10 });
    assert.equal(Buffer.from(bytes).toString(), 'abc');
    await of.artifacts.list({ root, path: '' });
    const list = '/mlflow/artifacts/list';
    assert.deepEqual(asked, [
      `/x/api/2.0${list}`,
      `/x/ajax-api/2.0${list}`,
      '/x/get-artifact',
      `/x/ajax-api/2.0${list}`,
    ]);
  });

  it('trap 26: without that prefix in the address, what only it gives out is said so', async () => {
    const html = { status: 404, type: 'text/html', body: '<!doctype html><title>404 Not Found</title>' };
    const of = await against(({ url: { pathname } }) => {
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
    const of = await against(answer, token, '', (line) => lines.push(line));
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
    const of = await against(({ url: { pathname }, headers }) => {
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

  it('trap 12: a missing artifact as a page with status 500 is one sentence', async () => {
    const of = await against(({ url }) =>
      url.pathname.endsWith('/get-artifact')
        ? { status: 500, type: 'text/html', body: '<!doctype html><title>500 Internal Server Error</title>' }
        : json('{}'),
    );
    const root = { kind: 'run', runId: 'r' } as const;
    assert.equal((await failing(of.artifacts.read({ root, path: 'x.txt', maxBytes: 1 }))).kind, 'notFound');
  });

  it('trap 25: the address in a version’s source is not fetched', async () => {
    const source = (): string => `http://127.0.0.1:${(server?.address() as { port: number }).port}/files`;
    const of = await against(() =>
      json(JSON.stringify({ model_version: { name: 'm', version: '1', source: source() }, artifact_uri: source() })),
    );
    const root = { kind: 'version', name: 'm', version: '1' } as const;
    assert.equal((await failing(of.artifacts.list({ root, path: '' }))).kind, 'unsupported');
    assert.ok(!asked.includes('/files'));
  });

  it('trap 30: ids beyond 2^53 keep their digits; a bare one, which JSON has rounded, is refused', async () => {
    const body = (id: string): string => `{"experiments": [{"experiment_id": ${id}, "name": "e"}]}`;
    let id = '"725488412345678913"';
    const of = await against(() => json(body(id)));
    const { items } = await of.experiments.search({ view: 'all', maxResults: 10 });
    assert.equal(items[0]?.experimentId, '725488412345678913');
    id = '725488412345678913';
    assert.equal((await failing(experiments(of))).kind, 'unsupported');
  });

  it('a login page in place of data is said as one', async () => {
    const page = { type: 'text/html', body: '<!doctype html><title>Sign in</title>' };
    const error = await failing(experiments(await against(() => page)));
    assert.equal(error.kind, 'unauthorized');
    assert.match(error.message, /web page/);
  });

  it('asks for a write once, however it fails: nobody can tell whether it was done', async () => {
    const { connection } = await against(() => ({ status: 503 }));
    const { experiments, runs, models } = createRestRegistry(connection, { limits: { retries: 2, timeoutMs: 5000 } });
    const runId = 'r';
    const writes = {
      'experiments/create': () => experiments.create({ name: 'e' }),
      'runs/log-batch': () => runs.log({ runId, metrics: [], params: [], tags: [] }),
      'runs/update': () => runs.update({ runId, status: 'FINISHED' }),
      'registered-models/update': () => models.setDescription({ name: 'm', description: '' }),
      'registered-models/delete': () => models.delete({ name: 'm' }),
      'model-versions/create': () => models.createVersion({ name: 'm', source: 's3://b/x' }),
    };
    for (const [endpoint, write] of Object.entries(writes)) {
      asked.length = 0;
      assert.equal((await failing(write())).kind, 'unreachable');
      assert.deepEqual(asked, [`/api/2.0/mlflow/${endpoint}`]);
    }
  });
});
