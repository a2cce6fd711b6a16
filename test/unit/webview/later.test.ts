import assert from 'node:assert/strict';
import { setImmediate as rest } from 'node:timers/promises';
import { Later } from '../../../src/webview/shared/later';

function deferred(): { readonly promise: Promise<string>; resolve(answer: string): void } {
  let resolve: (answer: string) => void = () => undefined;
  const promise = new Promise<string>((settle) => (resolve = settle));
  return { promise, resolve: (answer) => resolve(answer) };
}

const fail = (): never => assert.fail('Nobody is to be told');

describe('An answer that comes later', () => {
  it('stands until another is there, and one that was overtaken never shows', async () => {
    let told = 0;
    const later = new Later<string>(() => (told += 1), fail);
    assert.equal(
      later.get(['content'], [1], () => 'first'),
      'first',
    );
    const [slow, quick] = [deferred(), deferred()];
    assert.equal(
      later.get(['content'], [2], () => slow.promise),
      'first',
    );
    assert.equal(
      later.get(['content'], [3], () => quick.promise),
      'first',
    );
    assert.equal(later.isPending, true);
    quick.resolve('newer');
    await rest();
    slow.resolve('stale');
    await rest();
    assert.equal(
      later.get(['content'], [3], () => 'asked again'),
      'newer',
    );
    assert.deepEqual([told, later.isPending, later.isCurrent], [1, false, true]);
  });

  it('that fails is told, and what stood before stands, though not as what was asked for', async () => {
    const failures: unknown[] = [];
    const later = new Later<string>(fail, (error) => failures.push(error));
    later.get(['content'], [1], () => 'first');
    later.get(['content'], [2], () => Promise.reject(new Error('out of memory')));
    assert.equal(later.isPending, true);
    await rest();
    assert.deepEqual(failures, [new Error('out of memory')]);
    assert.deepEqual([later.isPending, later.isCurrent], [false, false]);
    assert.equal(
      later.get(['content'], [2], () => 'asked again'),
      'first',
    );
  });

  it('can be waited for, also where it fails or another overtakes it', async () => {
    const later = new Later<string>(
      () => undefined,
      () => undefined,
    );
    await later.settled();
    const [overtaken, newest] = [deferred(), deferred()];
    later.get(['content'], [1], () => overtaken.promise);
    let isSettled = false;
    const settled = later.settled().then(() => (isSettled = true));
    later.get(['content'], [2], () => newest.promise);
    overtaken.resolve('stale');
    await rest();
    assert.equal(isSettled, false);
    newest.resolve('newest');
    await settled;
    later.get(['content'], [3], () => Promise.reject(new Error('out of memory')));
    await later.settled();
    assert.equal(later.isCurrent, false);
  });

  it('that was given from elsewhere stands against one that comes late', async () => {
    const later = new Later<string>(fail, fail);
    const slow = deferred();
    later.get(['content'], [1], () => slow.promise);
    later.set(['content'], [2], 'given');
    slow.resolve('stale');
    await rest();
    assert.equal(
      later.get(['content'], [2], () => 'asked again'),
      'given',
    );
  });

  it('is none while what it would be of is another', () => {
    const later = new Later<string>(() => undefined, fail);
    later.get(['before'], [1], () => 'of before');
    assert.equal(
      later.get(['after'], [1], () => new Promise(() => undefined)),
      undefined,
    );
  });
});
