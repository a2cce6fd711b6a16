import { type BrowseChange, Browser } from '../../../src/app/browse';
import type { BrowseOptions } from '../../../src/app/browseOptions';
import { aRun, contractOf, FakeStore, options } from './fakeStore';

export const scope = { registry: 'r', experimentId: '1' };

export function browsing(store: FakeStore, how: BrowseOptions = options(), pageSize = 3, contract = contractOf()) {
  const browser = new Browser(store.registries, how, contract, () => pageSize);
  const changes: BrowseChange[] = [];
  browser.onDidChange((change) => changes.push(change));
  const top = async () => (await browser.runs(scope)).items.map(({ runId }) => runId);
  return { browser, how, changes, top };
}

export function storeOf(...runs: readonly ReturnType<typeof aRun>[]): FakeStore {
  const store = new FakeStore();
  store.runs = [...runs];
  return store;
}

export const many = (count: number) => Array.from({ length: count }, (_, i) => aRun(`r${i}`));
