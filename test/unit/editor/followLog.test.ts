import assert from 'node:assert/strict';
import { followLog } from '../../../src/editor/followLog';
import { ManualClock } from '../app/manualClock';

describe('Following a log', () => {
  function followed() {
    const clock = new ManualClock();
    const log = { text: 'one ', grows: true, gone: false, reads: 0, asked: 0 };
    const got: string[] = [];
    const following = followLog(
      {
        read: (from) => {
          log.reads++;
          const text = log.text.slice(from);
          return log.gone ? Promise.reject(new Error('gone')) : Promise.resolve({ text, next: log.text.length });
        },
        append: (text) => got.push(text),
        grows: () => {
          log.asked++;
          return Promise.resolve(log.grows);
        },
      },
      clock.after,
    );
    return { clock, log, got, following };
  }

  it('hands on what is there and what comes', async () => {
    const { clock, log, got } = followed();
    await clock.pass(0);
    log.text += 'two ';
    await clock.pass(500);
    assert.deepEqual(got, ['one ', 'two ']);
    await clock.pass(60_000);
    assert.ok(!clock.isIdle, 'a server that runs may say more');
    assert.ok(log.asked < 7, 'which is not asked with each reading');
  });

  it('ends with the server, and gives its last word', async () => {
    const { clock, log, got } = followed();
    await clock.pass(1000);
    log.grows = false;
    await clock.pass(8000);
    log.text += 'last';
    await clock.pass(60_000);
    assert.ok(clock.isIdle);
    assert.equal(got.join(''), 'one last');
  });

  it('ends where the endpoint was removed, and where another is followed', async () => {
    const removed = followed();
    await removed.clock.pass(1000);
    removed.log.gone = true;
    await removed.clock.pass(1000);
    assert.ok(removed.clock.isIdle);
    const left = followed();
    left.following.dispose();
    await left.clock.pass(1000);
    assert.deepEqual([left.got, left.log.reads], [[], 1]);
  });
});
