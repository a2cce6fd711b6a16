import type { Registry } from '../domain/ports';
import { rowOf, rowsOf, type RunRow } from './runRow';

/** Experiments that the versions of one model are looked for in; each costs two reads. */
const experiments = 5;

/**
 * Runs by id, though a search wants to know their experiments: reads the first run, then its experiment's others by
 * one search, and so on. A run that cannot be read is left out.
 */
export async function readSourceRuns(
  { runs }: Registry,
  runIds: readonly string[],
): Promise<ReadonlyMap<string, RunRow>> {
  const found = new Map<string, RunRow>();
  let missing = runIds.filter((id) => /^[\w-]+$/.test(id));
  for (let round = 0; round < experiments && missing.length > 0; round++) {
    const [runId = '', ...others] = missing;
    const run = await runs.get({ runId }).catch(() => undefined);
    missing = others;
    if (!run) continue;
    found.set(runId, rowOf(run));
    if (others.length === 0) break;
    const filter = `attributes.run_id IN (${others.map((id) => `'${id}'`).join(', ')})`;
    const query = { experimentIds: [run.experimentId], view: 'all', filter, maxResults: others.length } as const;
    const page = await runs.search(query).catch(() => undefined);
    for (const row of page ? rowsOf(page.table) : []) found.set(row.runId, row);
    missing = others.filter((id) => !found.has(id));
  }
  return found;
}
