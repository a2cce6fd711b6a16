import assert from 'node:assert/strict';
import { type Comparable, compareItems, type CompareRow, metricMarks } from '../../../src/domain/compare';

function item(parts: {
  metrics?: Record<string, number>;
  params?: Record<string, string>;
  tags?: Record<string, string>;
}): Comparable {
  const pairs = (record: Record<string, string> = {}) => Object.entries(record).map(([key, value]) => ({ key, value }));
  const metrics = Object.entries(parts.metrics ?? {}).map(([key, value]) => ({ key, value, step: 0, timestamp: 0 }));
  return { metrics, params: pairs(parts.params), tags: pairs(parts.tags) };
}

function metricRow(key: string, ...values: (number | null)[]): CompareRow {
  return { group: 'metrics', key, values, differs: true };
}

describe('compareItems', () => {
  it('puts what differs first in each group, then sorts by key', () => {
    const rows = compareItems([
      item({ metrics: { loss: 1, auc: 0.9 }, params: { depth: '3', seed: '1' }, tags: { team: 'a' } }),
      item({ metrics: { loss: 2, auc: 0.9 }, params: { depth: '3', seed: '2' }, tags: { team: 'a' } }),
    ]);
    assert.deepEqual(
      rows.map(({ group, key, differs }) => [group, key, differs]),
      [
        ['metrics', 'loss', true],
        ['metrics', 'auc', false],
        ['params', 'seed', true],
        ['params', 'depth', false],
        ['tags', 'team', false],
      ],
    );
  });

  it('keeps the order of the items in every row and writes null where one has nothing', () => {
    const [row] = compareItems([item({}), item({ params: { lr: '' } }), item({ params: { lr: '0.1' } })]);
    assert.deepEqual(row, { group: 'params', key: 'lr', values: [null, '', '0.1'], differs: true });
  });

  it('takes NaN as equal to NaN and 0 as equal to −0', () => {
    const rows = compareItems([item({ metrics: { a: NaN, b: 0 } }), item({ metrics: { a: NaN, b: -0 } })]);
    assert.deepEqual(
      rows.map((row) => row.differs),
      [false, false],
    );
  });

  it('compares keys that objects treat specially', () => {
    const keys = ['__proto__', 'constructor', 'toString'];
    const tags = keys.map((key) => ({ key, value: 'x' }));
    const rows = compareItems([{ metrics: [], params: [], tags }, item({})]);
    assert.deepEqual(
      rows.map(({ key, values }) => [key, values]),
      keys.sort().map((key) => [key, ['x', null]]),
    );
  });
});

describe('metricMarks', () => {
  it('marks the best value and judges deltas by the direction of the name', () => {
    const marks = metricMarks(metricRow('val/log_loss', 0.5, 0.4, 0.7));
    assert.equal(marks.best, 1);
    assert.deepEqual(
      marks.deltas.map((delta) => delta?.verdict),
      [undefined, 'better', 'worse'],
    );
  });

  it('marks nothing where the name says no direction', () => {
    const marks = metricMarks(metricRow('weight_norm', 1, 2));
    assert.equal(marks.best, undefined);
    assert.deepEqual(marks.deltas, [undefined, { delta: 1, base: 1 }]);
  });

  it('gives no delta against absent, NaN or infinite numbers', () => {
    assert.deepEqual(metricMarks(metricRow('auc', NaN, 1)).deltas, [undefined, undefined]);
    assert.deepEqual(metricMarks(metricRow('auc', 1, null, Infinity)).deltas, [undefined, undefined, undefined]);
  });
});
