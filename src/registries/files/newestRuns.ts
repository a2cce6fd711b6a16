import type { Page, RunQuery } from '../../domain/ports';
import type { RunInfo } from '../../domain/run';
import { FileReader } from './fileReader';
import type { FileStore } from './fileStore';
import { pageOf, pageStart } from './paging';
import type { Pieces } from './pieces';
import type { RunFolder } from './runFolder';
import { inView, listRuns, newestFirst } from './runOrder';
import { experimentFolder } from './storeRoot';

/**
 * A page of an experiment's newest runs with a look at these alone: when the others began is known and never changes.
 * Undefined where another order is asked for, or anything is not as it is known.
 */
export function* newestRuns(store: FileStore, query: RunQuery): Pieces<Page<RunFolder> | undefined> {
  const { root, runs: cache } = store;
  const [id, ...others] = query.experimentIds;
  if (id === undefined || others.length > 0 || query.filter || query.orderBy?.length) return undefined;
  const folder = experimentFolder(root, id);
  if (!folder) return undefined;
  const believed: RunInfo[] = [];
  for (const { runId } of yield* listRuns(cache, folder)) {
    const info = cache.believedInfo(folder, runId);
    if (!info) return undefined;
    believed.push(info);
  }
  const reader = new FileReader(root);
  const end = pageStart(query.pageToken) + query.maxResults;
  const found: RunFolder[] = [];
  // One more than the page tells whether there is another.
  for (const { runId } of believed.sort(newestFirst)) {
    if (found.length > end) break;
    const run = cache.knownRun(reader, folder, runId);
    if (!run) return undefined;
    if (inView(run.info, query)) found.push(run);
    yield undefined;
  }
  return pageOf(found, query);
}
