import assert from 'node:assert/strict';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { metricAt, runAt, textAt } from '../../src/domain/runTable';
import { UserError } from '../../src/domain/errors';
import type { Registry } from '../../src/domain/ports';
import type { RunTable } from '../../src/domain/run';
import { openLocal } from '../../src/registries/local';
import { openRegistry } from '../../src/registries/open';

type Json = Record<string, unknown>;

/** What read_store.py prints. */
interface Oracle {
  readonly experiments: Record<'active' | 'deleted' | 'all', readonly (readonly [string, string])[]>;
  readonly runs: Record<'active' | 'deleted' | 'all', readonly Json[]>;
  readonly first: string;
  readonly history: readonly unknown[];
  readonly searches: Record<string, readonly string[] | 'refused'>;
  readonly models: readonly unknown[];
  readonly versions: readonly unknown[];
}

const run = promisify(execFile);
const python = path.resolve(process.env['RINGSIDE_PYTHON'] ?? '.venv/bin/python');
const env = { ...process.env, MLFLOW_ALLOW_FILE_STORE: 'true', MLFLOW_DISABLE_TELEMETRY: 'true' };
const workerUrl = path.resolve('dist/worker.js');
const only = process.env['RINGSIDE_CONTRACT_BACKENDS'];

const filters = [
  "params.depth = '1'",
  "params.depth != '1'",
  'metrics.auc > 0.5',
  "metrics.auc >= 0.5 AND params.depth IN ('1')",
  'metrics.`val/loss` < 1',
  "tags.`a.b/c` = '1'",
  "tags.nope != 'x'",
  "attributes.status = 'FAILED'",
  "run_name LIKE 'child-1%'",
  "run_name ILIKE 'CHILD-1%'",
  'start_time > 1700000200000',
  "params.depth = '1' OR params.depth = '2'",
  'metrics.auc LIKE 1',
  "nothing.at = 'all'",
];

async function script(name: string, ...args: readonly string[]): Promise<string> {
  const file = path.resolve('test/fixtures/contract', name);
  return (await run(python, [file, ...args], { env, maxBuffer: 64 * 1024 * 1024 })).stdout;
}

async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === 'object' && address ? address.port : 0);
      });
    });
  });
}

async function startServer(folder: string): Promise<{ uri: string; server: ChildProcess }> {
  const port = await freePort();
  const args = ['-m', 'mlflow', 'server', '--host', '127.0.0.1', '--port', String(port), '--workers', '1'];
  const store = [
    '--backend-store-uri',
    `sqlite:///${folder}/served.db`,
    '--artifacts-destination',
    `${folder}/artifacts`,
  ];
  const server = spawn(python, [...args, ...store], { cwd: folder, env, detached: true, stdio: 'ignore' });
  const uri = `http://127.0.0.1:${port}`;
  while (
    !(await fetch(`${uri}/health`).then(
      ({ ok }) => ok,
      () => false,
    ))
  ) {
    assert.equal(server.exitCode, null, 'mlflow server ended');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { uri, server };
}

const kinds = [
  { name: 'sqlite', worker: false },
  { name: 'sqlite', worker: true },
  { name: 'files', worker: false },
  { name: 'files', worker: true },
  { name: 'rest', worker: false },
].filter(({ name }) => !only || name === only);

describe('Every backend reads and writes what MLflow’s own client does', function () {
  this.timeout(180_000);
  const folder = mkdtempSync(path.join(tmpdir(), 'ringside-contract-'));
  const uris = new Map<string, string>();
  const oracles = new Map<string, Oracle>();
  let server: ChildProcess | undefined;

  before(async () => {
    const names = [...new Set(kinds.map(({ name }) => name))];
    await Promise.all(
      names.map(async (name) => {
        let uri = name === 'sqlite' ? `sqlite:///${folder}/mlflow.db` : path.join(folder, 'mlruns');
        if (name === 'rest') ({ uri, server } = await startServer(folder));
        uris.set(name, uri);
        await script('make_store.py', uri);
        oracles.set(name, JSON.parse(await script('read_store.py', uri, ...filters)) as Oracle);
      }),
    );
  });

  after(() => {
    if (server?.pid) process.kill(-server.pid, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  for (const { name, worker } of kinds) {
    describe(`${name}${worker ? ' in a worker' : ''}`, () => {
      let registry: Registry;
      let oracle: Oracle;
      before(() => {
        registry = openRegistry({ name, trackingUri: uris.get(name)! }, { local: worker ? { workerUrl } : openLocal });
        oracle = oracles.get(name)!;
      });
      after(() => {
        registry.dispose();
      });
      const ids = () => oracle.experiments.active.map(([id]) => id);

      it('experiments of each view, page by page', async () => {
        for (const view of ['active', 'deleted', 'all'] as const) {
          const found: [string, string][] = [];
          let pageToken: string | undefined;
          do {
            const page = await registry.experiments.search({ view, maxResults: 2, ...(pageToken && { pageToken }) });
            found.push(...page.items.map(({ experimentId, name: title }): [string, string] => [experimentId, title]));
            pageToken = page.nextPageToken;
          } while (pageToken);
          assert.deepEqual(found.sort(), [...oracle.experiments[view]].sort());
        }
      });

      it('runs of each view with their metrics, params and tags', async () => {
        for (const view of ['active', 'deleted', 'all'] as const) {
          const { table } = await registry.runs.search({ experimentIds: ids(), view, maxResults: 1000 });
          assert.deepEqual(rows(table), oracle.runs[view]);
        }
      });

      it('pages of runs, together as one search', async () => {
        const found: string[] = [];
        let pageToken: string | undefined;
        do {
          const page = await registry.runs.search({
            experimentIds: ids(),
            view: 'all',
            maxResults: 7,
            ...(pageToken && { pageToken }),
          });
          found.push(...page.table.runIds);
          pageToken = page.nextPageToken;
        } while (pageToken);
        assert.deepEqual(
          found,
          oracle.runs.all.map((one) => one['run_id']),
        );
      });

      for (const filter of filters) {
        it(`the filter ${filter}`, async () => {
          const expected = oracle.searches[filter];
          const search = registry.runs.search({ experimentIds: ids(), view: 'active', filter, maxResults: 1000 });
          if (expected === 'refused')
            await assert.rejects(search, (error) => error instanceof UserError && error.kind === 'invalid');
          else assert.deepEqual((await search).table.runIds, expected);
        });
      }

      it('a metric history with NaN, negative and repeated steps', async () => {
        const [history] = await registry.runs.histories({ runIds: [oracle.first], key: 'val/loss' });
        const points = Array.from(history!.values, (value, i) => [
          history!.steps[i],
          history!.timestamps[i],
          shown(value),
        ]);
        assert.deepEqual(points, oracle.history);
      });

      it('registered models without prompts, and versions newest first', async () => {
        const { items } = await registry.models.search({ maxResults: 100 });
        const models = items.map((model) => [model.name, model.description, record(model.aliases), record(model.tags)]);
        const fresh = JSON.parse(await script('read_store.py', uris.get(name)!)) as Oracle;
        assert.deepEqual(models, fresh.models);
        const versions = (await registry.models.versions({ name: 'tumour', maxResults: 100 })).items;
        assert.deepEqual(
          versions.map((v) => [v.version, v.source, v.runId, v.stage, record(v.tags)]),
          oracle.versions,
        );
        assert.deepEqual([...versions[0]!.aliases].sort(), ['best-so_far', 'champion']);
      });

      it('what it writes, MLflow’s client reads back', async () => {
        const model = `written ${worker ? 'by a worker' : 'inline'}`;
        await registry.models.create({ name: model });
        const source = 's3://bucket/written';
        const version = await registry.models.createVersion({ name: model, source, runId: oracle.first });
        assert.deepEqual([version.version, version.source, version.runId], ['1', source, oracle.first]);
        await registry.models.setAlias({ name: model, alias: 'prod', version: '1' });
        const after = JSON.parse(await script('read_store.py', uris.get(name)!)) as Oracle;
        assert.deepEqual(
          after.models.find((one) => (one as unknown[])[0] === model),
          [model, '', { prod: '1' }, {}],
        );
        await registry.models.deleteAlias({ name: model, alias: 'prod' });
        assert.deepEqual((await registry.models.get({ name: model })).aliases, []);
      });

      it('refuses in words: a taken name, a missing version, a missing run', async () => {
        const kindOf = (work: Promise<unknown>) =>
          work.then(
            () => 'done',
            (error: unknown) => (error instanceof UserError ? error.kind : error),
          );
        assert.equal(await kindOf(registry.models.create({ name: 'tumour' })), 'conflict');
        assert.equal(await kindOf(registry.models.setAlias({ name: 'tumour', alias: 'x', version: '99' })), 'notFound');
        assert.equal(await kindOf(registry.runs.get({ runId: '0'.repeat(32) })), 'notFound');
      });
    });
  }
});

function rows(table: RunTable): Json[] {
  return Array.from({ length: table.length }, (_, row) => {
    const info = runAt(table, row);
    return {
      run_id: info.runId,
      run_name: info.runName,
      status: info.status,
      start_time: info.startTime ?? null,
      end_time: info.endTime ?? null,
      lifecycle_stage: info.lifecycleStage,
      metrics: cells(table.metrics, (column) => shown(metricAt(column, row))),
      params: cells(table.params, (column) => textAt(column, row)),
      tags: cells(table.tags, (column) => textAt(column, row)),
    };
  });
}

function cells<C extends { readonly key: string }>(columns: readonly C[], valueOf: (column: C) => unknown): Json {
  return Object.fromEntries(
    columns
      .map((column): [string, unknown] => [column.key, valueOf(column)])
      .filter(([, value]) => value !== undefined),
  );
}

function shown(value: number | undefined): unknown {
  return value === undefined || Number.isFinite(value) ? value : String(value);
}

function record(pairs: readonly ({ key: string; value: string } | { alias: string; version: string })[]): Json {
  return Object.fromEntries(pairs.map((pair) => ('key' in pair ? [pair.key, pair.value] : [pair.alias, pair.version])));
}
