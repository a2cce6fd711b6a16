import assert from 'node:assert/strict';
import { SelectAll } from '../../../src/webview/runs/selectAll';

/** A server of 3,000 runs that gives a thousand at a time. */
function useServer() {
  let loaded = 1000;
  const words: (string | undefined)[] = [];
  const all = new SelectAll({
    more: () => loaded < 3000,
    loaded: () => loaded,
    loadMore: () => {
      loaded += 1000;
      return Promise.resolve();
    },
    changed: () => words.push(all.words),
  });
  return { all, words, loaded: () => loaded };
}

describe('Selecting all that match on a server', () => {
  it('loads page after page and says how far it is', async () => {
    const { all, words } = useServer();
    assert.equal(await all.run(), true);
    assert.match(words[0] ?? '', /^Loading all that match: 1.000 so far$/);
    assert.deepEqual(words.slice(1), [undefined]);
  });

  it('ends when it is stopped, with what is loaded by then', async () => {
    const { all, loaded } = useServer();
    const running = all.run();
    all.stop();
    assert.equal(await running, false);
    assert.equal(loaded(), 2000);
    assert.equal(all.words, undefined);
  });
});
