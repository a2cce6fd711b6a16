import assert from 'node:assert/strict';
import { KeptHistories } from '../../../src/app/keptHistories';
import type { ColumnQuery } from '../../../src/domain/frame';
import type { FrameStore } from '../../../src/domain/ports';
import type { RunStatus, RunTable } from '../../../src/domain/run';
import { metricAt, MetricCells, RunTableBuilder } from '../../../src/domain/runTable';

function runsOf(statuses: readonly RunStatus[]): RunTable {
  const builder = new RunTableBuilder();
  statuses.forEach((status, row) => {
    const [runId, runName, experimentId, userId, artifactUri] = [`run ${row}`, '', '1', '', ''];
    builder.addRun({ runId, runName, experimentId, userId, artifactUri, status, lifecycleStage: 'active' });
  });
  return builder.build();
}

/** Tells which rows' histories were asked for; `latest` are the values that the runs themselves have. */
function useStore(latest: number[]) {
  const asked: (readonly number[] | undefined)[] = [];
  const counts = { latest: 0 };
  const column = (query: ColumnQuery) => {
    const cells = new MetricCells(4);
    if (query.group !== 'metrics' || !query.of) {
      counts.latest += 1;
      latest.forEach((value, row) => cells.set(row, value));
    } else asked.push(query.rows);
    for (const row of query.rows ?? []) if (row !== 2) cells.set(row, row === 1 ? NaN : row * 10);
    return Promise.resolve(cells.column(query.key, 4));
  };
  return { asked, counts, store: { column } as unknown as FrameStore };
}

async function read(kept: KeptHistories, store: FrameStore, runs: RunTable, rows: readonly number[]) {
  const found = await kept.column({ store, id: 'f', runs }, { key: 'auc', of: 'max' }, rows);
  return Array.from({ length: runs.length }, (_, row) => metricAt(found, row));
}

describe('KeptHistories', () => {
  it('asks a server for each run once, and keeps what it knows as the table grows', async () => {
    const { asked, store } = useStore([]);
    const kept = new KeptHistories();
    const [three, four] = [
      runsOf(['RUNNING', 'RUNNING', 'RUNNING']),
      runsOf(['RUNNING', 'RUNNING', 'RUNNING', 'FAILED']),
    ];
    assert.deepEqual(await read(kept, store, three, []), [undefined, undefined, undefined]);
    assert.deepEqual(await read(kept, store, three, [1, 2]), [undefined, NaN, undefined]);
    assert.deepEqual(await read(kept, store, four, [2, 3]), [undefined, NaN, undefined, 30]);
    assert.deepEqual(asked, [[1, 2], [3]]);
  });

  it('reads the latest values only where a history is read', async () => {
    const { counts, store } = useStore([1, 2, 3, 4]);
    const kept = new KeptHistories();
    const runs = runsOf(['FINISHED', 'RUNNING', 'FAILED', 'FINISHED']);
    await read(kept, store, runs, []);
    assert.equal(counts.latest, 0);
    await read(kept, store, runs, [0]);
    await read(kept, store, runs, [0]);
    assert.equal(counts.latest, 1);
  });

  it('asks again, when the table is read anew, of runs that still log or were logged to since', async () => {
    const latest = [1, 2, 3, 4];
    const { asked, store } = useStore(latest);
    const before = new KeptHistories();
    const runs = runsOf(['FINISHED', 'RUNNING', 'FAILED', 'FINISHED']);
    await read(before, store, runs, [0, 1, 2, 3]);
    latest[3] = 5;
    const after = new KeptHistories(before);
    assert.deepEqual(await read(after, store, runs, []), [0, undefined, undefined, undefined]);
    await read(after, store, runs, [0, 1, 2, 3]);
    assert.deepEqual(asked, [
      [0, 1, 2, 3],
      [1, 3],
    ]);
  });
});
