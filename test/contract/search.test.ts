import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { UserError } from '../../src/domain/errors';
import type { Registry } from '../../src/domain/ports';
import { openLocal } from '../../src/registries/local';
import { openRegistry } from '../../src/registries/open';
import { startMlflowServer } from '../harness/mlflowServer.mjs';
import { Oracle } from './oracle';
import { type Answer, differenceOf, differences } from './searchDifferences';
import { type SearchCase, searchCases } from './searchCases';
import { holds, joinedFilters, leavesOf, written } from './searchJoined';

const seed = Number(process.env['RINGSIDE_SEARCH_SEED'] ?? 20261125);
const count = Number(process.env['RINGSIDE_SEARCH_COUNT'] ?? 500);
const only = process.env['RINGSIDE_CONTRACT_BACKENDS'];
const names = (['sqlite', 'files'] as const).filter((name) => !only || name === only);

interface Store {
  readonly name: 'sqlite' | 'files' | 'rest';
  readonly uri: string;
  readonly oracle: Oracle;
  readonly registry: Registry;
  readonly runs: readonly string[];
  readonly experiments: readonly string[];
}

async function makeStore(folder: string, name: 'sqlite' | 'files'): Promise<Store> {
  mkdirSync(folder);
  const uri = name === 'sqlite' ? `sqlite:///${folder}/mlflow.db` : path.join(folder, 'mlruns');
  const oracle = new Oracle(folder);
  const made = await oracle.ask<Pick<Store, 'runs' | 'experiments'>>('fill_search', uri);
  return { name, uri, oracle, registry: openRegistry({ name, trackingUri: uri }, { local: openLocal }), ...made };
}

/** The case with the ids of this store's runs in it. */
function inStore({ runs }: Store, { scope, filter, orderBy }: SearchCase): SearchCase {
  return { scope, filter: filter.replace(/«(\d+)»/g, (_, i: string) => runs[Number(i)] ?? ''), orderBy };
}

function askMlflow(store: Store, cases: readonly SearchCase[]): Promise<readonly Answer[]> {
  const questions = cases
    .map((one) => inStore(store, one))
    .map(({ scope, filter, orderBy }) => [scope, filter, orderBy]);
  return store.oracle.ask('search', store.uri, store.experiments, questions);
}

/** What Ringside finds; `beyond` where it evaluated what MLflow's grammar lacks. */
async function search(store: Store, one: SearchCase): Promise<{ readonly ids: Answer; readonly beyond: boolean }> {
  const { scope, filter, orderBy } = inStore(store, one);
  const query = { filter, orderBy, maxResults: 1000 };
  const { runs, experiments, models } = store.registry;
  try {
    if (scope === 'runs') {
      const page = await runs.search({ ...query, experimentIds: store.experiments, view: 'active' });
      return { ids: page.table.runIds, beyond: page.beyond !== undefined };
    }
    if (scope === 'experiments')
      return found(await experiments.search({ ...query, view: 'active' }), (e) => e.experimentId);
    if (scope === 'models') return found(await models.search(query), (m) => m.name);
    return found(await models.searchVersions(query), (v) => `${v.name}/${v.version}`);
  } catch (error) {
    // A server may refuse what we would not, and fails at what breaks MLflow.
    const isPlaced = store.name === 'rest' || (error instanceof UserError && error.kind === 'invalid' && error.span);
    assert.ok(error instanceof UserError && isPlaced, `${filter}: ${String(error)}`);
    return { ids: 'refused', beyond: false };
  }
}

function found<T>(page: { readonly items: readonly T[]; readonly beyond?: string }, idOf: (item: T) => string) {
  return { ids: page.items.map(idOf), beyond: page.beyond !== undefined };
}

describe('Searches find what MLflow’s own client finds, and are refused where it refuses', function () {
  this.timeout(180_000);
  const folder = mkdtempSync(path.join(tmpdir(), 'ringside-search-'));
  const cases = searchCases(seed, count);
  let stores: readonly Store[] = [];
  let answers: ReadonlyMap<string, readonly Answer[]> = new Map();
  let server: Awaited<ReturnType<typeof startMlflowServer>> | undefined;

  before(async () => {
    stores = await Promise.all(names.map((name) => makeStore(path.join(folder, name), name)));
    const all = await Promise.all(stores.map(async (store) => [store.name, await askMlflow(store, cases)] as const));
    answers = new Map(all);
  });
  after(async () => {
    await server?.stop();
    for (const { oracle, registry } of stores) {
      registry.dispose();
      oracle.dispose();
    }
    rmSync(folder, { recursive: true, force: true });
  });

  /** The SQLite store behind MLflow's own server. */
  async function serve(): Promise<Store> {
    const [store] = stores;
    server ??= await startMlflowServer({ folder: path.join(folder, 'sqlite') });
    return {
      ...store!,
      name: 'rest',
      registry: openRegistry({ name: 'rest', trackingUri: server.url }, { local: openLocal }),
    };
  }

  for (const name of names) {
    it(`${name}: ${count} generated searches (RINGSIDE_SEARCH_SEED=${seed})`, async () => {
      const store = stores.find((one) => one.name === name)!;
      const wrong: unknown[] = [];
      for (const [i, one] of cases.entries()) {
        const mlflow = { sqlite: answers.get('sqlite')?.[i], files: answers.get('files')?.[i] };
        const ours = await search(store, one);
        const agree = isSame(ours.beyond ? 'refused' : ours.ids, mlflow[name]!);
        if (!agree && differenceOf(one, name, ours, mlflow) === undefined) {
          wrong.push({ ...one, mlflow: mlflow[name], ours });
        }
      }
      assert.deepEqual(wrong.slice(0, 5), [], `${wrong.length} of ${count} differ with RINGSIDE_SEARCH_SEED=${seed}`);
    });
  }

  it(`a server: each fifth of the same searches, without any difference (RINGSIDE_SEARCH_SEED=${seed})`, async function () {
    if (only) return;
    const served = await serve();
    const wrong: unknown[] = [];
    for (let i = 0; i < cases.length; i += 5) {
      const [one, mlflow] = [cases[i]!, answers.get('sqlite')![i]!];
      const ours = await search(served, one);
      if (!isSame(ours.beyond ? 'refused' : ours.ids, mlflow)) wrong.push({ ...one, mlflow, ours });
    }
    assert.deepEqual(wrong.slice(0, 5), [], `${wrong.length} differ`);
  });

  it('the searches are worth asking: most are taken, and most of those find some things and not all', () => {
    const taken = answers.get(names[0]!)!.filter((answer) => answer !== 'refused');
    const some = taken.filter((answer) => answer.length > 0);
    assert.ok(taken.length > 0.4 * count, `${taken.length} of ${count} are taken`);
    assert.ok(some.length > 0.5 * taken.length, `${some.length} of ${taken.length} find something`);
    assert.ok(count - taken.length > 0.1 * count, `${count - taken.length} of ${count} are refused`);
  });

  it('every difference that has a name is still one', async () => {
    const named = Object.entries(differences);
    const asked = named.map(([, { example }]) => example);
    const found = await Promise.all(stores.map(async (store) => [store.name, await askMlflow(store, asked)] as const));
    const mlflow = new Map<string, readonly Answer[]>(found);
    for (const [i, [title, { on, example }]] of named.entries()) {
      const store = stores.find(({ name }) => name === on);
      if (!store) continue;
      const ours = await search(store, example);
      const theirs = { sqlite: mlflow.get('sqlite')?.[i], files: mlflow.get('files')?.[i] };
      assert.ok(!isSame(ours.beyond ? 'refused' : ours.ids, theirs[on]!), `${title} is none`);
      if (!only) assert.equal(differenceOf(example, on, ours, theirs), title);
    }
  });

  it('a refusal of what is well formed is never excused', () => {
    const filters = [
      'tags.gone IS NOT NULL',
      'params.`a b` is  null',
      "run_id NOT IN ('a')",
      "attributes.run_id IN ('a' , 'b') AND tags.gone IS NULL",
      "params.depth = '2' AND run_id NOT IN('a', 'b c')",
    ];
    const ours = { ids: 'refused', beyond: false } as const;
    for (const filter of filters)
      for (const name of names)
        assert.equal(
          differenceOf({ scope: 'runs', filter, orderBy: [] }, name, ours, { [name]: ['a'] }),
          undefined,
          filter,
        );
  });

  it('hostile filters find or are refused, and the store goes on', async () => {
    const long = (join: string, text: string): string => Array.from({ length: 600 }, () => text).join(join);
    for (const store of stores) {
      const ask = (filter: string) => search(store, { scope: 'runs', filter, orderBy: [] });
      const all = (await ask('')).ids;
      assert.deepEqual(await ask(long(' AND ', 'tags.gone IS NULL')), { ids: all, beyond: false });
      assert.deepEqual(await ask(long(' OR ', 'tags.gone IS NULL')), { ids: all, beyond: true });
      assert.deepEqual(await ask(`${'('.repeat(99)}tags.gone IS NULL${')'.repeat(99)}`), { ids: all, beyond: true });
      assert.deepEqual(await ask(`params.model LIKE '${'%a'.repeat(4_000)}'`), { ids: [], beyond: false });
      assert.deepEqual(await ask("params.model = 'x\0y' AND tags.`\0` != '\ud83d'"), { ids: [], beyond: false });
      assert.deepEqual((await ask('('.repeat(10_000))).ids, 'refused');
      assert.deepEqual(await ask('params.`opt.lr` < 1 OR params.`opt.lr` > 5'), {
        ids: (await ask("params.`opt.lr` != 'auto'")).ids,
        beyond: true,
      });
    }
  });

  it('OR, NOT and parentheses find what MLflow’s answers to their parts say', async () => {
    const trees = joinedFilters(seed, 40);
    const leaves = [...new Set(trees.flatMap(leavesOf))];
    for (const store of only ? stores : [...stores, await serve()]) {
      const orderBy = ['metrics.auc DESC'];
      const asked = ['', ...leaves].map((filter): SearchCase => ({ scope: 'runs', filter, orderBy }));
      const [all = [], ...parts] = await askMlflow(store.name === 'rest' ? stores[0]! : store, asked);
      const sets = new Map(leaves.map((leaf, i) => [leaf, new Set(parts[i])]));
      for (const tree of trees) {
        const ids = Array.from(all).filter((id) => holds(tree, (leaf) => sets.get(leaf)!.has(id)));
        const filter = written(tree);
        const beyond = /\b(?:OR|NOT)\b/.test(filter);
        assert.deepEqual(await search(store, { scope: 'runs', filter, orderBy }), { ids, beyond }, filter);
      }
    }
  });
});

function isSame(ours: Answer, theirs: Answer): boolean {
  return JSON.stringify(ours) === JSON.stringify(theirs);
}
