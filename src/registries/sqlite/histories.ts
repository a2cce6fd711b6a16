import type { HistoryValue } from '../../domain/frame';
import { HistoryTaker } from '../../domain/historyValue';
import type { MetricHistory } from '../../domain/metric';
import { Points } from './points';
import { metricValue } from './sql';
import type { Session } from './store';
import { type TakePoint, walkPoints } from './walks';

/** All points of one metric of each run, in MLflow's order. */
export async function histories(
  session: Session,
  runIds: readonly string[],
  key: string,
): Promise<readonly MetricHistory[]> {
  const points = new Map(runIds.map((runId) => [runId, new Points()]));
  await walkPoints(session, new Map(Array.from(points, ([runId, { add }]) => [runId, add])), key);
  const found = new Map(Array.from(points, ([runId, ofRun]) => [runId, ofRun.history(runId, key)]));
  return runIds.flatMap((runId) => found.get(runId) ?? []);
}

/** What the history of one metric of each run comes to, in their order; undefined where there is no point. */
export async function historyValues(
  session: Session,
  runIds: readonly string[],
  key: string,
  of: HistoryValue,
): Promise<readonly (number | undefined)[]> {
  const takers = runIds.map(() => new HistoryTaker(of));
  const takes = takers.map((taker, i): [string, TakePoint] => [
    runIds[i] ?? '',
    (step, timestamp, value, isNaN) => taker.add(step, timestamp, metricValue({ value, is_nan: isNaN })),
  ]);
  await walkPoints(session, new Map(takes), key);
  return takers.map(({ value }) => value);
}
