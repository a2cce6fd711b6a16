import assert from 'node:assert/strict';
import { MessageChannel } from 'node:worker_threads';
import { Channel, type Wire } from '../../../src/rpc/channel';
import { Arranger, type Ordering } from '../../../src/webview/runs/arranger';
import { Arrangement, type ArrangeWorker } from '../../../src/webview/runs/arrangement';

const length = 60_000;
const values = Float64Array.from({ length }, (_, row) => (row * 7919) % length);
const texts = Array.from(values, (value) => String(value % 50));

function orderingBy(...sources: readonly { readonly id: string; readonly source: object }[]): Ordering {
  const make = () => ({ kind: 'texts', texts }) as const;
  const keys = sources.map(({ id, source }) => ({ id, source, make, ascending: true, numeric: false }));
  return { length, words: '', names: { id: 'names', source: values, make: () => [] }, keys };
}

/** The worker's side behind a real message channel, and what it was sent. */
function useWorker() {
  const { port1, port2 } = new MessageChannel();
  const sent: string[] = [];
  const wire = (port: typeof port1): Wire => ({
    post: (message) => port.postMessage(message),
    listen: (listener) => {
      port.on('message', listener);
      return { dispose: () => port.close() };
    },
  });
  const { handlers } = new Arrangement();
  const noted = Object.fromEntries(
    Object.entries(handlers).map(([name, handler]) => [
      name,
      (args: never, signal: AbortSignal) => {
        sent.push([name, ...('id' in (args as object) ? [(args as { id: string }).id] : [])].join(' '));
        return handler(args, signal) as never;
      },
    ]),
  );
  const worker = new Channel<ArrangeWorker, never>(wire(port2), noted as unknown as typeof handlers);
  return { sent, start: () => Promise.resolve(wire(port1)), close: () => worker.dispose() };
}

describe('The arranging of many rows', () => {
  it('sends a column once, and has it dropped when nothing goes by it any more', async () => {
    const { sent, start, close } = useWorker();
    const arranger = new Arranger(start);
    const [auc, loss] = [
      { id: 'auc', source: {} },
      { id: 'loss', source: {} },
    ];
    const ordered = await arranger.order(orderingBy(auc));
    assert.deepEqual([texts[ordered[0] ?? 0], texts[ordered[length - 1] ?? 0]], ['0', '49']);
    await arranger.order(orderingBy(auc));
    await arranger.order(orderingBy(auc, loss));
    await arranger.order(orderingBy(loss));
    await arranger.order(orderingBy({ ...loss, source: {} }));
    assert.deepEqual(
      sent.filter((each) => each !== 'order'),
      ['keep order auc', 'keep order loss', 'drop order auc', 'keep order loss'],
    );
    close();
  });

  it('asks no worker for few rows, nor for the order of the store or of numbers, which take no time', () => {
    const arranger = new Arranger(() => Promise.reject(new Error('No worker is needed')));
    const few = { ...orderingBy({ id: 'auc', source: {} }), length: 49_999 };
    assert.ok(arranger.order(few) instanceof Uint32Array);
    assert.ok(arranger.order(orderingBy()) instanceof Uint32Array);
    const by = orderingBy({ id: 'auc', source: {} });
    const keys = by.keys.map((key) => ({ ...key, numeric: true, make: () => ({ kind: 'number', values }) as const }));
    assert.ok(arranger.order({ ...by, keys }) instanceof Uint32Array);
  });

  it('goes on by itself where there is no worker, and asks for none again', async () => {
    let started = 0;
    const arranger = new Arranger(() => {
      started += 1;
      return Promise.reject(new Error('refused'));
    });
    const ordering = orderingBy({ id: 'auc', source: {} });
    assert.equal((await arranger.order(ordering)).length, length);
    assert.ok(arranger.order(ordering) instanceof Uint32Array);
    assert.equal(started, 1);
  });
});
