import { copyFileSync } from 'node:fs';
import path from 'node:path';
import type { Registry } from '../../src/domain/ports';
import { openLocal } from '../../src/registries/local';
import { type Database, databaseClass } from '../../src/registries/sqlite/nodeSqlite';
import type { Backend } from './backends';

export interface Changed {
  readonly registry: Registry;
  readonly database: Database;
}

/** Copies of the store that MLflow's client made, changed by SQL; each is closed after its test. */
export function sqliteCopies(of: () => Backend): (sql: string) => Changed {
  const opened: Changed[] = [];
  let copies = 0;
  afterEach(() => {
    for (const { registry, database } of opened.splice(0)) {
      registry.dispose();
      database.close();
    }
  });
  return (sql) => {
    const file = path.join(of().folder, `copy-${process.hrtime.bigint()}-${++copies}.db`);
    copyFileSync(path.join(of().folder, 'mlflow.db'), file);
    const database = new (databaseClass())(file);
    database.exec(sql);
    const registry = openLocal({ name: 'copy', trackingUri: `sqlite:///${file}` }, 'sqlite');
    const changed = { registry, database };
    opened.push(changed);
    return changed;
  };
}
