import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { UserError } from '../../src/domain/errors';
import type { Frame } from '../../src/domain/frame';
import type { Registry } from '../../src/domain/ports';
import { openLocal } from '../../src/registries/local';
import { type Database, databaseClass } from '../../src/registries/sqlite/nodeSqlite';
import { rejectsInTime } from './cancelled';
import { has, python } from './mlflow';
import { asAnyone, openToAnyone } from '../asAnyone';
import { Oracle, type Reading } from './oracle';
import { stoodStill } from './turns';

describe('Faults of a database file', function () {
  this.timeout(60_000);
  let folder: string;
  let copies = 0;
  let shownRun: string;
  const opened: { dispose(): void }[] = [];

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'ringside-faults-'));
    const oracle = new Oracle(folder);
    await oracle.ask('fill', `sqlite:///${folder}/mlflow.db`);
    shownRun = (await oracle.ask<Reading>('read', `sqlite:///${folder}/mlflow.db`, [], [])).first;
    oracle.dispose();
    openToAnyone(folder);
  });
  afterEach(() => {
    for (const one of opened.splice(0)) one.dispose();
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const copied = (change: (file: string) => void): Registry => {
    const file = path.join(folder, `copy-${++copies}.db`);
    copyFileSync(path.join(folder, 'mlflow.db'), file);
    change(file);
    const registry = openLocal({ name: 'copy', trackingUri: `sqlite:///${file}` }, 'sqlite');
    opened.push(registry);
    return registry;
  };
  const database = (file: string): Database => {
    const made = new (databaseClass())(file);
    opened.push({ dispose: () => made.close() });
    return made;
  };
  const experiments = (of: Registry, signal?: AbortSignal): Promise<unknown> =>
    of.experiments.search({ view: 'all', maxResults: 10 }, signal);

  for (const [title, change, words] of [
    ['is empty', (file) => truncateSync(file), /is empty, not an MLflow store/],
    ['is no database', (file) => writeFileSync(file, '<html>'.repeat(1000)), /is not a SQLite database/],
    ['is cut', (file) => truncateSync(file, 20_480), /is damaged/],
    ['is corrupt within', (file) => writeFileSync(file, readFileSync(file).fill(0xff, 4096)), /is damaged/],
    [
      'has no table of experiments',
      (file) => database(file).exec('PRAGMA foreign_keys = OFF; DROP TABLE experiments'),
      /is not an MLflow store: it has no experiments table/,
    ],
    [
      'has no table of runs',
      (file) => database(file).exec('PRAGMA foreign_keys = OFF; DROP TABLE runs'),
      /is not an MLflow store: it has no runs table/,
    ],
    ['is a folder', (file) => replaced(file, mkdirSync), /is a folder, not a database file/],
    ['is a device', (file) => replaced(file, () => symlinkSync('/dev/null', file)), /is a device, not a database file/],
  ] as const satisfies readonly (readonly [string, (file: string) => void, RegExp])[]) {
    it(`a file that ${title} is a sentence with a next step`, async () => {
      const error: unknown = await experiments(copied(change)).catch((reason: unknown) => reason);
      assert.ok(error instanceof UserError, String(error));
      assert.match(error.message, words);
      assert.ok(error.next);
    });
  }

  it('a reading that waits for a lock rejects when it is cancelled, and the lock’s end makes all well', async () => {
    let writer: Database | undefined;
    const registry = copied((file) => (writer = database(file)).exec('BEGIN EXCLUSIVE'));
    const cancel = new AbortController();
    const left = experiments(registry, cancel.signal);
    await stoodStill(40);
    // The lock is still held: only the cancel can have ended it.
    await rejectsInTime(cancel, left, 'a lock');
    writer?.exec('COMMIT');
    await experiments(registry);
  });

  /** What is on every screen of a store, each answered or refused in a sentence. */
  const readAll = async (registry: Registry): Promise<Record<string, unknown>> => {
    const answered = async (work: () => Promise<unknown>): Promise<unknown> =>
      work().catch((error: unknown) => {
        assert.ok(error instanceof UserError && error.next !== undefined, String(error));
        return error.message;
      });
    const { items } = await registry.experiments.search({ view: 'all', maxResults: 100 });
    const experimentIds = items.map(({ experimentId }) => experimentId);
    const query = { experimentIds, view: 'all', maxResults: 100 } as const;
    const runId = shownRun;
    return {
      runs: await answered(() => registry.runs.search(query)),
      run: await answered(() => registry.runs.get({ runId })),
      histories: await answered(() => registry.runs.histories({ runIds: [runId], key: 'auc' })),
      frame: await answered(() => registry.frames.open(query)),
      models: await answered(() => registry.models.search({ maxResults: 9 })),
      versions: await answered(() => registry.models.searchVersions({ maxResults: 9 })),
      loggedModels: await answered(() => registry.loggedModels.ofRun({ runId, experimentId: experimentIds[0] ?? '' })),
      artifacts: await answered(() => registry.artifacts.list({ root: { kind: 'run', runId }, path: '' })),
      store: await answered(() => registry.describe({})),
    };
  };
  /** What of a store is refused, each with a sentence about what it lacks. */
  const isRefused = async (registry: Registry, refused: readonly string[], words: RegExp): Promise<void> => {
    const sentences = Object.entries(await readAll(registry)).filter(([, answer]) => typeof answer === 'string');
    assert.deepEqual(sentences.map(([what]) => what).sort(), [...refused].sort());
    for (const [, sentence] of sentences) assert.match(String(sentence), words);
  };

  const ofRuns = ['runs', 'run', 'frame'];
  for (const [table, refused] of [
    ['latest_metrics', [...ofRuns, 'histories']],
    ['metrics', ['histories']],
    ['params', ofRuns],
    ['tags', [...ofRuns, 'artifacts']],
    ['experiment_tags', []],
    ['registered_models', []],
    ['registered_model_aliases', []],
    ['model_versions', []],
    ['datasets', []],
    ['inputs', []],
    ['logged_models', []],
    ['alembic_version', []],
    ['registered_model_tags', ['models']],
    ['model_version_tags', ['versions']],
    ...(has('datasets') ? ([['input_tags', ['run']]] as const) : []),
    ...(has('loggedModels')
      ? ([
          ['logged_model_tags', ['loggedModels']],
          ['logged_model_params', ['loggedModels']],
          ['logged_model_metrics', ['loggedModels']],
        ] as const)
      : []),
  ] as const) {
    it(`without the table ${table} only what needs it is refused, in a sentence`, async () => {
      const drop = `PRAGMA foreign_keys = OFF; DROP TABLE IF EXISTS ${table}`;
      await isRefused(
        copied((file) => database(file).exec(drop)),
        refused,
        new RegExp(`has no table ${table}`),
      );
    });
  }

  for (const [table, column, refused] of [
    ['latest_metrics', 'is_nan', ['runs', 'run']],
    ['metrics', 'step', ['histories']],
    ['params', 'value', ['runs', 'run']],
    ['runs', 'name', [...ofRuns, 'artifacts']],
    ['experiments', 'creation_time', []],
    ['model_versions', 'storage_location', []],
  ] as const) {
    it(`without the column ${table}.${column} only what needs it is refused, in a sentence`, async () => {
      const rename = `ALTER TABLE ${table} RENAME COLUMN ${column} TO another`;
      const change = (file: string): void => {
        const found = database(file);
        if (found.prepare(`SELECT 1 FROM pragma_table_info('${table}') WHERE name = ?`).get(column)) found.exec(rename);
      };
      await isRefused(copied(change), refused, new RegExp(`has no column [\\w.]*${column}`));
    });
  }

  /** All but what differs from copy to copy. */
  const content = async (registry: Registry): Promise<unknown> => {
    const { frame, ...read } = await readAll(registry);
    return { ...read, frame: { ...(frame as Frame), id: '' } };
  };
  const throughView = (table: string) => (file: string) =>
    database(file).exec(
      `PRAGMA legacy_alter_table = ON; PRAGMA foreign_keys = OFF; ALTER TABLE ${table} RENAME TO moved; CREATE VIEW ${table} AS SELECT * FROM moved`,
    );

  for (const table of ['latest_metrics', 'params', 'registered_models', 'model_versions']) {
    it(`a view in place of the table ${table} is read like it, and not written`, async () => {
      const view = copied(throughView(table));
      assert.deepEqual(await content(view), await content(copied(() => undefined)));
      const write = table.includes('model')
        ? view.models.create({ name: 'new' })
        : view.runs.setTag({ runId: shownRun, key: 'a', value: 'b' });
      await assert.rejects(write, new RegExp(`Only reading is possible: the table ${table} has`));
    });
  }

  it('a view in place of the table runs is a sentence that says so', () =>
    assert.rejects(experiments(copied(throughView('runs'))), /UserError: .* has a view where MLflow has a table/));

  it('other programs’ views of what is gone and tables of modules that we lack are passed over', async () => {
    const odd = copied((file) => {
      database(file).exec('CREATE VIEW older AS SELECT * FROM gone; CREATE VIEW other AS SELECT no_such FROM runs');
      // Only a program that has the module can make such a table; to us it is a line of the schema, which Node's SQLite
      // does not let be written.
      const script =
        'import sqlite3, sys; store = sqlite3.connect(sys.argv[1]); store.execute("PRAGMA writable_schema = ON"); ' +
        "store.execute(\"INSERT INTO sqlite_master VALUES ('table', 'places', 'places', 0, " +
        "'CREATE VIRTUAL TABLE places USING spatialite(a)')\"); store.commit()";
      execFileSync(python, ['-c', script, file]);
    });
    assert.deepEqual(await content(odd), await content(copied(() => undefined)));
  });

  /** Work as another user, to whom file and folder are closed but for what `mode` lets; as soon as they are open all is well. */
  const closed = async (mode: number, prepare: (file: string) => void, work: (registry: Registry) => Promise<void>) => {
    const own = path.join(folder, `own-${++copies}`);
    mkdirSync(own);
    const file = path.join(own, 'mlflow.db');
    copyFileSync(path.join(folder, 'mlflow.db'), file);
    prepare(file);
    for (const each of readdirSync(own)) chmodSync(path.join(own, each), mode);
    chmodSync(own, 0o555);
    const registry = openLocal({ name: 'closed', trackingUri: `sqlite:///${file}` }, 'sqlite');
    try {
      await asAnyone(() => work(registry));
      chmodSync(own, 0o755);
      for (const each of readdirSync(own)) chmodSync(path.join(own, each), 0o644);
      await experiments(registry);
    } finally {
      chmodSync(own, 0o755);
      registry.dispose();
    }
  };
  const leftOpen = (journal: string) => (file: string) => {
    const writer = database(file);
    writer.exec(`PRAGMA journal_mode = ${journal}; UPDATE experiments SET last_update_time = 5`);
  };

  if (process.platform !== 'win32') {
    it('a file of another user is read whole, and refuses to be written', () =>
      closed(0o444, leftOpen('DELETE'), async (registry) => {
        await isRefused(registry, [], /^$/);
        await assert.rejects(registry.runs.setTag({ runId: shownRun, key: 'a', value: 'b' }), UserError);
      }));

    it('a write-ahead log of another user who has it open is read, with what stands in the log only', () =>
      closed(0o444, leftOpen('WAL'), async (registry) => {
        await isRefused(registry, [], /^$/);
        const { items } = await registry.experiments.search({ view: 'all', maxResults: 10 });
        assert.ok(items.every(({ lastUpdateTime }) => lastUpdateTime === 5));
      }));

    for (const [title, mode, prepare] of [
      ['that uses write-ahead logging in a folder that we may not write', 0o444, usedLog],
      ['that we may not read', 0, () => undefined],
    ] as const) {
      it(`a file ${title} is a sentence, and is read as soon as we may`, () =>
        closed(mode, prepare, async (registry) => {
          await assert.rejects(experiments(registry), (error) => {
            assert.ok(error instanceof UserError);
            assert.match(error.message, /could not be opened by SQLite/);
            assert.match(error.next ?? '', /write-ahead logging .*you must also be allowed to write in its folder/);
            return true;
          });
        }));
    }
  }
});

function replaced(file: string, by: (file: string) => void): void {
  rmSync(file);
  by(file);
}

/** Leaves the file in the mode of write-ahead logging, without a log. */
function usedLog(file: string): void {
  const writer = new (databaseClass())(file);
  writer.exec('PRAGMA journal_mode = WAL');
  writer.close();
}
