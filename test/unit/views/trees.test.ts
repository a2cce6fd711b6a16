import assert from 'node:assert/strict';
import { Browser } from '../../../src/app/browse';
import type { BrowseOptions } from '../../../src/app/browseOptions';
import { UserError } from '../../../src/domain/errors';
import { oneLine } from '../../../src/domain/words';
import type { Element } from '../../../src/app/elements';
import { ExperimentsTree } from '../../../src/views/experimentsTree';
import { ModelsTree } from '../../../src/views/modelsTree';
import { runDescription } from '../../../src/views/text';
import { rowOf } from '../../../src/app/runRow';
import { aLoggedModel, aModel, anExperiment, aRun, aVersion, contractOf, FakeStore, options } from '../app/fakeStore';

type Nested = string | [string, Nested[]];
interface Tree {
  roots(registry: string): Promise<Element[]>;
  children(element: Element): Promise<Element[]>;
}

function treesOf(store: FakeStore, how: BrowseOptions = options(), pageSize = 50) {
  const browser = new Browser(store.registries, how, contractOf(), () => pageSize);
  return { browser, how, experiments: new ExperimentsTree(browser, () => pageSize), models: new ModelsTree(browser) };
}

/** The whole tree; every id in it must be its own. */
async function expanded(tree: Tree): Promise<Nested[]> {
  const ids = new Set<string>();
  const walk = async (elements: readonly Element[], depth: number): Promise<Nested[]> => {
    assert.ok(depth < 12, 'the tree ends');
    const nested: Nested[] = [];
    for (const element of elements) {
      assert.ok(!ids.has(element.id), `${element.id} is unique`);
      ids.add(element.id);
      const children = await walk(await tree.children(element), depth + 1);
      nested.push(children.length > 0 ? [nameOf(element), children] : nameOf(element));
    }
    return nested;
  };
  return walk(await tree.roots('r'), 0);
}

function nameOf(element: Element): string {
  switch (element.kind) {
    case 'experiment':
      return element.experiment.name;
    case 'run':
      return element.run.runId + (element.headline ? ` ${element.headline.key} ${element.headline.value}` : '');
    case 'group':
    case 'more':
      return element.label;
    case 'param':
    case 'tag':
      return element.pair.key;
    case 'metric':
      return element.metric.key;
    case 'artifact':
      return element.artifact.path;
    case 'loggedModels':
      return element.label;
    case 'loggedModel':
      return element.model.name;
    case 'model':
      return element.model.name;
    case 'version':
      return (
        `v${element.version.version}` + (element.headline ? ` ${element.headline.key} ${element.headline.value}` : '')
      );
    case 'sourceRun':
      return `source ${element.ref.id}`;
    case 'error':
      return `error ${String(element.error)}`;
    case 'note':
    case 'hint':
      return element.text;
  }
}

describe('The Experiments tree', () => {
  it('shows runs with their headline, and what each logged in groups, empty ones left out', async () => {
    const store = new FakeStore();
    store.runs = [
      aRun('a', {
        metrics: ['auc', 'system/cpu', 'loss'].map((key) => ({ key, value: 1, timestamp: 0, step: 0 })),
        params: [{ key: 'lr', value: '0.1' }],
        tags: ['mlflow.user', 'team'].map((key) => ({ key, value: 'x' })),
      }),
    ];
    assert.deepEqual(await expanded(treesOf(store).experiments), [
      [
        'e1',
        [
          [
            'a auc 1',
            [
              ['Params (1)', ['lr']],
              ['Metrics (2)', ['auc', 'loss']],
              ['System metrics (1)', ['system/cpu']],
              ['Tags (2)', ['team', 'mlflow.user']],
              ['Artifacts', ['No artifacts']],
            ],
          ],
        ],
      ],
    ]);
  });

  it('nests runs below their parents with their headline, and ends where they are each other’s', async () => {
    const store = new FakeStore();
    store.runs = [aRun('b', { parent: 'a', auc: 0.5 }), aRun('a', { parent: 'b' })];
    const [experiment] = await expanded(treesOf(store).experiments);
    const artifacts: Nested = ['Artifacts', ['No artifacts']];
    const tags: Nested = ['Tags (1)', ['mlflow.parentRunId']];
    assert.deepEqual(experiment, [
      'e1',
      [['b auc 0.5', [['Metrics (1)', ['auc']], tags, artifacts, ['Nested runs (1)', [['a', [tags, artifacts]]]]]]],
    ]);
  });

  it('shows logged models below the runs of an experiment that holds any, by the page, with what was logged of each', async () => {
    const store = new FakeStore();
    store.runs = [aRun('a')];
    const points = [1, 3, 2].map((step) => ({ key: 'auc', value: step / 10, timestamp: 0, step }));
    const onData = { key: 'auc', value: 1, timestamp: 0, step: 0, datasetName: 'bees', datasetDigest: '1e5' };
    store.loggedModels = [
      aLoggedModel('m-1', { sourceRunId: 'a', metrics: [...points, onData], params: [{ key: 'lr', value: '1' }] }),
      ...Array.from({ length: 50 }, (_, i) => aLoggedModel(`m-x${i}`)),
    ];
    const { experiments, browser } = treesOf(store);
    const [e1] = await experiments.roots('r');
    const rows = await experiments.children(e1!);
    assert.deepEqual(rows.map(nameOf), ['a', 'Logged models']);
    assert.deepEqual(
      store.asked.filter((read) => read.startsWith('logged')),
      ['logged models 1'],
    );
    const models = await experiments.children(rows[1]!);
    assert.deepEqual([models.length, nameOf(models[50]!)], [51, 'Load 50 more…']);
    const parts = await experiments.children(models[0]!);
    assert.deepEqual(parts.map(nameOf), ['source a', 'Params (1)', 'Metrics (2)', 'Artifacts']);
    const metrics = await experiments.children(parts[2]!);
    assert.deepEqual(
      metrics.map((each) => each.kind === 'metric' && each.metric.value),
      [0.3, 1],
    );
    await browser.more({ kind: 'loggedModels', registry: 'r', experimentId: '1' });
    assert.equal((await experiments.children(rows[1]!)).length, 51);
  });

  it('shows runs where logged models cannot be searched', async () => {
    const store = new FakeStore();
    store.runs = [aRun('a')];
    store.loggedModels = [aLoggedModel('m-1')];
    store.before = (read) => {
      if (read.startsWith('logged')) throw new Error('broken');
    };
    const { experiments } = treesOf(store);
    const [e1] = await experiments.roots('r');
    assert.deepEqual((await experiments.children(e1!)).map(nameOf), ['a']);
  });

  it('says what is not there: runs, matches, or anything but traces', async () => {
    const store = new FakeStore();
    const { experiments, how } = treesOf(store);
    assert.deepEqual(await expanded(experiments), [['e1', ['No runs']]]);
    how.setRunFilter('metrics.auc > 2');
    assert.deepEqual(await expanded(experiments), [['e1', ['No runs match metrics.auc > 2']]]);
    how.setRunFilter('');
    store.traces = true;
    store.registries.forget();
    assert.deepEqual(await expanded(experiments), [['e1', ['Only traces here: Ringside does not show them yet']]]);
  });

  it('leads back to the filter that a server refused', async () => {
    const store = new FakeStore();
    store.before = (read) => (read.includes('>>') ? Promise.reject(new UserError('invalid', 'Refused.')) : undefined);
    const { experiments, how } = treesOf(store);
    how.setRunFilter('metrics.auc >> 2');
    const [experiment] = await experiments.roots('r');
    await assert.rejects(experiments.children(experiment!), (error: UserError) => {
      assert.equal(error.command?.id, 'ringside.filterRuns');
      return error.text === 'Refused. Change the filter.';
    });
  });

  it('offers the next page by its size', async () => {
    const store = new FakeStore();
    store.runs = ['a', 'b', 'c'].map((id) => aRun(id));
    const [e1] = await expanded(treesOf(store, options(), 2).experiments);
    assert.deepEqual((e1![1] as Nested[]).at(-1), 'Load 2 more…');
  });

  it('shows what a run logged also where its nested runs cannot be searched', async () => {
    const store = new FakeStore();
    store.runs = [aRun('a')];
    store.before = (read) => (read.includes('parentRunId') ? Promise.reject(new Error('cut')) : undefined);
    assert.deepEqual(await expanded(treesOf(store).experiments), [
      ['e1', [['a', [['Artifacts', ['No artifacts']], 'error Error: cut']]]],
    ]);
  });

  it('leads to a nested run by elements that the tree itself shows', async () => {
    const store = new FakeStore();
    store.runs = [aRun('c', { parent: 'b' }), aRun('b', { parent: 'a' }), aRun('a')];
    const { experiments } = treesOf(store);
    const found = await experiments.pathTo('r', 'c');
    const path: Element[] = [];
    for (let up: Element | undefined = found; up; up = up.parent) path.unshift(up);
    let level = await experiments.roots('r');
    for (const step of path) {
      const same = level.find(({ id }) => id === step.id);
      assert.ok(same, step.id);
      level = await experiments.children(same);
    }
    assert.equal(path.length, 6);
  });
});

describe('The Models tree', () => {
  function storeWithModel(): FakeStore {
    const store = new FakeStore();
    store.experiments = [anExperiment('1')];
    store.runs = [aRun('aa', { auc: 0.9 }), aRun('bb', { auc: 0.8 })];
    store.models = [aModel('m'), aModel('empty')];
    store.versions = [{ ...aVersion('m', '2', 'aa'), tags: [{ key: 'team', value: 'x' }] }, aVersion('m', '1')];
    return store;
  }

  it('shows versions with the metric of their runs, and below each its run and tags', async () => {
    const { models } = treesOf(storeWithModel());
    assert.deepEqual(await expanded(models), [
      ['m', [['v2 auc 0.9', ['source aa', 'team']], 'v1']],
      ['empty', ['No versions']],
    ]);
  });

  it('says that no model matches', async () => {
    const { models, how } = treesOf(storeWithModel());
    how.setModelFilter('zebra');
    assert.deepEqual(await expanded(models), ['No model matches']);
  });

  it('shows versions though their runs cannot be read', async () => {
    const store = storeWithModel();
    store.before = (read) => (read.startsWith('run') ? Promise.reject(new Error('cut')) : undefined);
    assert.deepEqual((await expanded(treesOf(store).models))[0], ['m', [['v2', ['source aa', 'team']], 'v1']]);
  });
});

describe('The words of a row', () => {
  it('are one line of bounded length, whatever a script wrote', () => {
    assert.equal(oneLine('a\n\tb\u0000\u2028c'), 'a b c');
    assert.equal(Array.from(oneLine('😀'.repeat(500))).length, 161);
  });

  it('say of a run what its icon does not', () => {
    const now = 3_600_000;
    const words = (more: Parameters<typeof aRun>[1]) => {
      const run = aRun('a', { startTime: now - 720_000, ...more });
      return runDescription(run, rowOf(run), { key: 'auc', value: 0.99312 }, now);
    };
    assert.equal(words({}), 'auc 0.9931 · 12 min ago');
    assert.equal(words({ status: 'RUNNING' }), 'running · auc 0.9931 · 12 min ago');
    assert.equal(words({ status: 'FAILED', endTime: now - 717_000 }), 'failed after 3.0 s · auc 0.9931 · 12 min ago');
    assert.equal(words({ lifecycleStage: 'deleted' }), 'deleted · auc 0.9931 · 12 min ago');
  });
});
