import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { type BackendName, hasRegistry, type Opened } from './backends';
import { correctedHistory, correctedRuns } from './differences';
import { has, itWhere } from './mlflow';
import type { RegistryReading } from './oracle';

type Json = Record<string, unknown>;
interface Ended {
  readonly code: unknown;
  readonly out: string;
  readonly said: string;
}

const cli = path.resolve('dist/cli.js');

/** The built command line as a process of its own, held to what MLflow's client read. */
export function commandLine(name: BackendName, of: () => Opened): void {
  /** Local stores are found by where they are, a server by MLflow's variable. */
  const run = (...argv: readonly string[]): Promise<Ended> => {
    const { uri, folder } = of().backend;
    const env = { PATH: process.env['PATH'], ...(name === 'rest' && { MLFLOW_TRACKING_URI: uri }) };
    return new Promise((resolve) => {
      execFile(process.execPath, [cli, ...argv], { cwd: folder, env }, (error, out, said) =>
        resolve({ code: error === null ? 0 : error.code, out, said }),
      );
    });
  };
  const answer = async <T = readonly Json[]>(...argv: readonly string[]): Promise<T> => {
    const { code, out, said } = await run(...argv, '--json');
    // Nothing else is said: no warning of Node's either.
    assert.deepEqual([code, said], [0, ''], argv.join(' '));
    return JSON.parse(out) as T;
  };

  it('experiments of a view, and their runs', async () => {
    const { reading } = of();
    const experiments = await answer('experiments', '--view', 'all');
    const fields = ['experiment_id', 'name', 'lifecycle_stage', 'tags'];
    const details = ['artifact_location', 'creation_time', 'last_update_time'];
    assert.deepEqual(
      experiments.map((one) => [...fields, ...details].map((field) => one[field])),
      reading.experiments.all,
    );
    const found: Json[] = [];
    // The deleted ones are more by now: of those that the traps made.
    for (const [id] of reading.experiments.active) found.push(...(await answer('runs', id, '--view', 'active')));
    assert.deepEqual(byId(found.map(asRead)), byId(correctedRuns(name, reading.runs.active)));
  });

  itWhere(hasRegistry(name), 'models and their versions', async () => {
    const { models, versions } = of().reading.registry;
    const found = await answer('models');
    assert.deepEqual(
      found.map((one) => [one['name'], one['description'], one['aliases'], one['tags']]),
      models,
    );
    const seen = await answer('versions', 'tumour');
    const fields = ['version', 'source', 'run_id', 'current_stage', 'description', 'tags'];
    assert.deepEqual(
      seen.map((one) => fields.map((field) => one[field])),
      versions['tumour'],
    );
  });

  // The rest is the same for every registry, and each call is a process.
  if (name === 'rest') return;

  it('a run with its datasets, its artifacts, and the two halves of a comparison', async () => {
    const { reading } = of();
    const expected = correctedRuns(name, reading.runs.active);
    const { inputs, ...first } = await answer<Json>('run', reading.first);
    assert.deepEqual(
      asRead(first),
      expected.find((one) => one['run_id'] === reading.first),
    );
    const { dataset_inputs: datasets } = inputs as { dataset_inputs: readonly { dataset: Json }[] };
    const names = reading.links['every kind of value']!.datasets.map((dataset) => (dataset as string[])[0]);
    assert.deepEqual(datasets.map(({ dataset }) => dataset['name']).sort(), names.sort());
    const files = await answer('artifacts', reading.first, 'plots');
    const sizes = files.map((one) => [one['path'], one['is_dir'], one['file_size'] ?? null]);
    assert.deepEqual(byId(sizes), byId(reading.artifacts['plots']!));
    const other = expected.find((one) => one['run_id'] !== reading.first && 'auc' in (one['metrics'] as Json))!;
    const { rows } = await answer<{ rows: readonly Json[] }>('compare', reading.first, String(other['run_id']));
    const row = rows.find(({ group, key }) => group === 'metrics' && key === 'auc');
    const auc = (one: Json): unknown => (one['metrics'] as Json)['auc'] ?? null;
    assert.deepEqual(row?.['values'], [auc(first), auc(other)]);
  });

  it('histories, with NaN and infinities as MLflow’s words', async () => {
    const { reading } = of();
    const words = new Set<unknown>();
    for (const [key, listed] of Object.entries(reading.histories)) {
      const expected = correctedHistory(name, key, listed);
      // A process for each: those of numbers alone are read by other tests.
      if (expected.every(([, , value]) => typeof value === 'number')) continue;
      const points = await answer('history', reading.first, key);
      const seen = points.map(({ step, timestamp, value }) => [step, timestamp, value]);
      assert.deepEqual(seen, expected, key);
      for (const { value } of points) if (typeof value === 'string') words.add(value);
    }
    assert.deepEqual([...words].sort(), ['-Infinity', 'Infinity', 'NaN']);
  });

  itWhere(
    hasRegistry(name) && has('loggedModels'),
    'a version is registered, its alias moved and deleted',
    async () => {
      const { backend, reading } = of();
      const model = 'by command line';
      const read = (): Promise<RegistryReading> => backend.oracle.ask<RegistryReading>('registry', backend.uri, model);
      const [, logged] = reading.loggedModels.find(([, , , , runId]) => runId === reading.first)!;
      const register = ['register', reading.first, model, '--artifact', String(logged)];
      await answer<Json>(...register, '--dry-run');
      assert.deepEqual((await read()).models, []);
      const { source } = await answer<Json>(...register);
      await answer<Json>(...register);
      const aliases = async (): Promise<unknown> => (await read()).models[0]?.[2];
      assert.deepEqual(await answer('alias', 'set', model, 'prod', '1'), { alias: 'prod', from: null, to: '1' });
      assert.deepEqual(await aliases(), { prod: '1' });
      assert.deepEqual(await answer('alias', 'set', model, 'prod', '2'), { alias: 'prod', from: '1', to: '2' });
      const { models, versions } = await read();
      assert.deepEqual(models[0]?.[2], { prod: '2' });
      const made = versions[model]!.map(([version, from, runId]) => [version, from, runId]);
      assert.deepEqual(made, [
        ['2', source, reading.first],
        ['1', source, reading.first],
      ]);
      assert.deepEqual(await answer('alias', 'delete', model, 'prod'), { alias: 'prod', from: '2', to: null });
      assert.deepEqual(await aliases(), {});
      await answer<Json>('delete', 'model', model, '--yes', model);
      assert.deepEqual((await read()).models, []);
    },
  );

  it('a failure is one sentence, nothing on standard output, and 2 or 3 as exit code', async () => {
    for (const [code, ...argv] of [
      [2, 'runs'],
      [2, 'runs', '0', '--filter', "nothing.at = 'all'"],
      [3, 'run', '0'.repeat(32)],
      ...(name === 'sqlite' ? ([[3, 'models', '--registry', 'http://127.0.0.1:9']] as const) : []),
      ...(name === 'sqlite' ? ([[3, 'models', '--registry', 'ftp://somewhere']] as const) : []),
    ] as const) {
      const ended = await run(...argv, '--json');
      assert.deepEqual([ended.code, ended.out], [code, ''], `${argv.join(' ')}: ${ended.said}`);
      assert.match(ended.said, /^ringside: .+\.\n$/);
    }
  });
}

/** The fields of a run that the oracle tells. */
/** Without what MLflow's client was not asked for. */
function asRead(run: Json): Json {
  const { run_id, run_name, status, start_time, end_time = null, lifecycle_stage } = run;
  const { experiment_id, user_id, artifact_uri, metrics, params, tags } = run;
  const info = {
    run_id,
    run_name,
    status,
    start_time,
    end_time,
    lifecycle_stage,
    experiment_id,
    user_id,
    artifact_uri,
  };
  return { ...info, metrics, params, tags };
}

function byId<T>(items: readonly T[]): T[] {
  const text = new Map(items.map((item) => [item, JSON.stringify(item)]));
  return [...items].sort((a, b) => (text.get(a)! < text.get(b)! ? -1 : 1));
}
