import assert from 'node:assert/strict';
import type { RunPage, RunQuery } from '../../src/domain/ports';
import type { Backend } from './backends';
import { byScore, byTeam, count, experiment, idsBy, manyRuns, newestFirst } from './manyRuns';
import { type Changed, sqliteCopies } from './sqliteCopies';

const query: RunQuery = { experimentIds: [String(experiment)], view: 'active', maxResults: 500 };
const scores: RunQuery = { ...query, orderBy: ['metrics.score DESC'] };
const teams: RunQuery = { ...query, orderBy: ['params.team ASC'] };

/** More rows than one statement passes over. */
export function manyRowsOfSqlite(of: () => Backend): void {
  const changed = sqliteCopies(of);

  async function* pages({ registry }: Changed, query: RunQuery): AsyncGenerator<readonly string[]> {
    let page: RunPage | undefined;
    do {
      page = await registry.runs.search({ ...query, ...(page?.nextPageToken && { pageToken: page.nextPageToken }) });
      yield page.table.runIds;
    } while (page.nextPageToken !== undefined);
  }

  const allOf = async (copy: Changed, query: RunQuery, between = (): void => undefined): Promise<string[]> => {
    const ids: string[] = [];
    for await (const page of pages(copy, query)) {
      ids.push(...page);
      between();
    }
    return ids;
  };

  for (const [by, asked, sql] of [
    ['start', query, newestFirst],
    ['a metric', scores, byScore],
    ['a param', teams, byTeam],
  ] as const) {
    it(`pages by ${by} give every run once, in MLflow’s order`, async () => {
      const copy = changed(manyRuns);
      assert.deepEqual(await allOf(copy, asked), idsBy(copy, sql));
    });

    it(`pages by ${by} stay whole while another program writes between them`, async () => {
      const copy = changed(manyRuns);
      const expected = idsBy(copy, sql);
      let written = 0;
      const write = (): void => {
        const id = `new-${++written}`;
        copy.database.exec(
          `INSERT INTO runs (run_uuid, status, start_time, lifecycle_stage, experiment_id) VALUES ('${id}', 'RUNNING', 99999999, 'active', ${experiment});
           INSERT INTO latest_metrics (key, value, step, is_nan, run_uuid) VALUES ('score', 99999999, 1, 0, '${id}');
           INSERT INTO params (key, value, run_uuid) VALUES ('team', '', '${id}')`,
        );
      };
      assert.deepEqual(await allOf(copy, asked, write), expected);
      assert.ok(written > 10);
    });
  }

  it('a next page is of the data as they are now', async () => {
    const copy = changed(manyRuns);
    const paging = pages(copy, scores);
    const seen = (await paging.next()).value as readonly string[];
    const last = idsBy(copy, byScore).at(-1)!;
    const place = `SELECT value FROM latest_metrics WHERE key = 'score' AND run_uuid = '${seen.at(-1)!}'`;
    copy.database.exec(
      `INSERT INTO latest_metrics (key, value, step, is_nan, run_uuid) SELECT 'score', value - 0.5, 1, 0, '${last}' FROM (${place})`,
    );
    const next = (await paging.next()).value as readonly string[];
    const rest = idsBy(copy, byScore);
    assert.deepEqual(next, rest.slice(query.maxResults, 2 * query.maxResults));
    assert.ok(next.includes(last));
  });

  it('a run that is removed for good is left out of what follows', async () => {
    const copy = changed(manyRuns);
    const expected = idsBy(copy, newestFirst);
    const gone = expected[700]!;
    const remove = ['latest_metrics', 'params', 'runs']
      .map((table) => `DELETE FROM ${table} WHERE run_uuid = '${gone}';`)
      .join('');
    const found = await allOf(copy, query, () => copy.database.exec(remove));
    assert.deepEqual(
      found,
      expected.filter((id) => id !== gone),
    );
  });

  it('stops at its next statement when it is cancelled', async () => {
    const { registry } = changed(manyRuns);
    const leaving = new AbortController();
    const found = registry.runs.search({ ...scores, maxResults: count }, leaving.signal);
    setImmediate(() => leaving.abort());
    await assert.rejects(found);
    assert.equal((await registry.runs.search(query)).table.length, query.maxResults);
  });

  /** Points of 40 runs, the first with 21,000 of them: times go back, times and steps repeat, NaN and infinities among them, some beyond 2^53. */
  const manyPoints = `
    ${manyRuns}
    WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 59999)
    INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan)
    SELECT 'loss', CASE WHEN i % 97 = 0 THEN 0 WHEN i % 89 = 0 THEN 1.7976931348623157e308 ELSE i % 1009 / 7.0 - 50 END,
      CASE WHEN i % 3 = 0 THEN 1700000000000000000 + i * 1024 ELSE i * 7919 % 30011 END,
      printf('%032x', max(0, i - 20000) % 40 * 7919),
      i / 40 % 701 - 5, i % 97 = 0 FROM n;
    INSERT INTO latest_metrics (key, value, step, is_nan, run_uuid) SELECT DISTINCT 'loss', 0, 0, 0, run_uuid FROM metrics WHERE key = 'loss';
  `;
  const dropIndex = 'DROP INDEX IF EXISTS index_metrics_run_uuid_key_step;';
  for (const [schema, drop] of [
    ['the newest schema', ''],
    ['a schema before MLflow 3.13', dropIndex],
  ] as const) {
    for (const runs of [1, 40]) {
      it(`histories of ${runs} of 40 runs are whole and in MLflow’s order on ${schema}`, async () => {
        const { registry, database } = changed(manyPoints + drop);
        const runIds = database
          .prepare("SELECT DISTINCT run_uuid AS id FROM metrics WHERE key = 'loss' ORDER BY id LIMIT ?")
          .all(runs)
          .map(({ id }) => String(id));
        const found = await registry.runs.histories({ runIds, key: 'loss' });
        for (const { runId, steps, timestamps, values } of found) {
          const expected = database
            .prepare(
              "SELECT step, CAST(timestamp AS REAL) AS time, value, is_nan FROM metrics WHERE key = 'loss' AND run_uuid = ? ORDER BY timestamp, step, value",
            )
            .all(runId);
          assert.ok(expected.length >= 1000);
          assert.deepEqual(
            expected.map(({ step, time, value, is_nan }) => [
              step,
              time,
              is_nan ? NaN : Number(value) > 1e308 ? Infinity : value,
            ]),
            Array.from(steps, (step, i) => [step, timestamps[i], values[i]]),
          );
        }
        assert.deepEqual(
          found.map(({ runId }) => runId),
          runIds,
        );
      });
    }
  }
}
