import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isCancelled, UserError } from '../../src/domain/errors';
import type { Registry } from '../../src/domain/ports';
import { openLocal } from '../../src/registries/local';
import { type Database, databaseClass } from '../../src/registries/sqlite/nodeSqlite';
import { Oracle } from './oracle';

describe('Faults of a database file', function () {
  this.timeout(60_000);
  let folder: string;
  let copies = 0;
  const opened: { dispose(): void }[] = [];

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'ringside-faults-'));
    const oracle = new Oracle(folder);
    await oracle.ask('fill', `sqlite:///${folder}/mlflow.db`);
    oracle.dispose();
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
    const outcome = experiments(registry, cancel.signal).catch((error: unknown) => error);
    setTimeout(() => cancel.abort(), 150);
    // The lock is still held: only the cancel can have ended it.
    assert.ok(isCancelled(await outcome));
    writer?.exec('COMMIT');
    await experiments(registry);
  });
});
