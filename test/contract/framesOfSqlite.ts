import assert from 'node:assert/strict';
import { renameSync } from 'node:fs';
import { isCancelled } from '../../src/domain/errors';
import { type FrameColumnName, type FrameQuery, historyValues, isMetricColumn } from '../../src/domain/frame';
import { metricAt, textAt } from '../../src/domain/runTable';
import type { Backend } from './backends';
import { byScore, byTeam, count, experiment, idsBy, manyRuns, newestFirst } from './manyRuns';
import { type Changed, sqliteCopies } from './sqliteCopies';
import { kindOf } from './values';

const query: FrameQuery = { experimentIds: [String(experiment)], view: 'active' };
const score = { group: 'metrics', key: 'score' } as const satisfies FrameColumnName;
const team = { group: 'params', key: 'team' } as const satisfies FrameColumnName;

/** Frames of more rows than one statement passes over. */
export function framesOfSqlite(of: () => Backend): void {
  const changed = sqliteCopies(of);

  /** Cells by their run, undefined for none. */
  const cellsOf = async ({ registry }: Changed, id: string, runIds: readonly string[], name: FrameColumnName) => {
    const column = await registry.frames.column({ id, ...name });
    const cell = (row: number): unknown => (isMetricColumn(column) ? metricAt(column, row) : textAt(column, row));
    return new Map(runIds.map((runId, row) => [runId, cell(row)]));
  };
  const storedIn = ({ database }: Changed, sql: string): Map<string, unknown> =>
    new Map(
      database
        .prepare(sql)
        .all()
        .map(({ id, cell }) => [String(id), cell ?? undefined]),
    );
  const scores = `SELECT runs.run_uuid AS id, CASE WHEN is_nan THEN 'NaN' ELSE value END AS cell FROM runs
    LEFT JOIN latest_metrics AS m ON m.run_uuid = runs.run_uuid AND key = 'score' WHERE experiment_id = ${experiment}`;
  const teams = `SELECT runs.run_uuid AS id, value AS cell FROM runs
    LEFT JOIN params AS p ON p.run_uuid = runs.run_uuid AND key = 'team' WHERE experiment_id = ${experiment}`;

  const holds = async (copy: Changed, id: string, runIds: readonly string[]): Promise<void> => {
    const found = await cellsOf(copy, id, runIds, score);
    const shown = new Map(Array.from(found, ([run, cell]) => [run, Number.isNaN(cell) ? 'NaN' : cell]));
    const [numbers, texts] = [storedIn(copy, scores), storedIn(copy, teams)];
    assert.deepEqual(shown, new Map(runIds.map((run) => [run, numbers.get(run)])));
    assert.deepEqual(await cellsOf(copy, id, runIds, team), new Map(runIds.map((run) => [run, texts.get(run)])));
  };

  for (const [by, orderBy, sql] of [
    ['start', [], newestFirst],
    ['a metric', ['metrics.score DESC'], byScore],
    ['a param', ['params.team ASC'], byTeam],
  ] as const) {
    it(`a frame of ${count} runs by ${by} has every run once, in MLflow’s order, with its cells`, async () => {
      const copy = changed(manyRuns);
      const { id, attributes, keys } = await copy.registry.frames.open({ ...query, orderBy });
      assert.deepEqual(attributes.runIds, idsBy(copy, sql));
      assert.deepEqual(keys, { metrics: ['score'], params: ['team'], tags: [], datasets: false });
      await holds(copy, id, attributes.runIds);
    });
  }

  it('histories of all runs and of few come to what the file holds', async () => {
    const copy = changed(`${manyRuns}
      INSERT INTO metrics (key, value, timestamp, step, is_nan, run_uuid)
      SELECT 'score', CASE WHEN (rowid + i) % 5 = 0 THEN 0 ELSE (rowid * 37 + i * 61) % 1009 - 500 END, i, 7 - i,
        (rowid + i) % 5 = 0, run_uuid FROM runs JOIN (SELECT value AS i FROM json_each('[1,2,3]'))
      WHERE experiment_id = ${experiment} AND rowid % 7 > 0`);
    const stored = {
      min: 'min(iif(is_nan, NULL, value))',
      max: 'max(iif(is_nan, NULL, value))',
      first: `max(iif(step = 4, iif(is_nan, 'NaN', value), NULL))`,
    };
    const few = idsBy(copy, newestFirst).slice(40, 43);
    const filter = `attributes.run_id IN ('${few.join("', '")}')`;
    for (const [asked, wanted] of [
      [query, idsBy(copy, newestFirst)],
      [{ ...query, filter }, few],
    ] as const) {
      const { id, attributes } = await copy.registry.frames.open(asked);
      assert.deepEqual(attributes.runIds, wanted);
      for (const of of historyValues) {
        const found = await cellsOf(copy, id, wanted, { ...score, of });
        const values = storedIn(copy, `SELECT run_uuid AS id, ${stored[of]} AS cell FROM metrics GROUP BY run_uuid`);
        const shown = new Map(Array.from(found, ([run, cell]) => [run, Number.isNaN(cell) ? 'NaN' : cell]));
        assert.deepEqual(shown, new Map(wanted.map((run) => [run, values.get(run)])), of);
      }
    }
  });

  it('rows keep their places while another program adds, changes, removes and moves rows of the file', async () => {
    const copy = changed(manyRuns);
    const { id, attributes } = await copy.registry.frames.open(query);
    const expected = idsBy(copy, newestFirst);
    const gone = expected[700]!;
    copy.database.exec(`
      ${['latest_metrics', 'params', 'runs'].map((table) => `DELETE FROM ${table} WHERE run_uuid = '${gone}';`).join('')}
      INSERT INTO runs (run_uuid, status, start_time, lifecycle_stage, experiment_id) VALUES ('new', 'RUNNING', 99999999, 'active', ${experiment});
      INSERT INTO latest_metrics (key, value, step, is_nan, run_uuid) VALUES ('score', 99999999, 1, 0, 'new');
      UPDATE latest_metrics SET value = value + 1 WHERE key = 'score' AND is_nan = 0;
      VACUUM`);
    assert.deepEqual(attributes.runIds, expected);
    await holds(copy, id, expected);
  });

  it('keys are those of the frame’s runs, however few have them', async () => {
    const copy = changed(`${manyRuns}
      INSERT INTO experiments (experiment_id, name, lifecycle_stage) VALUES (778, 'others', 'active');
      INSERT INTO runs (run_uuid, status, start_time, lifecycle_stage, experiment_id)
      SELECT 'other ' || run_uuid, 'FINISHED', 1, 'active', 778 FROM runs WHERE experiment_id = ${experiment};
      INSERT INTO tags (key, value, run_uuid) SELECT 'theirs', '', run_uuid FROM runs WHERE experiment_id = 778;
      INSERT INTO tags (key, value, run_uuid) SELECT 'shared', '', run_uuid FROM runs WHERE experiment_id = 778;`);
    const rare = idsBy(copy, newestFirst).at(-2)!;
    copy.database.exec(
      `INSERT INTO tags (key, value, run_uuid) VALUES ('shared', 'rare', '${rare}'), ('own', '', '${rare}')`,
    );
    const { keys } = await copy.registry.frames.open(query);
    assert.deepEqual(keys.tags, ['own', 'shared']);
  });

  it('stops at its next piece when it is cancelled', async () => {
    const { registry } = changed(manyRuns);
    const { id } = await registry.frames.open(query);
    for (const work of [
      (signal?: AbortSignal) => registry.frames.open(query, signal),
      (signal?: AbortSignal) => registry.frames.column({ id, ...score }, signal),
      (signal?: AbortSignal) => registry.frames.column({ id, ...team }, signal),
      (signal?: AbortSignal) => registry.frames.column({ id, ...score, of: 'min' }, signal),
    ]) {
      const leaving = new AbortController();
      const left = work(leaving.signal).catch((error: unknown) => error);
      leaving.abort();
      assert.ok(isCancelled(await left));
    }
    await registry.frames.column({ id, ...score });
  });

  it('a file that took the place of the frame’s is another table', async () => {
    const [copy, other] = [changed(manyRuns), changed('')];
    const { id } = await copy.registry.frames.open(query);
    const fileOf = ({ registry }: Changed): string => registry.connection.trackingUri.slice('sqlite:///'.length);
    renameSync(fileOf(other), fileOf(copy));
    assert.equal(await kindOf(copy.registry.frames.column({ id, ...score })), 'notFound');
  });
}
