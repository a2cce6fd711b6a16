import assert from 'node:assert/strict';
import { setImmediate as rest } from 'node:timers/promises';
import { MessageChannel } from 'node:worker_threads';
import { allRows, coded } from '../../../src/domain/rowOrder';
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

/** The worker's side behind a real message channel, and the columns that it was sent with each question. */
function useWorker() {
  const { port1, port2 } = new MessageChannel();
  const sent: string[][] = [];
  let isEnded = false;
  const wire = (port: typeof port1): Wire => ({
    post: (message) => port.postMessage(message),
    listen: (listener) => {
      port.on('message', listener);
      return { dispose: () => port.close() };
    },
  });
  port2.on('close', () => (isEnded = true));
  const { order, group } = new Arrangement().handlers;
  const worker = new Channel<ArrangeWorker, never>(wire(port2), {
    order: (args, signal) => {
      sent.push([...args.names, ...args.keys].flatMap(({ id, by }) => (by ? [id] : [])));
      return order(args, signal);
    },
    group: (args, signal) => {
      sent.push(args.by.flatMap(({ id, by }) => (by ? [id] : [])));
      return group(args, signal);
    },
  });
  let fails: () => void = () => undefined;
  after(() => worker.dispose());
  return {
    sent,
    start: (failed: () => void) => {
      fails = failed;
      return Promise.resolve(wire(port1));
    },
    fail: () => fails(),
    isEnded: () => isEnded,
  };
}

describe('The arranging of many rows', () => {
  it('sends a column once, and has it dropped when nothing goes by it any more', async () => {
    const { sent, start } = useWorker();
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
    await arranger.order(orderingBy(auc));
    assert.deepEqual(sent, [['auc'], [], ['loss'], [], ['loss'], ['auc']]);
  });

  it('sends names once while they are sought, and the columns of groups apart from those of the order', async () => {
    const { sent, start } = useWorker();
    const arranger = new Arranger(start);
    const auc = { id: 'auc', source: {} };
    const names = { id: 'names', source: values, make: () => texts };
    const sought = { ...orderingBy(auc), words: '49', names };
    const found = await arranger.order(sought);
    assert.equal(found.length, texts.filter((text) => text.includes('49')).length);
    const grouping = [{ ...auc, make: () => coded(texts) }] as const;
    const groups = await arranger.group(allRows(length), grouping);
    assert.deepEqual([groups.length, groups[0]?.value, groups[0]?.rows.length], [50, '0', length / 50]);
    await arranger.order({ ...sought, words: '4' });
    await arranger.group(allRows(length), grouping);
    assert.deepEqual(sent, [['names', 'auc'], ['auc'], [], []]);
  });

  it('goes on by itself where the worker breaks, which ends', async () => {
    const { start, fail, isEnded } = useWorker();
    const arranger = new Arranger(start);
    const ordering = orderingBy({ id: 'auc', source: {} });
    const order = arranger.order(ordering);
    await rest();
    fail();
    assert.equal(texts[(await order)[0] ?? 0], '0');
    assert.ok(arranger.order(ordering) instanceof Uint32Array);
    while (!isEnded()) await rest();
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
