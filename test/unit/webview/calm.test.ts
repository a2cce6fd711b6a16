import assert from 'node:assert/strict';
import { Calm } from '../../../src/webview/shared/calm';
import { ManualClock } from '../app/manualClock';

describe('Calm', () => {
  function calm() {
    const clock = new ManualClock();
    const done: number[] = [];
    return { clock, done, calm: new Calm(() => done.push(clock.now()), 200, clock.after) };
  }

  it('does at once what is asked alone, and of a drag the last', async () => {
    const { clock, done, calm: asked } = calm();
    asked.ask();
    assert.deepEqual(done, [0]);
    for (let frame = 0; frame < 30; frame++) {
      asked.ask();
      await clock.pass(16);
    }
    await clock.pass(1000);
    assert.deepEqual(done, [0, 200, 400, 600]);
    assert.ok(clock.isIdle);
    asked.ask();
    assert.deepEqual(done.at(-1), clock.now());
  });

  it('leaves nothing undone where the page goes', async () => {
    const { clock, done, calm: asked } = calm();
    asked.ask();
    asked.ask();
    asked.flush();
    asked.flush();
    await clock.pass(1000);
    assert.deepEqual(done, [0, 0]);
  });
});
