import type { Changed } from './sqliteCopies';

export const count = 12_000;
export const experiment = 777;

/** Runs whose ids, starts and scores are all in different orders; every seventh score is missing, every fifth start equal. */
export const manyRuns = `
  INSERT INTO experiments (experiment_id, name, lifecycle_stage) VALUES (${experiment}, 'many', 'active');
  WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${count - 1})
  INSERT INTO runs (run_uuid, name, source_type, source_name, entry_point_name, user_id, status, start_time, lifecycle_stage, artifact_uri, experiment_id)
  SELECT printf('%032x', i * 7919 % 1000003), 'run ' || i, 'UNKNOWN', '', '', 'ada', 'FINISHED',
    CASE WHEN i % 5 = 0 THEN 1000 ELSE i * 31 % 20011 END, 'active', '', ${experiment} FROM n;
  INSERT INTO latest_metrics (key, value, timestamp, step, is_nan, run_uuid)
  SELECT 'score', CASE WHEN rowid % 11 = 0 THEN 0 ELSE rowid * 37 % 1009 END, 1, 1, rowid % 11 = 0, run_uuid FROM runs
  WHERE experiment_id = ${experiment} AND rowid % 7 > 0;
  INSERT INTO params (key, value, run_uuid) SELECT 'team', 'team ' || rowid % 97, run_uuid FROM runs
  WHERE experiment_id = ${experiment} AND rowid % 9 > 0;
`;

export const newestFirst = `SELECT run_uuid AS id FROM runs WHERE experiment_id = ${experiment} ORDER BY start_time DESC, run_uuid`;
export const byScore = `SELECT runs.run_uuid AS id FROM runs LEFT JOIN latest_metrics AS m ON m.run_uuid = runs.run_uuid AND m.key = 'score'
  WHERE experiment_id = ${experiment}
  ORDER BY CASE WHEN m.is_nan = 1 THEN 1 WHEN m.value IS NULL THEN 2 ELSE 0 END, m.value DESC, start_time DESC, runs.run_uuid`;

export const byTeam = `SELECT runs.run_uuid AS id FROM runs LEFT JOIN params AS p ON p.run_uuid = runs.run_uuid AND p.key = 'team'
  WHERE experiment_id = ${experiment} ORDER BY p.value IS NULL, p.value, start_time DESC, runs.run_uuid`;

/** Ids as a statement gives them. */
export function idsBy({ database }: Changed, sql: string): string[] {
  return database
    .prepare(sql)
    .all()
    .map(({ id }) => String(id));
}
