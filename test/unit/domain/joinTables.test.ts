import assert from 'node:assert/strict';
import { joinAttributes, joinMetric, joinText } from '../../../src/domain/joinTables';
import { metricAt, RunTableBuilder, textAt } from '../../../src/domain/runTable';

function table(ids: readonly string[], params: readonly string[], metrics: readonly (number | undefined)[]) {
  const builder = new RunTableBuilder();
  ids.forEach((runId, i) => {
    const row = builder.addRun({
      runId,
      runName: `name ${runId}`,
      experimentId: '1',
      userId: '',
      status: 'FAILED',
      artifactUri: '',
      lifecycleStage: 'active',
      startTime: i,
    });
    builder.setParam(row, 'p', params[i] ?? '');
    const metric = metrics[i];
    if (metric !== undefined) builder.setMetric(row, 'm', metric);
  });
  return builder.build();
}

describe('Joined tables', () => {
  const first = table(['a', 'b', 'c'], ['x', 'y', 'x'], [1, NaN, undefined]);
  const second = table(['d', 'e'], ['y', 'z'], [undefined, NaN]);
  const empty = table([], [], []);
  const pieces = [first, empty, second];

  it('stand below each other with their attributes', () => {
    const { length, runIds, startTimes, statuses } = joinAttributes(pieces);
    assert.equal(length, 5);
    assert.deepEqual(runIds, ['a', 'b', 'c', 'd', 'e']);
    assert.deepEqual([...startTimes], [0, 1, 2, 0, 1]);
    assert.deepEqual([...statuses], [3, 3, 3, 3, 3]);
  });

  it('tell a logged NaN from what is absent, over piece borders', () => {
    const column = joinMetric(
      'm',
      pieces.map(({ length, metrics }) => ({ length, column: metrics[0] })),
    );
    assert.deepEqual(
      [0, 1, 2, 3, 4].map((row) => metricAt(column, row)),
      [1, NaN, undefined, undefined, NaN],
    );
  });

  it('hold each text once, and nothing where a piece has no such column', () => {
    const columns = [
      ...pieces.map(({ length, params }) => ({ length, column: params[0] })),
      { length: 2, column: undefined },
    ];
    const column = joinText('p', columns);
    assert.deepEqual([...column.dictionary].sort(), ['x', 'y', 'z']);
    assert.deepEqual(
      [0, 1, 2, 3, 4, 5, 6].map((row) => textAt(column, row)),
      ['x', 'y', 'x', 'y', 'z', undefined, undefined],
    );
  });
});
