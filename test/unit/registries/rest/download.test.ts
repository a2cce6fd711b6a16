// A fake: a plain http.Server stands for servers and storages that lie or break, which MLflow's own does not.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import * as path from 'node:path';
import type { Downloaded } from '../../../../src/domain/download';
import { UserError } from '../../../../src/domain/errors';
import type { Registry } from '../../../../src/domain/ports';
import { download } from '../../../../src/registries/download';
import { createRestRegistry } from '../../../../src/registries/rest/restRegistry';
import { useFolder } from '../files/tree';

type Give = (response: ServerResponse, request: IncomingMessage) => void;

const base64 = (algorithm: string, text: string): string => createHash(algorithm).update(text).digest('base64');
const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

describe('A download from a server', function () {
  this.timeout(20_000);
  const folder = useFolder();
  const to = (): string => path.join(folder(), 'here');
  let server: Server | undefined;
  let registry: Registry | undefined;

  afterEach(() => {
    registry?.dispose();
    server?.closeAllConnections();
    server?.close();
  });

  /** A run with one artifact, or those that are named, each of whose files is given out so. */
  const get = async (give: Give, names: readonly string[] = ['a'], signal?: AbortSignal): Promise<Downloaded> => {
    server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '', 'http://fake');
      const files = names.map((name) => ({ path: name, is_dir: false, file_size: 3 }));
      if (pathname === '/get-artifact') give(response, request);
      else response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ files }));
    });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const trackingUri = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    registry = createRestRegistry({ name: 'fake', trackingUri }, { limits: { retries: 0, timeoutMs: 500 } });
    const request = { root: { kind: 'run', runId: 'r' }, path: '', folder: folder(), name: 'here' } as const;
    return download(registry.artifacts, request, () => undefined, signal);
  };
  const gives =
    (headers: OutgoingHttpHeaders, body = 'abc'): Give =>
    (response) =>
      response.writeHead(200, headers).end(body);

  const refused = async (work: Promise<unknown>, kind: string, words: RegExp): Promise<void> => {
    await assert.rejects(work, (error) => error instanceof UserError && error.kind === kind && words.test(error.text));
    assert.deepEqual(fs.readdirSync(folder()), []);
  };

  it('asks for the bytes themselves, not for packed ones', async () => {
    let asked: unknown;
    const { files } = await get((response, request) => {
      asked = request.headers['accept-encoding'];
      response.end('abc');
    });
    assert.equal(asked, 'identity');
    assert.deepEqual(files, [
      {
        path: 'a',
        file: path.join(to(), 'a'),
        size: 3,
        sha256: createHash('sha256').update('abc').digest('hex'),
        verified: false,
      },
    ]);
  });

  for (const name of ['../x', '/etc/x', 'C:\\x', '..\\x', 'a\0', 'sub/x'])
    it(`refuses a server that names ${JSON.stringify(name)}`, async () => {
      await refused(get(gives({}), ['a', name]), 'invalid', /would leave its folder/);
    });

  for (const [header, value] of [
    ['Content-MD5', base64('md5', 'abc')],
    ['Digest', `SHA-256=${base64('sha256', 'abc')}`],
    ['Content-Digest', `sha-256=:${base64('sha256', 'abc')}:`],
    ['Repr-Digest', `sha-512=:AAAA:, sha-256=:${base64('sha256', 'abc')}:`],
    ['x-goog-hash', `crc32c=n03x6A==,md5=${base64('md5', 'abc')}`],
    ['x-amz-checksum-sha256', base64('sha256', 'abc')],
  ] as const) {
    it(`compares the digest in ${header}`, async () => {
      assert.equal((await get(gives({ [header]: value }))).files[0]?.verified, true);
    });

    it(`refuses bytes that are not those of ${header}`, async () => {
      await refused(get(gives({ [header]: value }, 'abd')), 'unreachable', /arrived damaged/);
    });
  }

  it('believes an ETag only where it is the digest', async () => {
    const verified = async (etag: string): Promise<unknown> => {
      const { files } = await get(gives({ ETag: etag }));
      fs.rmSync(to(), { recursive: true });
      server?.close();
      return files[0]?.verified;
    };
    assert.equal(await verified(`"${md5('abc')}"`), true);
    for (const other of [`"${md5('encrypted')}"`, '"1700000000.1-3-123456789"', `"${md5('abc')}-2"`, 'W/"x"'])
      assert.equal(await verified(other), false, other);
  });

  it('does not compare digests of packed bytes', async () => {
    const { files } = await get(gives({ 'Content-Encoding': 'none-such', 'Content-MD5': base64('md5', 'other') }));
    assert.equal(files[0]?.verified, false);
  });

  it('refuses a body that is cut or of another size', async () => {
    await refused(get(gives({}, 'ab')), 'unreachable', /arrived with 2 bytes, but the store says 3/);
  });

  it('refuses a body that breaks off', async () => {
    const cut: Give = (response) => {
      response.writeHead(200, { 'Content-Length': 3 }).write('ab', () => response.destroy());
    };
    await refused(get(cut), 'unreachable', /broke off/);
  });

  it('begins a file again whose body broke off, without losing or counting twice what came', async () => {
    let given = 0;
    const sent: string[] = [];
    const { files, bytes } = await get(
      (response, request) => {
        const { searchParams } = new URL(request.url ?? '', 'http://fake');
        sent.push(searchParams.get('path') ?? '');
        if (searchParams.get('path') !== 'b' || ++given > 2)
          response.writeHead(200, { 'Content-Length': 3 }).end('abc');
        else response.writeHead(200, { 'Content-Length': 3 }).write('ax', () => response.destroy());
      },
      ['a', 'b'],
    );
    assert.deepEqual(sent.sort(), ['a', 'b', 'b', 'b']);
    assert.equal(bytes, 6);
    assert.deepEqual(new Set(files.map(({ sha256 }) => sha256)).size, 1);
    assert.equal(fs.readFileSync(path.join(to(), 'b'), 'utf8'), 'abc');
  });

  it('gives up on a body that stalls', async () => {
    const stalled: Give = (response) => void response.writeHead(200, { 'Content-Length': 3 }).write('ab');
    await refused(get(stalled), 'unreachable', /did not answer within/);
  });

  it('rejects at once when it is cancelled while the body stalls, and closes the connection', async () => {
    const controller = new AbortController();
    let at = 0;
    const closed = new Promise((resolve) => {
      const stalled: Give = (response, request) => {
        request.socket.once('close', resolve);
        response.writeHead(200, { 'Content-Length': 3 }).write('ab', () => {
          at = performance.now();
          controller.abort();
        });
      };
      void assert.rejects(get(stalled, ['a'], controller.signal), { kind: 'cancelled' }).then(() => {
        assert.ok(performance.now() - at < 100);
      });
    });
    await closed;
    while (fs.readdirSync(folder()).length > 0) await new Promise(setImmediate);
  });

  it('says the refusal of a file as one sentence', async () => {
    await refused(
      get((response) => response.writeHead(403).end('Permission denied')),
      'unauthorized',
      /does not allow/,
    );
  });
});
