import assert from 'node:assert/strict';
import { KeptHistories } from '../../../src/app/keptHistories';
import type { ColumnQuery } from '../../../src/domain/frame';
import type { FrameStore } from '../../../src/domain/ports';
import { metricAt, MetricCells } from '../../../src/domain/runTable';

describe('KeptHistories', () => {
  it('asks a server for each run once, and keeps what it knows as the table grows', async () => {
    const asked: (readonly number[] | undefined)[] = [];
    const column = (query: ColumnQuery) => {
      asked.push(query.rows);
      const cells = new MetricCells(4);
      for (const row of query.rows ?? []) if (row !== 2) cells.set(row, row === 1 ? NaN : row * 10);
      return Promise.resolve(cells.column(query.key, 4));
    };
    const store = { column } as unknown as FrameStore;
    const kept = new KeptHistories();
    const read = async (rows: readonly number[], length: number) => {
      const found = await kept.column({ store, id: 'f', length }, { key: 'auc', of: 'max' }, rows);
      return Array.from({ length }, (_, row) => metricAt(found, row));
    };
    assert.deepEqual(await read([], 3), [undefined, undefined, undefined]);
    assert.deepEqual(await read([1, 2], 3), [undefined, NaN, undefined]);
    assert.deepEqual(await read([2, 3], 4), [undefined, NaN, undefined, 30]);
    assert.deepEqual(asked, [[1, 2], [3]]);
  });
});
