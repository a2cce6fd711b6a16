import assert from 'node:assert/strict';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError } from '../../../src/domain/errors';
import { copySample, samplePlaceholder } from '../../../src/registries/sample';
import { databaseClass } from '../../../src/registries/sqlite/nodeSqlite';

const sample = path.resolve('media/sample');
const filesBelow = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));

function rows(folder: string, sql: string): Record<string, unknown>[] {
  const db = new (databaseClass())(path.join(folder, 'mlflow.db'), { readOnly: true });
  try {
    return db.prepare(sql).all();
  } finally {
    db.close();
  }
}

/** Every value of every table, whatever the type of its column. */
function everyValue(folder: string): unknown[] {
  const tables = rows(folder, `SELECT name FROM sqlite_schema WHERE type = 'table'`).map((row) => String(row['name']));
  return tables.flatMap((table) => rows(folder, `SELECT * FROM "${table}"`)).flatMap((row) => Object.values(row));
}

/** The folders of the shipped sample that hold artifacts of a run: `artifacts/<experiment>/<run id>/artifacts`. */
function runsWithArtifacts(): string[] {
  const folders = readdirSync(path.join(sample, 'artifacts'), { recursive: true, withFileTypes: true });
  return folders
    .filter((entry) => entry.name === 'artifacts' && /^[0-9a-f]{32}$/.test(path.basename(entry.parentPath)))
    .map((entry) => path.basename(entry.parentPath));
}

describe('Copying the sample registry', () => {
  let base: string;
  beforeEach(() => (base = mkdtempSync(path.join(tmpdir(), 'ringside sample é '))));
  afterEach(() => rmSync(base, { recursive: true, force: true }));

  for (const name of ['new', 'below/more', '100% sure #1', `it's "quoted" $& 日本`]) {
    it(`records where the copy lies, in a folder called ${name}`, async () => {
      const to = path.join(base, name);
      assert.equal(await copySample(sample, to), `sqlite:///${to}/mlflow.db`);
      assert.equal(filesBelow(to).length, filesBelow(sample).length);
      const named = everyValue(to).filter((value) => typeof value === 'string' && value.includes('ringside-sample/'));
      assert.deepEqual(named, []);
      for (const file of filesBelow(to).filter((found) => path.basename(found) === 'MLmodel')) {
        const location = /^artifact_path: (.*)$/m.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
        assert.equal(fileURLToPath(location), path.dirname(file));
        assert.ok(!readFileSync(file, 'utf8').includes(samplePlaceholder));
      }
    });
  }

  it('finds the artifacts of every run and logged model where the database says', async () => {
    const to = path.join(base, 'copy');
    await copySample(sample, to);
    const locations = new Map(
      rows(
        to,
        `SELECT run_uuid AS id, artifact_uri AS uri FROM runs UNION ALL SELECT model_id, artifact_location FROM logged_models
         UNION ALL SELECT name || version, storage_location FROM model_versions`,
      ).map((row) => [String(row['id']), fileURLToPath(String(row['uri']))]),
    );
    const runs = runsWithArtifacts();
    assert.ok(runs.length >= 10, `${runs.length} runs with artifacts`);
    for (const id of runs) assert.ok(readdirSync(locations.get(id)!).length > 0, id);
    const models = [...locations].filter(([id]) => /^(m-|tumour-classifier|wine-quality)/.test(id));
    assert.ok(models.length >= 14);
    for (const [id, folder] of models) assert.ok(existsSync(path.join(folder, 'MLmodel')), id);
  });

  it('is a sound database with all that the sample promises', async () => {
    const to = path.join(base, 'copy');
    await copySample(sample, to);
    assert.deepEqual(rows(to, 'PRAGMA integrity_check').map(Object.values), [['ok']]);
    assert.deepEqual(rows(to, 'PRAGMA foreign_key_check'), []);
    assert.deepEqual(rows(to, 'PRAGMA journal_mode').map(Object.values), [['delete']]);
    const aliases = rows(to, 'SELECT name, alias, version FROM registered_model_aliases ORDER BY name, alias');
    assert.deepEqual(aliases.map(Object.values), [
      ['tumour-classifier', 'challenger', 4],
      ['tumour-classifier', 'champion', 3],
      ['wine-quality', 'champion', 1],
    ]);
    const versions = rows(to, 'SELECT name, count(*) FROM model_versions GROUP BY name ORDER BY name');
    assert.deepEqual(versions.map(Object.values), [
      ['tumour-classifier', 5],
      ['wine-quality', 2],
    ]);
  });

  it('fills an existing empty folder, which may be the one that is open, without replacing it', async () => {
    const to = path.join(base, 'empty');
    mkdirSync(to);
    const { ino } = statSync(to);
    await copySample(sample, to);
    assert.equal(statSync(to).ino, ino);
    assert.equal(filesBelow(to).length, filesBelow(sample).length);
    assert.deepEqual(readdirSync(base), ['empty']);
  });

  it('can be written although the shipped files are read-only', async () => {
    const from = path.join(base, 'installed');
    cpSync(sample, from, { recursive: true });
    for (const file of filesBelow(from)) chmodSync(file, 0o444);
    await copySample(from, path.join(base, 'copy'));
    // Modes, not a trial write: the superuser may write anywhere.
    const modes = filesBelow(path.join(base, 'copy')).map((file) => statSync(file).mode & 0o200);
    assert.ok(modes.every((mode) => mode !== 0));
  });

  it('refuses a folder that is not empty, and leaves it alone', async () => {
    const to = path.join(base, 'mine');
    mkdirSync(to);
    writeFileSync(path.join(to, 'mlflow.db'), 'mine');
    await assert.rejects(copySample(sample, to), (error) => error instanceof UserError && error.kind === 'conflict');
    assert.deepEqual(readdirSync(base, { recursive: true }).sort(), ['mine', path.join('mine', 'mlflow.db')]);
    assert.equal(readFileSync(path.join(to, 'mlflow.db'), 'utf8'), 'mine');
  });

  for (const name of ['really?', 'a%20b']) {
    it(`refuses the name ${name}, which MLflow could not open`, async () => {
      const to = path.join(base, name);
      await assert.rejects(copySample(sample, to), (error) => error instanceof UserError && error.kind === 'invalid');
      assert.deepEqual(readdirSync(base), []);
    });
  }

  it('leaves nothing behind when it fails half way', async () => {
    const from = path.join(base, 'broken');
    cpSync(sample, from, { recursive: true });
    writeFileSync(path.join(from, 'mlflow.db'), 'not a database, but long enough to be taken for one '.repeat(9));
    await assert.rejects(copySample(from, path.join(base, 'a', 'b')), UserError);
    assert.deepEqual(readdirSync(base), ['broken']);
  });
});
