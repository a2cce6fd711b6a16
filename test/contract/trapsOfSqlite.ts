import assert from 'node:assert/strict';
import type { Backend } from './backends';
import { has, isFrom, itWhere } from './mlflow';
import { sqliteCopies } from './sqliteCopies';
import { kindOf } from './values';

/** Stores that no MLflow client makes: copies of the one that it made, changed by SQL. */
export function trapsOfSqlite(of: () => Backend): void {
  const changed = sqliteCopies(of);

  itWhere(
    has('aliases'),
    'trap 11: an alias of a version that is gone is shown with its model, and with no version',
    async () => {
      const { registry } = changed(
        "INSERT INTO registered_model_aliases (name, alias, version) VALUES ('tumour', 'lost', 3)",
      );
      const { aliases } = await registry.models.get({ name: 'tumour' });
      assert.deepEqual(
        aliases.find(({ alias }) => alias === 'lost'),
        { alias: 'lost', version: '3' },
      );
      const { items } = await registry.models.versions({ name: 'tumour', maxResults: 10 });
      assert.ok(items.every((version) => !version.aliases.includes('lost')));
    },
  );

  it('trap 30: keeps every digit of an experiment’s id beyond 2^53', async () => {
    const { registry } = changed(
      'INSERT INTO experiments (experiment_id, name, lifecycle_stage) ' +
        "VALUES (725488412345678913, 'imported', 'active')",
    );
    const experimentId = '725488412345678913';
    assert.equal((await registry.experiments.get({ experimentId })).name, 'imported');
    const { items } = await registry.experiments.search({ view: 'active', maxResults: 100 });
    assert.ok(items.some((one) => one.experimentId === experimentId));
  });

  it('trap 40: finds the artifacts of a moved store beside it', async () => {
    const { folder, reading } = of();
    const { registry } = changed(`UPDATE runs SET artifact_uri = replace(artifact_uri, '${folder}', '/gone')`);
    const root = { kind: 'run', runId: reading.first } as const;
    const { bytes } = await registry.artifacts.read({ root, path: 'a.txt', maxBytes: 100 });
    assert.equal(Buffer.from(bytes).toString(), 'first');
  });

  it('trap 46: tables show the latest metrics, whatever the points say', async () => {
    const { registry } = changed("DELETE FROM metrics WHERE key = 'latest'");
    const { metrics } = await registry.runs.get({ runId: of().reading.first });
    assert.equal(metrics.find(({ key }) => key === 'latest')?.value, 2);
  });

  it('trap 47: writing leaves the schema and its revision alone', async () => {
    const { registry, database } = changed('SELECT 1');
    const schema = (): unknown =>
      ['SELECT sql FROM sqlite_master ORDER BY name', 'SELECT * FROM alembic_version'].map((sql) =>
        database.prepare(sql).all(),
      );
    const before = schema();
    await registry.models.create({ name: 'new' });
    await registry.models.createVersion({ name: 'new', source: 's3://b/x' });
    if (has('aliases')) await registry.models.setAlias({ name: 'new', alias: 'a', version: '1' });
    await registry.models.rename({ name: 'new', newName: 'newer' });
    await registry.models.delete({ name: 'newer' });
    const { experimentId } = await registry.experiments.create({ name: 'new' });
    await registry.experiments.delete({ experimentId });
    const { first: runId } = of().reading;
    await registry.runs.log({
      runId,
      metrics: [{ key: 'new', value: 1, step: 0, timestamp: 0 }],
      params: [],
      tags: [],
    });
    assert.deepEqual(schema(), before);
  });

  itWhere(has('workspaces'), 'trap 48: shows and writes the models of the connection’s workspace only', async () => {
    const { registry, database } = changed(
      "INSERT INTO registered_models (name, creation_time, workspace) VALUES ('theirs', 1, 'other'), ('net', 1, 'other')",
    );
    const { items } = await registry.models.search({ maxResults: 100 });
    assert.deepEqual(
      items.map(({ name }) => name),
      ['net', 'tumour', 'without versions'],
    );
    await registry.models.create({ name: 'theirs' });
    const names = database.prepare("SELECT workspace FROM registered_models WHERE name = 'theirs' ORDER BY 1").all();
    assert.deepEqual(
      names.map((row) => row['workspace']),
      ['default', 'other'],
    );
  });

  itWhere(has('workspaces'), 'trap 48: changes nothing of another workspace', async () => {
    const { registry, database } = changed(
      "INSERT INTO experiments (experiment_id, name, lifecycle_stage, workspace) VALUES (77, 'theirs', 'active', 'other'); " +
        "INSERT INTO runs (run_uuid, experiment_id, lifecycle_stage, status) VALUES ('their-run', 77, 'active', 'RUNNING'); " +
        "INSERT INTO registered_models (name, workspace) VALUES ('their model', 'other')",
    );
    const { experiments, runs, models } = registry;
    const [experimentId, runId, name] = ['77', 'their-run', 'their model'];
    const refusals = await Promise.all(
      [
        experiments.rename({ experimentId, name: 'mine' }),
        experiments.delete({ experimentId }),
        experiments.setTag({ experimentId, key: 'a', value: 'b' }),
        runs.update({ runId, name: 'mine' }),
        runs.delete({ runId }),
        runs.log({ runId, metrics: [], params: [{ key: 'a', value: 'b' }], tags: [] }),
        models.setTag({ name, key: 'a', value: 'b' }),
        models.delete({ name }),
      ].map(kindOf),
    );
    assert.deepEqual(new Set(refusals), new Set(['notFound']));
    // Names are of a workspace.
    const made = await experiments.create({ name: 'theirs' });
    const row = database.prepare('SELECT workspace FROM experiments WHERE experiment_id = ?').get(made.experimentId);
    assert.equal(row?.['workspace'], 'default');
  });

  itWhere(isFrom('3.13'), 'the assessments that a run made go with it, as in MLflow', async () => {
    const { first: runId } = of().reading;
    const assessment = (id: string, metadata: string): string =>
      'INSERT INTO assessments (assessment_id, trace_id, name, assessment_type, value, created_timestamp, ' +
      `last_updated_timestamp, source_type, valid, assessment_metadata) VALUES ('${id}', 't', 'n', 'feedback', '1', 1, 1, ` +
      `'HUMAN', 1, '${metadata}');`;
    const { registry, database } = changed(
      "INSERT INTO trace_info (request_id, experiment_id, timestamp_ms, status) VALUES ('t', 0, 1, 'OK');" +
        assessment('ours', `{"mlflow.assessment.sourceRunId": "${runId}"}`) +
        assessment('another run’s', '{"mlflow.assessment.sourceRunId": "another"}') +
        assessment('no json', `mlflow.assessment.sourceRunId ${runId}`),
    );
    await registry.runs.delete({ runId });
    const left = database.prepare('SELECT assessment_id AS id FROM assessments').all();
    assert.deepEqual(
      left.map(({ id }) => id),
      ['another run’s', 'no json'],
    );
  });

  it('trap 50: sees what stands in the write-ahead log only', async () => {
    const { registry } = changed(
      'PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; ' +
        "UPDATE registered_models SET description = 'from the log' WHERE name = 'net'",
    );
    assert.equal((await registry.models.get({ name: 'net' })).description, 'from the log');
  });

  itWhere(isFrom('2.8'), 'trap 52: a deleted version does not give out where its files were', async () => {
    const { registry } = changed("UPDATE model_versions SET storage_location = '/secret' WHERE version = 3");
    const root = { kind: 'version', name: 'tumour', version: '3' } as const;
    assert.equal(await kindOf(registry.models.version(root)), 'notFound');
    assert.equal(await kindOf(registry.artifacts.locate({ root, path: '' })), 'notFound');
  });

  it('trap 54: a run keeps its source type, which SQL stores leave unknown', async () => {
    const { registry, database } = changed('SELECT 1');
    const { first } = of().reading;
    await registry.runs.update({ runId: first, name: 'renamed' });
    const types = database.prepare('SELECT source_type AS type FROM runs WHERE run_uuid = ?').all(first);
    assert.deepEqual(
      types.map(({ type }) => type),
      ['UNKNOWN'],
    );
  });

  const oddModels = [
    ['has a column more', 'ALTER TABLE model_versions ADD COLUMN extra TEXT', /model_versions .*extra/],
    ['lacks a column', 'ALTER TABLE model_versions DROP COLUMN run_link', /model_versions .*run_link/],
    ['lacks a table', 'DROP TABLE model_version_tags', /model_version_tags/],
  ] as const;
  for (const [title, sql, said] of oddModels) {
    it(`trap 47: a registry that ${title} is read, not written, and says why; runs are written`, async () => {
      const { registry } = changed(sql);
      await assert.rejects(registry.models.create({ name: 'new' }), { kind: 'unsupported', message: said });
      await assert.rejects(registry.models.setTag({ name: 'net', key: 'a', value: 'b' }), { kind: 'unsupported' });
      assert.equal((await registry.models.get({ name: 'net' })).name, 'net');
      await registry.runs.setTag({ runId: of().reading.first, key: 'written', value: 'yes' });
      assert.equal((await registry.describe({})).capabilities.write, true);
    });
  }

  it('trap 47: runs with a column more are read, not written, and say why; models are written', async () => {
    const { registry } = changed('ALTER TABLE runs ADD COLUMN extra TEXT');
    const { first } = of().reading;
    const refused = { kind: 'unsupported', message: /runs .*extra/ };
    await assert.rejects(registry.runs.setTag({ runId: first, key: 'a', value: 'b' }), refused);
    await assert.rejects(registry.experiments.create({ name: 'new' }), refused);
    assert.equal((await registry.runs.get({ runId: first })).runId, first);
    await registry.models.create({ name: 'new' });
  });

  it('trap 47: a store that is odd in both says that it is read-only, and why', async () => {
    const { registry } = changed(
      'ALTER TABLE runs ADD COLUMN extra TEXT; ALTER TABLE model_versions ADD COLUMN extra TEXT',
    );
    const { capabilities } = await registry.describe({});
    assert.equal(capabilities.write, false);
    assert.match(capabilities.readOnlyReason ?? '', /runs .*extra/);
  });

  it('a locked database is waited for', async () => {
    const { registry, database } = changed('BEGIN EXCLUSIVE');
    const reading = registry.models.get({ name: 'net' });
    const writing = registry.models.create({ name: 'waited' });
    setTimeout(() => database.exec('COMMIT'), 400);
    assert.equal((await reading).name, 'net');
    assert.equal((await writing).name, 'waited');
  });

  it('a database that stays locked is said in a sentence', async () => {
    const { registry } = changed('BEGIN IMMEDIATE');
    await assert.rejects(registry.models.create({ name: 'never' }), /is locked by another process/);
  }).timeout(30_000);

  it('a database that stays closed to readers too is said in a sentence, and read once it is open', async () => {
    const { registry, database } = changed('BEGIN EXCLUSIVE');
    await assert.rejects(registry.models.get({ name: 'net' }), /is locked by another process/);
    database.exec('COMMIT');
    assert.equal((await registry.models.get({ name: 'net' })).name, 'net');
  }).timeout(30_000);
}
