import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { RegistrySet } from '../../../src/app/registrySet';
import type { Registry } from '../../../src/domain/ports';
import { type Ref, versionRef } from '../../../src/domain/ref';
import { openLocal } from '../../../src/registries/local';
import { openRegistry } from '../../../src/registries/open';

export const model = 'tumour-classifier';

/** A copy of the sample's database, opened twice: by the use cases, and by somebody else. */
export class SampleStore {
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'ringside-writes-'));
  /** Somebody else, who writes while one looks. */
  readonly other: Registry;
  readonly registries: RegistrySet;
  /** What was forgotten after writes. */
  readonly forgotten: (Ref | undefined)[] = [];

  /** `seen` changes what the use cases see of the store. */
  constructor(seen: (registry: Registry) => Registry = (registry) => registry) {
    cpSync(path.resolve('media/sample/mlflow.db'), path.join(this.folder, 'mlflow.db'));
    const connection = { name: 'r', trackingUri: `sqlite:///${this.folder}/mlflow.db` };
    this.other = openRegistry(connection, { local: openLocal });
    this.registries = new RegistrySet((one) => seen(openRegistry(one, { local: openLocal })), Date.now);
    this.registries.setConnections([connection]);
    this.registries.onDidChangeContent((ref) => this.forgotten.push(ref));
  }

  async experiment(name = 'tumour-screening'): Promise<Ref> {
    const { items } = await this.other.experiments.search({ view: 'all', maxResults: 100 });
    return { kind: 'experiment', registry: 'r', id: items.find((each) => each.name === name)?.experimentId ?? name };
  }

  /** The newest runs of an experiment. */
  async runs(count: number): Promise<Ref[]> {
    const { id } = await this.experiment();
    const { table } = await this.other.runs.search({ experimentIds: [id], view: 'active', maxResults: count });
    return table.runIds.map((runId) => ({ kind: 'run', registry: 'r', id: runId }));
  }

  async run(): Promise<Ref> {
    const [run] = await this.runs(1);
    return run!;
  }

  version(number: string): Ref {
    return versionRef('r', model, number);
  }

  dispose(): void {
    this.registries.dispose();
    this.other.dispose();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A store of its own for each test. */
export function useSample(): () => SampleStore {
  let store: SampleStore;
  beforeEach(() => {
    store = new SampleStore();
  });
  afterEach(() => {
    store.dispose();
  });
  return () => store;
}
