import assert from 'node:assert/strict';
import type { Registry } from '../../src/domain/ports';
import { createRestRegistry } from '../../src/registries/rest/restRegistry';
import { type Answer, failing, FakeServer, json } from './fakeServer';
import { points } from './values';

describe('Traps of servers that cannot run here', () => {
  const fake = new FakeServer();
  const experiments = (of: Registry): Promise<unknown> => of.experiments.search({ view: 'all', maxResults: 10 });

  it('trap 2: releases 3.4 to 3.13 give an empty history where max_results is not asked for', async () => {
    const whole = '{"metrics": [{"key": "a", "value": 0.5, "timestamp": "1", "step": "-3"}]}';
    const of = await fake.against(({ url }) =>
      json(url.searchParams.has('max_results') ? whole : '{"next_page_token": "eyJvZmZzZXQiOiAwfQ=="}'),
    );
    const [history] = await of.runs.histories({ runIds: ['r'], key: 'a' });
    assert.deepEqual(points(history!), [[-3, 1, 0.5]]);
  });

  it('trap 5: keys that hold nothing are left out', async () => {
    const of = await fake.against(() => json('{}'));
    assert.deepEqual(await of.experiments.search({ view: 'all', maxResults: 10 }), { items: [] });
    assert.deepEqual(await of.models.search({ maxResults: 10 }), { items: [] });
    assert.equal((await of.runs.search({ experimentIds: ['1'], view: 'all', maxResults: 10 })).table.length, 0);
  });

  it('trap 6: NaN and Infinity come bare, quoted and clamped', async () => {
    const values = ['NaN', 'Infinity', '-Infinity', '"NaN"', '"Infinity"', '"-Infinity"', '1.7976931348623157e+308'];
    const metrics = values.map((value, step) => `{"key": "a", "value": ${value}, "timestamp": 1, "step": ${step}}`);
    const of = await fake.against(() => json(`{"metrics": [${metrics.join(', ')}]}`));
    const [history] = await of.runs.histories({ runIds: ['r'], key: 'a' });
    assert.deepEqual([...history!.values], [NaN, Infinity, -Infinity, NaN, Infinity, -Infinity, Infinity]);
  });

  it('trap 17: a token may lead to an empty last page', async () => {
    const version = '{"name": "m", "version": "1", "run_id": "r"}';
    const of = await fake.against(({ url }) => {
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
    const of = await fake.against(() => ({
      status: 403,
      body: 'Invalid Host header - possible DNS rebinding attack detected',
    }));
    const error = await failing(experiments(of));
    assert.equal(error.kind, 'unauthorized');
    assert.match(error.text, /--allowed-hosts/);
  });

  it('trap 21: any other 403 is a sentence of its own', async () => {
    const error = await failing(experiments(await fake.against(() => ({ status: 403, body: 'Permission denied' }))));
    assert.deepEqual([error.kind, error.message.includes('\n')], ['unauthorized', false]);
  });

  it('trap 22: one way of signing in is sent, never two', async () => {
    const seen: (string | undefined)[] = [];
    const answer: Answer = ({ headers }) => {
      seen.push(headers.authorization);
      return json('{}');
    };
    await experiments(await fake.against(answer, { get: () => Promise.resolve({ kind: 'bearer', token: 'abc' }) }));
    assert.deepEqual(seen, ['Bearer abc']);
  });

  it('trap 24: a 404 without body says that the server lacks this part; parts are asked for', async () => {
    const of = await fake.against(({ url }) =>
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
    const of = await fake.against(({ url }) =>
      /latest-versions|\/version$/.test(url.pathname) ? { status: 404 } : json('{}'),
    );
    const { capabilities } = await of.describe({});
    assert.deepEqual([capabilities.modelRegistry, capabilities.stages], [true, false]);
  });

  it('traps 8, 23 and 28: neither bulk histories nor permissions nor searches of datasets are asked', async () => {
    const of = await fake.against(() => json('{"run": {"info": {"run_id": "r"}}, "registered_model": {"name": "m"}}'));
    await of.describe({});
    await of.runs.histories({ runIds: ['r', 's'], key: 'a' });
    await of.runs.get({ runId: 'r' }).catch(() => undefined);
    await of.runs.search({ experimentIds: ['1'], view: 'all', maxResults: 10, filter: "datasets.name = 'd'" });
    await of.models.versions({ name: 'm', maxResults: 10 });
    assert.deepEqual(
      fake.asked.filter((path) => /bulk|permissions|search-datasets/.test(path)),
      [],
    );
  });

  it('trap 26: a base URL keeps its path', async () => {
    await experiments(await fake.against(() => json('{}'), undefined, '/team/mlflow/'));
    assert.deepEqual(fake.asked, ['/team/mlflow/api/2.0/mlflow/experiments/search']);
  });

  it('trap 26: the address of the web page of a release before 3.13 with --static-prefix', async () => {
    const html = { status: 404, type: 'text/html', body: '<!doctype html><title>404 Not Found</title>' };
    const of = await fake.against(
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
    assert.deepEqual(fake.asked, [
      `/x/api/2.0${list}`,
      `/x/ajax-api/2.0${list}`,
      '/x/get-artifact',
      `/x/ajax-api/2.0${list}`,
    ]);
  });

  it('trap 30: ids beyond 2^53 keep their digits; a bare one, which JSON has rounded, is refused', async () => {
    const body = (id: string): string => `{"experiments": [{"experiment_id": ${id}, "name": "e"}]}`;
    let id = '"725488412345678913"';
    const of = await fake.against(() => json(body(id)));
    const { items } = await of.experiments.search({ view: 'all', maxResults: 10 });
    assert.equal(items[0]?.experimentId, '725488412345678913');
    id = '725488412345678913';
    assert.equal((await failing(experiments(of))).kind, 'unsupported');
  });

  it('a login page in place of data is said as one', async () => {
    const page = { type: 'text/html', body: '<!doctype html><title>Sign in</title>' };
    const error = await failing(experiments(await fake.against(() => page)));
    assert.equal(error.kind, 'unauthorized');
    assert.match(error.message, /web page/);
  });

  it('asks for a write once, however it fails: nobody can tell whether it was done', async () => {
    const { connection } = await fake.against(() => ({ status: 503 }));
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
      fake.asked.length = 0;
      assert.equal((await failing(write())).kind, 'unreachable');
      assert.deepEqual(fake.asked, [`/api/2.0/mlflow/${endpoint}`]);
    }
  });
});
