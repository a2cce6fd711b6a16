import assert from 'node:assert/strict';
import { Browser } from '../../../src/app/browse';
import { StandIns } from '../../../src/app/standIn';
import type { Connection } from '../../../src/domain/connection';
import { UserError } from '../../../src/domain/errors';
import type { LastKnown } from '../../../src/domain/ports';
import { anExperiment, contractOf, FakeStore, options } from './fakeStore';
import { settled } from './manualClock';

/** Kept as another window would find it. */
class Kept implements LastKnown {
  readonly readings = new Map<string, { readonly at: number; readonly value: unknown }>();
  time = 1;
  /** The one address that it was kept of; undefined for any. */
  of: string | undefined;

  get({ trackingUri }: Connection, name: string) {
    const isOf = this.of === undefined || this.of === trackingUri;
    return Promise.resolve(structuredClone(isOf ? this.readings.get(name) : undefined));
  }
  put(_: unknown, name: string, value: unknown): void {
    this.readings.set(name, structuredClone({ at: this.time, value }));
  }
  forget(): Promise<void> {
    this.readings.clear();
    return Promise.resolve();
  }
}

describe('A server that is slow or away', () => {
  const kept = new Kept();

  /** A new window on a store. `late` says when a person has waited long enough. */
  function windowOn(store: FakeStore, late: () => Promise<void> = () => new Promise(() => undefined)) {
    store.registries.setConnections([{ name: 'r', trackingUri: 'http://127.0.0.1:5000' }]);
    const browser = new Browser(
      store.registries,
      options(),
      contractOf(),
      () => 50,
      new StandIns(store.registries, kept, late),
    );
    const changes: string[] = [];
    browser.onDidChange((change) => changes.push(change));
    const names = async () => (await browser.experiments('r')).items.map(({ name }) => name);
    return { browser, changes, names };
  }

  const away = (): FakeStore => {
    const store = new FakeStore();
    store.before = () => Promise.reject(new UserError('unreachable', 'No answer.'));
    return store;
  };

  it('shows what it said last, and since when, once it cannot be reached', async () => {
    await assert.rejects(windowOn(away()).names(), /No answer/);
    await windowOn(new FakeStore()).names();
    await settled();
    const { browser, names } = windowOn(away());
    assert.deepEqual(await names(), ['e1']);
    assert.equal(browser.asOf('r'), 1);
  });

  it('shows it at once while it is slow, and then what it says now', async () => {
    const store = new FakeStore();
    store.experiments = [anExperiment('1', { name: 'renamed' })];
    const answers: (() => void)[] = [];
    store.before = () => new Promise((resolve) => answers.push(resolve));
    const { browser, changes, names } = windowOn(store, () => Promise.resolve());
    assert.deepEqual(await names(), ['e1']);
    assert.deepEqual(changes, []);
    for (const answer of answers) answer();
    await settled();
    assert.deepEqual(changes, ['experiments']);
    assert.deepEqual(await names(), ['renamed']);
    assert.equal(browser.asOf('r'), undefined);
  });

  it('is not stood in for where it answers in time, or says no', async () => {
    const { browser, names } = windowOn(new FakeStore());
    assert.deepEqual(await names(), ['e1']);
    assert.equal(browser.asOf('r'), undefined);
    const refusing = new FakeStore();
    refusing.before = () => Promise.reject(new UserError('unauthorized', 'Who are you?'));
    await assert.rejects(windowOn(refusing).names(), /Who are you/);
  });

  it('is not stood in for by another server that had its name', async () => {
    const store = away();
    const { browser, names } = windowOn(store);
    const known = JSON.stringify(['experiments', 'active']);
    kept.put(undefined, known, store.experiments);
    assert.deepEqual(await names(), ['e1']);
    kept.of = 'http://127.0.0.1:5000';
    store.registries.setConnections([{ name: 'r', trackingUri: 'http://127.0.0.1:6000' }]);
    await assert.rejects(names(), /No answer/);
    assert.equal(browser.asOf('r'), undefined);
    kept.of = undefined;
  });

  it('heals when it can be reached again, though it says the same', async () => {
    const store = away();
    const { browser, changes, names } = windowOn(store);
    kept.put(undefined, JSON.stringify(['experiments', 'active']), store.experiments);
    await names();
    const shown = {
      experiments: true,
      models: false,
      runs: [],
      runIds: [],
      loggedModelsOf: [],
      versionsOf: [],
      folders: [],
    };
    await assert.rejects(browser.refresh('r', shown, false), /No answer/);
    assert.equal(browser.asOf('r'), 1);
    store.before = () => undefined;
    assert.equal(await browser.refresh('r', shown, false), true);
    assert.equal(browser.asOf('r'), undefined);
    assert.deepEqual(changes, ['experiments']);
  });
});
