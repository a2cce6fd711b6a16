import assert from 'node:assert/strict';
import { Creations } from '../../../src/app/creations';
import { Removals } from '../../../src/app/removals';
import { runCommand } from '../../../src/cli/commands';
import { parseOptions } from '../../../src/cli/options';
import { UserError } from '../../../src/domain/errors';
import { RunTableBuilder } from '../../../src/domain/runTable';
import { browsing, many, scope } from './browsing';
import { aModel, FakeStore, options } from './fakeStore';

type List = 'experiments' | 'runs' | 'models' | 'versions';

/** A store like a broken server: each page is empty and names one page more. */
class EndlessStore extends FakeStore {
  pages = 0;

  constructor(...lists: readonly List[]) {
    super();
    this.models = [aModel('m')];
    this.runs = many(8);
    Object.assign(this.registry, { describe: () => Promise.resolve({ capabilities: { write: true } }) });
    for (const list of lists) this.breakDown(list);
  }

  breakDown(list: List): void {
    const { experiments, runs, models } = this.registry;
    const items = (): Promise<object> => this.emptyPage({ items: [] });
    if (list === 'experiments') Object.assign(experiments, { search: items });
    if (list === 'models') Object.assign(models, { search: items });
    if (list === 'versions') Object.assign(models, { versions: items });
    const table = new RunTableBuilder().build();
    if (list === 'runs') Object.assign(runs, { search: () => this.emptyPage({ table }) });
  }

  private emptyPage(page: object): Promise<object> {
    // What does not notice fails here, instead of reading for ever.
    assert.ok(this.pages < 1000, 'it reads on and on');
    return Promise.resolve({ ...page, nextPageToken: String(++this.pages) });
  }
}

describe('A server that gives empty pages without end', () => {
  const noticed = async (store: EndlessStore, work: Promise<unknown>, pages = 100): Promise<void> => {
    await assert.rejects(work, (error) => error instanceof UserError && error.text.includes('pages without end'));
    assert.equal(store.pages, pages);
  };

  for (const [list, ...argv] of [
    ['experiments', 'experiments'],
    ['experiments', 'runs', '1'],
    ['runs', 'runs', '1'],
    ['models', 'models'],
    ['versions', 'versions', 'm'],
  ] as const) {
    it(`is noticed by ringside ${argv.join(' ')} in the list of ${list}`, async () => {
      const store = new EndlessStore(list);
      const { registries, registry } = store;
      const { signal } = new AbortController();
      const context = { registries, name: 'r', registry, options: parseOptions(argv), say: () => undefined, signal };
      await noticed(store, runCommand(context));
    });
  }

  it('is noticed by the side bar: models by a part of their name, runs by their duration', async () => {
    const how = options();
    how.setModelFilter('part');
    const models = new EndlessStore('models');
    await noticed(models, browsing(models, how).browser.models('r'));
    await how.setSort(scope, { by: 'duration', ascending: true });
    const runs = new EndlessStore('runs');
    await noticed(runs, browsing(runs, how).top());
  });

  it('is noticed by the side bar where it reads as far again as it had', async () => {
    const store = new EndlessStore();
    const { browser, top } = browsing(store);
    await top();
    await browser.more({ kind: 'runs', ...scope });
    store.breakDown('runs');
    store.registries.forget();
    await noticed(store, top(), 101);
  });

  it('is noticed before a model is deleted, and before an experiment is made', async () => {
    const versions = new EndlessStore('versions');
    const ref = { kind: 'model', registry: 'r', id: 'm' } as const;
    await noticed(versions, new Removals(versions.registries).preview(ref));
    const experiments = new EndlessStore('experiments');
    await noticed(experiments, new Creations(experiments.registries).previewExperiment('r', { name: 'new' }));
  });
});
