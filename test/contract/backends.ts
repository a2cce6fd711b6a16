import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Registry } from '../../src/domain/ports';
import { openLocal } from '../../src/registries/local';
import { openRegistry } from '../../src/registries/open';
import { databaseClass } from '../../src/registries/sqlite/nodeSqlite';
import { startMlflowServer } from '../harness/mlflowServer.mjs';
import { has, isFrom, lacks, python } from './mlflow';
import { Oracle, type Reading } from './oracle';

export type BackendName = 'sqlite' | 'files' | 'rest';

/** A store as MLflow's client filled it, and what that client then read. */
export interface Backend {
  readonly name: BackendName;
  readonly uri: string;
  readonly folder: string;
  readonly oracle: Oracle;
  readonly reading: Reading;
}

/** One way to reach a store. */
export interface Opened {
  readonly name: BackendName;
  readonly variant: string;
  readonly registry: Registry;
  readonly backend: Backend;
  readonly reading: Reading;
}

const only = process.env['RINGSIDE_CONTRACT_BACKENDS'];
/** What a worker adds is the same for every release. */
const isInline = process.env['RINGSIDE_CONTRACT_INLINE'] !== undefined;

export const kinds = (
  [
    { name: 'sqlite', worker: false },
    { name: 'sqlite', worker: true },
    { name: 'files', worker: false },
    { name: 'files', worker: true },
    { name: 'rest', worker: false },
    { name: 'rest', worker: true },
  ] as const
).filter(({ name, worker }) => (!only || name === only) && !(worker && isInline));

/** The window reads local stores in a worker, and asks servers from its own thread. */
export function isAsInWindow(name: BackendName, worker: boolean): boolean {
  return worker === (name !== 'rest');
}

/** MLflow 1.30 and 2.0 keep no registered models in files. */
export function hasRegistry(name: BackendName): boolean {
  return name !== 'files' || has('fileRegistry');
}

export const filters: readonly string[] = [
  "params.depth = '1'",
  "params.depth != '1'",
  'metrics.auc > 0.5',
  "metrics.auc >= 0.5 AND params.depth IN ('1')",
  'metrics.`val/loss` < 1',
  "tags.`a.b/c` = '1'",
  "tags.nope != 'x'",
  "attributes.status = 'FAILED'",
  // MLflow 1 knows these attributes under no name, and datasets came later.
  ...(isFrom('2.0') ? ["run_name LIKE 'child-1%'", "run_name ILIKE 'CHILD-1%'", 'start_time > 1700000200000'] : []),
  ...(has('datasets') ? ["datasets.name = 'bees'"] : []),
  "params.depth = '1' OR params.depth = '2'",
  'metrics.auc LIKE 1',
  "nothing.at = 'all'",
];

export const orders: readonly string[] = [
  'metrics.auc DESC',
  'metrics.auc ASC',
  'metrics.`nan only` DESC',
  'metrics.`nan only` ASC',
  'params.depth ASC',
  'params.depth DESC',
  'tags.`mlflow.runName` ASC',
  'attributes.start_time ASC',
  ...(isFrom('2.0') ? ['end_time DESC'] : []),
  'nonsense.x ASC',
];

/** Makes every backend's store, at the same time. */
export class Backends {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'ringside-contract-'));
  private readonly made = new Map<BackendName, Backend>();
  private readonly ends: (() => Promise<void> | void)[] = [];

  async make(): Promise<void> {
    await Promise.all([...new Set(kinds.map(({ name }) => name))].map((name) => this.makeOne(name)));
    const facts = process.env['RINGSIDE_CONTRACT_FACTS'];
    if (facts && this.made.has('sqlite'))
      writeFileSync(facts, JSON.stringify({ head: this.schemaHead(), lacks: lacks() }));
  }

  /** Alembic's revision of the SQLite store. */
  schemaHead(): string {
    const database = new (databaseClass())(path.join(this.backend('sqlite').folder, 'mlflow.db'), { readOnly: true });
    const [row] = database.prepare('SELECT version_num AS head FROM alembic_version').all();
    database.close();
    return String(row?.['head']);
  }

  private async makeOne(name: BackendName): Promise<void> {
    const folder = path.join(this.folder, name);
    mkdirSync(folder);
    const oracle = new Oracle(folder);
    this.ends.push(() => oracle.dispose());
    const uri = await this.uriOf(name, folder);
    await oracle.ask('fill', uri);
    const reading = await oracle.ask<Reading>('read', uri, filters, orders);
    this.made.set(name, { name, uri, folder, oracle, reading });
  }

  private async uriOf(name: BackendName, folder: string): Promise<string> {
    if (name === 'sqlite') return `sqlite:///${folder}/mlflow.db`;
    if (name === 'files') return path.join(folder, 'mlruns');
    const server = await startMlflowServer({ folder, python });
    this.ends.push(() => server.stop());
    return server.url;
  }

  all(): readonly Backend[] {
    return [...this.made.values()];
  }

  backend(name: BackendName): Backend {
    return this.made.get(name)!;
  }

  open(name: BackendName, worker: boolean): Opened {
    const backend = this.backend(name);
    const local = worker ? { workerUrl: path.resolve('dist/worker.js') } : openLocal;
    const registry = openRegistry({ name, trackingUri: backend.uri }, { local });
    return { name, variant: worker ? 'worker' : 'inline', registry, backend, reading: backend.reading };
  }

  async dispose(): Promise<void> {
    for (const end of this.ends) await end();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
