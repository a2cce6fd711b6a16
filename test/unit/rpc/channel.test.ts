import assert from 'node:assert/strict';
import { UserError } from '../../../src/domain/errors';
import { flaggedSignal, sharedFlag } from '../../../src/rpc/cancel';
import { Channel, type Handlers, type Wire } from '../../../src/rpc/channel';
import { packNumbers, unpackNumbers } from '../../../src/rpc/numbers';

interface Store {
  methods: {
    double(args: { value: number }): number;
    refuse(args: Record<string, never>): void;
    crash(args: Record<string, never>): void;
    wait(args: Record<string, never>): void;
  };
  events: { moved: { to: string } };
}
interface Nobody {
  methods: object;
  events: object;
}

/** Two wires that deliver to each other a turn later, as a worker's do. */
function wires(): [Wire, Wire] {
  const listeners: [Set<(m: unknown) => void>, Set<(m: unknown) => void>] = [new Set(), new Set()];
  const wire = (own: 0 | 1): Wire => ({
    post: (message) => {
      const sent = structuredClone(message);
      queueMicrotask(() => {
        for (const listener of listeners[own === 0 ? 1 : 0]) listener(sent);
      });
    },
    listen: (listener) => {
      listeners[own].add(listener);
      return { dispose: () => listeners[own].delete(listener) };
    },
  });
  return [wire(0), wire(1)];
}

function pair(changes: Partial<Handlers<Store['methods']>> = {}) {
  const [near, far] = wires();
  const server = new Channel<Store, Nobody>(far, {
    double: ({ value }) => value * 2,
    refuse: () => {
      throw new UserError('conflict', 'It was moved.', { next: 'Look again.', command: { id: 'ringside.refresh' } });
    },
    crash: () => {
      throw new TypeError('a bug');
    },
    wait: (_args, signal) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve());
      }),
    ...changes,
  });
  return { client: new Channel<Nobody, Store>(near, {}), server, far };
}

describe('The channel', () => {
  it('answers, tells events, and carries a refusal whole', async () => {
    const { client, server } = pair();
    assert.equal(await client.request('double', { value: 21 }), 42);
    await assert.rejects(client.request('refuse', {}), (error) => {
      assert.ok(error instanceof UserError);
      assert.deepEqual(
        [error.kind, error.text, error.command?.id],
        ['conflict', 'It was moved. Look again.', 'ringside.refresh'],
      );
      return true;
    });
    const moved = new Promise((resolve) => client.on('moved', resolve));
    server.emit('moved', { to: 'v4' });
    assert.deepEqual(await moved, { to: 'v4' });
  });

  it('rejects with the fault of a handler, and for a method that is not there', async () => {
    const { client } = pair();
    await assert.rejects(client.request('crash', {}), { name: 'TypeError', message: 'a bug' });
    await assert.rejects(client.request('toString' as 'crash', {}), /No handler for 'toString'/);
  });

  it('rejects a cancelled call at once and tells the other side', async () => {
    let stopped = (): void => undefined;
    const told = new Promise<void>((resolve) => (stopped = resolve));
    const { client } = pair({
      wait: (_args, signal) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => {
            stopped();
            resolve();
          });
        }),
    });
    const controller = new AbortController();
    const waiting = client.request('wait', {}, controller.signal);
    queueMicrotask(() => controller.abort());
    await assert.rejects(waiting, (error) => error instanceof UserError && error.kind === 'cancelled');
    await told;
  });

  it('rejects all that is pending when it ends, and every call after', async () => {
    const { client } = pair();
    const waiting = client.request('wait', {});
    client.dispose(new Error('the worker ended'));
    await assert.rejects(waiting, /the worker ended/);
    await assert.rejects(client.request('double', { value: 1 }), /closed/);
  });

  it('survives messages that are none', async () => {
    const { client, far } = pair();
    for (const junk of [null, 7, 'x', {}, { re: 99, ok: 1 }, { event: 'nothing', data: 1 }, { cancel: 4 }])
      far.post(junk);
    assert.equal(await client.request('double', { value: 2 }), 4);
  });
});

describe('The shared flag', () => {
  it('is seen by work that never yields', () => {
    const flag = sharedFlag.make();
    const signal = flaggedSignal(flag, new AbortController());
    assert.equal(signal.aborted, false);
    signal.throwIfAborted();
    sharedFlag.raise(flag);
    assert.equal(signal.aborted, true);
    assert.throws(() => signal.throwIfAborted());
  });
});

describe('Numbers over a wire of JSON', () => {
  it('come back as they went in, typed arrays untouched', () => {
    const value = { a: [NaN, Infinity, -Infinity, 0.1], b: 'NaN', c: null };
    assert.deepEqual(unpackNumbers(JSON.parse(JSON.stringify(packNumbers(value)))), value);
    const array = Float64Array.of(NaN, 1);
    assert.equal((packNumbers({ array }) as { array: unknown }).array, array);
  });
});
