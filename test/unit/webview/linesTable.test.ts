import assert from 'node:assert/strict';
import type { ReducedPoints } from '../../../src/domain/reduce';
import type { ChartRequest } from '../../../src/panels/webview.messages';
import { wholeTable } from '../../../src/webview/charts/linesTable';

function points(values: number[], total = values.length): ReducedPoints {
  const steps = Float64Array.from(values, (_, i) => i);
  return { steps, timestamps: steps, values: Float64Array.from(values), total };
}

const drawn = ['a', 'b'].map((label, row) => ({ row, label, series: row, points: points([row]) }));
const request: ChartRequest = { key: 'loss', axis: 'step', buckets: 16, range: [1, 2] };

describe('The points of a chart for a file', () => {
  it('are all of each line, those beyond a zoom too', async () => {
    const asked: ChartRequest[] = [];
    const { table, words } = await wholeTable(request, drawn, (each) => {
      asked.push(each);
      return Promise.resolve([points([1, 2, 3]), points([4, 5])]);
    });
    assert.deepEqual([asked.length, asked[0] && 'range' in asked[0]], [1, false]);
    assert.deepEqual(
      table.rows.map(([label, , value]) => [label, value]),
      [
        ['a', 1],
        ['a', 2],
        ['a', 3],
        ['b', 4],
        ['b', 5],
      ],
    );
    assert.equal(words, '');
  });

  it('keep the names of their lines where one is gone', async () => {
    const { table } = await wholeTable(request, drawn, () => Promise.resolve([undefined, points([4, 5])]));
    assert.deepEqual(
      table.rows.map(([label, , value]) => [label, value]),
      [
        ['a', 0],
        ['b', 4],
        ['b', 5],
      ],
    );
  });

  it('say how many they are where a file has no room for more', async () => {
    const { words } = await wholeTable(request, drawn, () => Promise.resolve([points([1, 2], 2_000_000), points([3])]));
    assert.match(words, /^3 of 2\D?000\D?001 points$/);
  });
});
