import { existsSync } from 'node:fs';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { UserError } from '../../domain/errors';
import type { MetricHistory } from '../../domain/metric';
import type { RunStore } from '../../domain/ports';
import type { Run } from '../../domain/run';
import { FileReader } from './fileReader';
import { type FileStore } from './fileStore';
import { allPoints } from './metricFile';
import type { Pieces } from './pieces';
import { entryFile, findRun, findRunIn, readMetrics, readValues } from './runFolder';
import { readInputs, readOutputs } from './runInputs';
import { searchRuns } from './runSearch';
import { experimentFolders, isRunId } from './storeRoot';

export function runReads(store: FileStore): Pick<RunStore, 'search' | 'get' | 'histories'> {
  return {
    search: async (query, signal) => {
      const page = await store.run(() => searchRuns(store, query), signal);
      store.saveLater();
      return page;
    },
    get: ({ runId }, signal) => store.run(() => getRun(store.root, runId), signal),
    histories: (query, signal) => store.run(() => histories(store.root, query), signal),
  };
}

export function noSuchRun(runId: string): UserError {
  return new UserError('notFound', l10n.t('There is no run {0}.', runId), {
    next: l10n.t('It may have been removed: refresh the list.'),
  });
}

/** A list names it as missing: here is said where it lies. */
function damagedRun(root: string, runId: string): UserError | undefined {
  if (!isRunId(runId)) return undefined;
  const folder = experimentFolders(root)
    .map(({ dir }) => path.join(dir, runId))
    .find((dir) => existsSync(dir));
  if (folder === undefined) return undefined;
  return new UserError('invalid', l10n.t('The meta.yaml of the run {0} is missing or damaged.', runId), {
    next: l10n.t('Restore the file from a backup: it lies in {0}.', folder),
  });
}

function* getRun(root: string, runId: string): Pieces<Run> {
  const reader = new FileReader(root);
  const run = yield* findRunIn(reader, root, runId);
  if (!run) throw damagedRun(root, runId) ?? noSuchRun(runId);
  const { dir, info } = run;
  const metrics = yield* readMetrics(reader, dir);
  const inputs = yield* readInputs(reader, run);
  const modelOutputs = yield* readOutputs(reader, dir);
  return {
    ...info,
    metrics,
    params: readValues(reader, dir, 'params'),
    tags: readValues(reader, dir, 'tags'),
    datasetInputs: inputs.datasets,
    modelInputs: inputs.models,
    modelOutputs,
  };
}

function* histories(root: string, query: Parameters<RunStore['histories']>[0]): Pieces<MetricHistory[]> {
  const { runIds, key } = query;
  const reader = new FileReader(root);
  const experiments = experimentFolders(root);
  const found: MetricHistory[] = [];
  for (const runId of runIds) {
    const run = yield* findRun(reader, runId, experiments);
    if (!run) throw noSuchRun(runId);
    const points = yield* allPoints(reader, entryFile(run.dir, 'metrics', key));
    found.push({ runId, key, ...points });
    yield undefined;
  }
  return found;
}
