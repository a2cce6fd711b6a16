import assert from 'node:assert/strict';
import { Emitter } from '../../../src/app/emitter';

describe('An event', () => {
  it('reaches all its listeners where one of them throws, which is told as what it is: a bug', async () => {
    const emitter = new Emitter<number>();
    const heard: number[] = [];
    emitter.event(() => {
      throw new Error('a bug in a view');
    });
    emitter.event((value) => heard.push(value));
    const runners = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    try {
      const told = new Promise((resolve) => process.once('uncaughtException', resolve));
      emitter.fire(7);
      assert.deepEqual(heard, [7]);
      assert.match(String(await told), /a bug in a view/);
    } finally {
      for (const runner of runners) process.on('uncaughtException', runner);
    }
  });
});
