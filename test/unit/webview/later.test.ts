import assert from 'node:assert/strict';
import { setImmediate as rest } from 'node:timers/promises';
import { Later } from '../../../src/webview/shared/later';

function deferred(): { readonly promise: Promise<string>; resolve(answer: string): void } {
  let resolve: (answer: string) => void = () => undefined;
  const promise = new Promise<string>((settle) => (resolve = settle));
  return { promise, resolve: (answer) => resolve(answer) };
}

describe('An answer that comes later', () => {
  it('stands until another is there, and one that was overtaken never shows', async () => {
    let told = 0;
    const later = new Later<string>(() => (told += 1));
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
    assert.deepEqual([told, later.isPending], [1, false]);
  });

  it('is none while what it would be of is another', () => {
    const later = new Later<string>(() => undefined);
    later.get(['before'], [1], () => 'of before');
    assert.equal(
      later.get(['after'], [1], () => new Promise(() => undefined)),
      undefined,
    );
  });
});
