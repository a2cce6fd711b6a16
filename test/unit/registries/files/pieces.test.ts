import assert from 'node:assert/strict';
import { type Pieces, runPieces } from '../../../../src/registries/files/pieces';

describe('pieces', () => {
  it('lets other messages in while it works', async function () {
    this.timeout(30_000);
    let turns = 0;
    const tick = (): void => {
      turns++;
      if (turns < 3) setImmediate(tick);
    };
    setImmediate(tick);
    // Ends with the third turn of others, or late where there is none.
    function* busy(): Pieces<string> {
      const late = performance.now() + 20_000;
      while (turns < 3 && performance.now() < late) yield undefined;
      return 'done';
    }
    assert.equal(await runPieces(busy()), 'done');
    assert.equal(turns, 3);
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
