import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { RegistrySet } from '../../src/app/registrySet';
import { runCommand } from '../../src/cli/commands';
import { parseOptions } from '../../src/cli/options';
import { isCancelled, UserError } from '../../src/domain/errors';
import type { Registry } from '../../src/domain/ports';
import { download } from '../../src/registries/download';
import type { HttpLimits } from '../../src/registries/rest/httpClient';
import { createRestRegistry } from '../../src/registries/rest/restRegistry';
import { type FaultProxy, startFaultProxy } from '../harness/faultProxy.mjs';
import { startMlflowServer } from '../harness/mlflowServer.mjs';
import { rejectsInTime } from './cancelled';
import { faults, json, says, webPage } from './faultsOfServers';
import { python } from './mlflow';
import { points } from './values';

const limits: Partial<HttpLimits> = {
  // Long enough for a real server on a busy machine.
  timeoutMs: 8000,
  answerMs: 10_000,
  retries: 2,
  retryDelayMs: 1,
  maxBytes: 1_000_000,
  maxPages: 20,
};

describe('Faults of a server, by a proxy before a real one', function () {
  this.timeout(60_000);
  let folder: string;
  let server: { readonly url: string; stop(): Promise<void> } | undefined;
  let proxy: FaultProxy;
  let runId: string;
  let experimentId: string;
  const opened: Registry[] = [];
  const secret = 'never-elsewhere';

  const open = (special: Partial<HttpLimits> = {}, workerUrl?: string): Registry => {
    const registry = createRestRegistry(
      { name: 'spoilt', trackingUri: proxy.url },
      {
        limits: { ...limits, ...special },
        credentials: { get: () => Promise.resolve({ kind: 'bearer', token: secret }) },
        ...(workerUrl !== undefined && { workerUrl }),
      },
    );
    opened.push(registry);
    return registry;
  };
  const post = async <T>(endpoint: string, body: unknown): Promise<T> => {
    const reply = await fetch(`${server!.url}/api/2.0/mlflow/${endpoint}`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify(body),
    });
    return (await reply.json()) as T;
  };

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'ringside-faults-'));
    server = await startMlflowServer({ folder, python });
    ({ experiment_id: experimentId } = await post<{ experiment_id: string }>('experiments/create', { name: 'kept' }));
    const made = await post<{ run: { info: { run_id: string } } }>('runs/create', { experiment_id: experimentId });
    runId = made.run.info.run_id;
    await post('runs/log-metric', { run_id: runId, key: 'auc', value: 0.5, timestamp: 1, step: 0 });
    proxy = await startFaultProxy(server.url);
  });
  afterEach(() => {
    proxy.spoil();
    for (const registry of opened.splice(0)) registry.dispose();
  });
  after(async () => {
    proxy.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const failure = async (work: Promise<unknown>): Promise<UserError> => {
    const error: unknown = await work.then(
      () => assert.fail('it did not fail'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof UserError, String(error));
    return error;
  };
  const names = async (of: Registry): Promise<readonly string[]> =>
    (await of.experiments.search({ view: 'all', maxResults: 100 })).items.map(({ name }) => name);

  for (const [title, { fault, kind, words, asked, limits: special }] of Object.entries(faults)) {
    it(`${title} is a sentence, and the rest goes on`, async () => {
      const registry = open(special);
      proxy.spoil(fault, /experiments\/search$/);
      const error = await failure(names(registry));
      assert.match(error.text, words);
      assert.deepEqual([error.kind, error.text.includes('\n')], [kind, false]);
      assert.ok(error.next, 'it has a next step');
      assert.equal(proxy.asked.length, asked);
      assert.equal((await registry.runs.get({ runId })).runId, runId);
      proxy.spoil();
      assert.ok((await names(registry)).includes('kept'));
    });
  }

  it('a server without registry: its runs are read, and it says what it lacks', async () => {
    const registry = open();
    proxy.spoil(says(404, webPage), /registered-models|model-versions/);
    const { capabilities } = await registry.describe({});
    assert.equal(capabilities.modelRegistry, false);
    assert.equal((await failure(registry.models.search({ maxResults: 1 }))).kind, 'unsupported');
    assert.ok((await names(registry)).includes('kept'));
  });

  it('a redirect to another host is said and not followed, and no credentials go there', async () => {
    const seen: unknown[] = [];
    const other = createServer((request, response) => {
      seen.push(request.headers);
      response.end('{}');
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    try {
      for (const [host, words] of [
        ['127.0.0.1', /has moved to/],
        ['localhost', /sends to localhost:\d+, probably to sign in/],
      ] as const) {
        proxy.spoil(says(307, '', { Location: `http://${host}:${port}/` }));
        assert.match((await failure(names(open()))).text, words);
      }
    } finally {
      other.close();
    }
    assert.deepEqual(seen, []);
  });

  it('tokens of pages without end are noticed: in a history, a list of artifacts and a search of our own', async () => {
    const registry = open();
    let page = 0;
    proxy.spoil((response) => {
      response.writeHead(200, json).end(JSON.stringify({ next_page_token: String(++page) }));
    });
    const root = { kind: 'run', runId } as const;
    const beyond = { experimentIds: [experimentId], view: 'all', maxResults: 5, filter: "not params.a = '1'" } as const;
    for (const [work, most] of [
      [() => registry.runs.histories({ runIds: [runId], key: 'auc' }), 20],
      [() => registry.artifacts.list({ root, path: '' }), 20],
      [() => registry.runs.search(beyond), 100],
    ] as const) {
      proxy.asked.length = 0;
      assert.match((await failure(work())).text, /pages without end/);
      assert.equal(proxy.asked.length, most);
    }
  });

  it('and by the command line', async () => {
    const registries = new RegistrySet(() => open(), Date.now);
    registries.setConnections([{ name: 'r', trackingUri: proxy.url }]);
    let page = 0;
    proxy.spoil((response) => {
      response.writeHead(200, json).end(JSON.stringify({ next_page_token: String(++page) }));
    }, /registered-models\/search$/);
    const { signal } = new AbortController();
    const context = { registries, name: 'r', registry: registries.get('r'), say: () => undefined, signal };
    assert.match((await failure(runCommand({ ...context, options: parseOptions(['models']) }))).text, /without end/);
    assert.equal(page, 100);
    registries.dispose();
  });

  it('a read is asked again, later each time; a write is asked once, whether or not it was done', async () => {
    const registry = open({ retryDelayMs: 200 });
    proxy.spoil((response) => response.socket?.resetAndDestroy());
    await failure(names(registry));
    const [first, second, third] = proxy.asked.map(({ at }) => at) as [number, number, number];
    // At least half of the delay is waited; the other half is a matter of luck.
    assert.ok(second - first >= 95 && third - second >= 195, `${second - first} ms, ${third - second} ms`);
    assert.equal(proxy.asked.length, 3);
    proxy.asked.length = 0;
    const point = { key: 'auc', value: 0.75, step: 1, timestamp: 2 };
    const error = await failure(registry.runs.log({ runId, metrics: [point], params: [], tags: [] }));
    assert.equal(error.kind, 'unreachable');
    assert.equal(proxy.asked.length, 1);
    proxy.spoil();
    // The server had done it: a second try would have written it twice.
    const [history] = await registry.runs.histories({ runIds: [runId], key: 'auc' });
    assert.deepEqual(points(history!), [
      [0, 1, 0.5],
      [1, 2, 0.75],
    ]);
  });

  it('a read that fails once is answered', async () => {
    const registry = open();
    let failures = 0;
    proxy.spoil((response, answer) =>
      failures++ === 0
        ? response.writeHead(503).end()
        : response.writeHead(answer.status, answer.headers).end(answer.body),
    );
    assert.ok((await names(registry)).includes('kept'));
    assert.equal(proxy.asked.length, 2);
  });

  describe('a call that is cancelled rejects at once, hangs up, and asks for nothing more', () => {
    const query = { experimentIds: [] as string[], view: 'all', maxResults: 10 } as const;
    const root = (): { readonly kind: 'run'; readonly runId: string } => ({ kind: 'run', runId });
    const calls: Readonly<Record<string, (of: Registry, signal: AbortSignal) => Promise<unknown>>> = {
      description: (of, signal) => of.describe({}, signal),
      experiments: (of, signal) => of.experiments.search({ view: 'all', maxResults: 10 }, signal),
      runs: (of, signal) => of.runs.search({ ...query, experimentIds: [experimentId] }, signal),
      'filtered runs': (of, signal) => of.runs.search({ ...query, filter: "not params.a = '1'" }, signal),
      histories: (of, signal) => of.runs.histories({ runIds: [runId, runId, runId], key: 'auc' }, signal),
      frames: (of, signal) => of.frames.open({ experimentIds: [experimentId], view: 'all' }, signal),
      models: (of, signal) => of.models.search({ maxResults: 10 }, signal),
      'list of artifacts': (of, signal) => of.artifacts.list({ root: root(), path: '' }, signal),
      file: (of, signal) => of.artifacts.read({ root: root(), path: 'a', maxBytes: 9 }, signal),
      download: (of, signal) =>
        download(of.artifacts, { root: root(), path: '', folder, name: 'target' }, () => undefined, signal),
    };
    for (const [name, call] of Object.entries(calls)) {
      for (const workerUrl of [undefined, path.resolve('dist/worker.js')]) {
        it(`${name}${workerUrl === undefined ? '' : ', in a worker'}`, async () => {
          const registry = open({ timeoutMs: 30_000 }, workerUrl);
          const cancel = new AbortController();
          let hungUp = 0;
          const asked = new Promise<void>((resolve) => {
            proxy.spoil((response) => {
              // Who was cancelled before the proxy came to it is gone already.
              if (response.destroyed) hungUp++;
              else response.once('close', () => hungUp++);
              response.writeHead(200, json).write('{');
              resolve();
            });
          });
          const before = readdirSync(folder);
          const left = call(registry, cancel.signal);
          await asked;
          // The server never answers: only the cancel can end it.
          await rejectsInTime(cancel, left, 'a server that hangs');
          const requests = proxy.asked.length;
          const end = performance.now() + 5000;
          const isDone = (): boolean => hungUp === proxy.asked.length && readdirSync(folder).length === before.length;
          while (!isDone() && performance.now() < end) await new Promise(setImmediate);
          assert.equal(hungUp, proxy.asked.length);
          // Those that were on their way to the proxy, and no next page, run or file.
          assert.ok(proxy.asked.length <= Math.max(requests, 3));
          assert.deepEqual(readdirSync(folder).sort(), before.sort());
        });
      }
    }

    it('while it waits for the next try', async () => {
      const cancel = new AbortController();
      const asked = new Promise<void>((resolve) => {
        proxy.spoil((response) => void response.writeHead(429, { 'Retry-After': '9' }).end(resolve));
      });
      const left = open().experiments.get({ experimentId }, cancel.signal);
      await asked;
      await rejectsInTime(cancel, left, 'the next try');
      assert.equal(proxy.asked.length, 1);
    });

    it('while a person is asked for the password, and then nothing is sent', async () => {
      const cancel = new AbortController();
      let answer: () => void = () => undefined;
      const get = (): Promise<undefined> => new Promise((resolve) => (answer = () => resolve(undefined)));
      const registry = createRestRegistry({ name: 'spoilt', trackingUri: proxy.url }, { limits, credentials: { get } });
      opened.push(registry);
      proxy.spoil();
      const outcome = registry.experiments.get({ experimentId }, cancel.signal).catch((error: unknown) => error);
      await new Promise((resolve) => setImmediate(resolve));
      cancel.abort();
      assert.ok(isCancelled(await outcome));
      answer();
      assert.ok((await names(open())).includes('kept'));
      assert.equal(proxy.asked.length, 1);
    });
  });
});
