import assert from 'node:assert/strict';
import { SelectAll } from '../../../src/webview/runs/selectAll';

/** A server of 3,000 runs that gives a thousand at a time. */
function useServer({ failsAt = Infinity } = {}) {
  let loaded = 1000;
  const server = { isKnown: true, selections: 0, said: '' };
  const words: (string | undefined)[] = [];
  const all = new SelectAll({
    more: () => loaded < 3000,
    loaded: () => loaded,
    loadMore: () => {
      if (loaded >= failsAt) return Promise.resolve(false);
      loaded += 1000;
      return Promise.resolve(true);
    },
    isKnown: () => server.isKnown,
    select: () => (server.selections += 1),
    say: (text) => (server.said = text),
    changed: () => {
      words.push(all.words);
      all.finish();
    },
  });
  return { all, words, server, loaded: () => loaded };
}

describe('Selecting all that match on a server', () => {
  it('loads page after page, says how far it is, and selects them', async () => {
    const { all, words, server } = useServer();
    await all.begin();
    assert.match(words[0] ?? '', /^Loading all that match: 1.000 so far$/);
    assert.deepEqual(words.slice(1), [undefined, undefined]);
    assert.deepEqual([server.selections, server.said], [1, '']);
  });

  it('ends when it is stopped, with nothing selected and a word on what is loaded', async () => {
    const { all, server, loaded } = useServer();
    const running = all.begin();
    all.stop();
    await running;
    assert.equal(loaded(), 2000);
    assert.equal(all.words, undefined);
    assert.equal(server.selections, 0);
    assert.match(server.said, /^2.000 runs are loaded, the server has more$/);
  });

  it('selects nothing when a page does not come', async () => {
    const { all, server } = useServer({ failsAt: 2000 });
    await all.begin();
    assert.equal(server.selections, 0);
    assert.match(server.said, /^2.000 runs are loaded, the server has more$/);
  });

  it('waits until it is known which rows match, and gives up where others are asked for meanwhile', async () => {
    const { all, server } = useServer();
    server.isKnown = false;
    await all.begin();
    assert.equal(server.selections, 0);
    server.isKnown = true;
    all.finish();
    all.finish();
    assert.equal(server.selections, 1);
    server.isKnown = false;
    await all.begin();
    all.stop();
    server.isKnown = true;
    all.finish();
    assert.equal(server.selections, 1);
  });
});
