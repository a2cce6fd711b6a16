import assert from 'node:assert/strict';
import { parseOrderBy } from '../../../src/domain/search';

describe('search order', () => {
  it('is ascending unless it says DESC', () => {
    const orders = parseOrderBy(['metrics.`val/a b` desc', 'created', 'tags."x y" ASC', 'params.asc'], 'runs');
    assert.deepEqual(
      orders.map(({ field, ascending }) => [field.kind, field.key, ascending]),
      [
        ['metric', 'val/a b', false],
        ['attribute', 'start_time', true],
        ['tag', 'x y', true],
        ['param', 'asc', true],
      ],
    );
  });

  it('refuses what MLflow cannot sort by', () => {
    for (const clause of [
      'datasets.name',
      'metrics.a DESC NULLS LAST',
      'metrics.a/b',
      '',
      'metrics.a, metrics.b',
      '1',
    ]) {
      assert.throws(() => parseOrderBy([clause], 'runs'), { name: 'UserError', kind: 'invalid' }, clause);
    }
    assert.throws(() => parseOrderBy(['tags.a'], 'models'), { kind: 'invalid' });
  });

  it('sorts models by the last change under both of its names', () => {
    const keys = ['timestamp', 'last_updated_timestamp DESC'].map(
      (clause) => parseOrderBy([clause], 'models')[0]?.field.key,
    );
    assert.deepEqual(keys, ['last_updated_timestamp', 'last_updated_timestamp']);
  });
});
