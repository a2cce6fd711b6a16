import assert from 'node:assert/strict';
import { type Pieces, runPieces } from '../../../../src/registries/files/pieces';

describe('pieces', () => {
  it('lets other messages in while it works', async () => {
    let turns = 0;
    let done = false;
    const tick = (): void => {
      turns++;
      if (!done) setImmediate(tick);
    };
    setImmediate(tick);
    function* busy(): Pieces<string> {
      const until = performance.now() + 120;
      while (performance.now() < until) yield undefined;
      return 'done';
    }
    assert.equal(await runPieces(busy()), 'done');
    done = true;
    assert.ok(turns >= 3, `${turns} turns`);
  });

  it('stops between pieces when it is aborted, and closes what the work holds open', async () => {
    const controller = new AbortController();
    let closed = false;
    function* endless(): Pieces<void> {
      try {
        for (let i = 0; ; i++) {
          if (i === 3) controller.abort();
          yield undefined;
        }
      } finally {
        closed = true;
      }
    }
    await assert.rejects(runPieces(endless(), controller.signal), { name: 'AbortError' });
    assert.equal(closed, true);
  });

  it('gives what the work throws', async () => {
    function* failing(): Pieces<void> {
      yield undefined;
      throw new Error('broken');
    }
    await assert.rejects(runPieces(failing()), /broken/);
  });
});
