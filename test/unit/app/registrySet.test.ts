// The registries here are in-memory stand-ins: what is tested is which of them is opened, asked and closed, and when.
import assert from 'node:assert/strict';
import { RegistrySet } from '../../../src/app/registrySet';
import { UserError } from '../../../src/domain/errors';
import type { Connection } from '../../../src/domain/connection';
import type { Registry, StoreDescription } from '../../../src/domain/ports';

const a: Connection = { name: 'a', trackingUri: '/a' };
const b: Connection = { name: 'b', trackingUri: '/b' };

function setOf(describe: Registry['describe'] = () => Promise.resolve({} as StoreDescription)) {
  const events: string[] = [];
  const open = (connection: Connection): Registry => {
    events.push(`open ${connection.name}`);
    return { describe, dispose: () => events.push(`close ${connection.name}`) } as unknown as Registry;
  };
  return { events, registries: new RegistrySet(open, () => 42) };
}

describe('The configured registries', () => {
  it('are opened when first used, and once', () => {
    const { registries, events } = setOf();
    registries.setConnections([a, b]);
    assert.deepEqual(events, []);
    assert.equal(registries.get('a'), registries.get('a'));
    assert.deepEqual(events, ['open a']);
  });

  it('stay open when the list changes around them, and close when they leave it or change', () => {
    const { registries, events } = setOf();
    registries.setConnections([a, b]);
    registries.get('a');
    registries.get('b');
    registries.setConnections([a, { ...b, trackingUri: '/elsewhere' }]);
    assert.deepEqual(events, ['open a', 'open b', 'close b']);
  });

  it('make the first one active until another is chosen, and again when that is gone', () => {
    const { registries } = setOf();
    registries.setConnections([a, b]);
    assert.equal(registries.active?.name, 'a');
    registries.setActive('b');
    assert.equal(registries.active.name, 'b');
    registries.setConnections([a]);
    assert.equal(registries.active.name, 'a');
  });

  it('refuse to say what one is that is not there, by a promise: what is read beside it is waited for', async () => {
    const { registries } = setOf();
    const asked = registries.describe('gone');
    await assert.rejects(asked, { kind: 'notFound', message: "There is no registry 'gone'." });
  });

  it('are asked what they are once, and again after a failure or a refresh', async () => {
    let asked = 0;
    const { registries } = setOf(() => {
      asked += 1;
      return asked === 1
        ? Promise.reject(new UserError('unreachable', 'No.'))
        : Promise.resolve({} as StoreDescription);
    });
    registries.setConnections([a]);
    await assert.rejects(registries.describe('a'));
    assert.equal(registries.state('a').kind, 'failed');
    await registries.describe('a');
    await registries.describe('a');
    assert.equal(asked, 2);
    assert.equal(registries.state('a').kind, 'connected');
    registries.forget();
    await registries.describe('a');
    assert.equal(asked, 3);
  });

  it('go on being asked what they are for the others when one who asked goes, and for nobody when all did', async () => {
    const asked: { readonly signal: AbortSignal | undefined; answer(): void }[] = [];
    const { registries } = setOf(
      (_query, signal) =>
        new Promise((resolve, reject) => {
          asked.push({ signal, answer: () => resolve({} as StoreDescription) });
          signal?.addEventListener('abort', () => reject(signal.reason as Error));
        }),
    );
    registries.setConnections([a]);
    const [one, other, last] = [new AbortController(), new AbortController(), new AbortController()];
    const first = registries.describe('a', one.signal);
    const second = registries.describe('a', other.signal);
    one.abort();
    await assert.rejects(first, { name: 'AbortError' });
    asked[0]!.answer();
    await second;
    assert.equal(registries.state('a').kind, 'connected');
    registries.forget();
    const third = registries.describe('a', last.signal);
    last.abort();
    await assert.rejects(third, { name: 'AbortError' });
    assert.ok(asked[1]!.signal?.aborted);
    const fourth = registries.describe('a');
    asked[2]!.answer();
    await fourth;
  });

  it('are known by the check that was begun last, whichever ends last', async () => {
    const ends: { fail(): void; answer(): void }[] = [];
    const { registries } = setOf(
      () =>
        new Promise((resolve, reject) => {
          const fail = () => reject(new UserError('unreachable', 'No.'));
          ends.push({ fail, answer: () => resolve({} as StoreDescription) });
        }),
    );
    registries.setConnections([a]);
    const old = registries.describe('a');
    registries.forget();
    const current = registries.describe('a');
    ends[1]!.answer();
    await current;
    ends[0]!.fail();
    await assert.rejects(old);
    assert.equal(registries.state('a').kind, 'connected');
    await registries.describe('a');
    assert.equal(ends.length, 2, 'it is still known');
  });

  it('say which one is missing', () => {
    assert.throws(() => setOf().registries.get('gone'), /'gone'/);
  });
});
