import * as path from 'node:path';
import type { KeyValue } from '../../domain/experiment';
import { demand, whyNoBatch, whyNoRunName, whyNoTag } from '../../domain/limits';
import type { Metric } from '../../domain/metric';
import type { RunBatch, RunStore, RunUpdate } from '../../domain/ports';
import { runNameTag, runStatuses } from '../../domain/run';
import { experimentIsDeleted, noSuchTag, paramIsFixed, runIsDeleted } from '../refusals';
import { appendPoints, checkPlaces, removeEntry, writeEntry } from './entryFiles';
import type { FileReader } from './fileReader';
import type { FileStore } from './fileStore';
import { changeMeta, type MetaValue } from './metaWriter';
import type { Pieces } from './pieces';
import { findRunIn, readValue, type RunFolder } from './runFolder';
import { noSuchRun } from './runStore';
import { trashName } from './storeRoot';

type Writes = Pick<RunStore, 'update' | 'delete' | 'restore' | 'setTag' | 'deleteTag' | 'log'>;

/** As MLflow's own file store changes runs (file_store.py), but never half-written for who reads meanwhile. */
export function fileRunWrites(store: FileStore): Writes {
  const write = async (runId: string, work: (reader: FileReader) => Pieces<void>, signal?: AbortSignal) => {
    try {
      await store.write(work, signal);
    } finally {
      store.runs.forget(runId);
    }
  };
  return {
    async update(query, signal) {
      if (query.name !== undefined) demand(whyNoRunName(query.name));
      await write(query.runId, (reader) => updateRun(reader, store.root, query), signal);
    },

    delete: ({ runId }, signal) =>
      write(
        runId,
        function* (reader) {
          const { dir } = yield* foundRun(reader, store.root, runId);
          yield* changeLifecycle(reader, dir, Date.now());
        },
        signal,
      ),

    restore: ({ runId }, signal) =>
      write(
        runId,
        function* (reader) {
          const run = yield* foundRun(reader, store.root, runId);
          if (isInTrash(run)) throw experimentIsDeleted(run.info.experimentId);
          yield* changeLifecycle(reader, run.dir, undefined);
        },
        signal,
      ),

    async setTag({ runId, key, value }, signal) {
      demand(key === runNameTag ? whyNoRunName(value) : whyNoTag({ key, value }, 'run'));
      await write(
        runId,
        function* (reader) {
          const { dir } = yield* activeRun(reader, store.root, runId);
          yield* setTag(reader, dir, { key, value });
        },
        signal,
      );
    },

    deleteTag: ({ runId, key }, signal) =>
      write(
        runId,
        function* (reader) {
          const { dir } = yield* activeRun(reader, store.root, runId);
          if (!removeEntry(reader, dir, 'tags', key)) throw noSuchTag(key);
        },
        signal,
      ),

    async log(batch, signal) {
      demand(whyNoBatch(batch));
      await write(batch.runId, (reader) => logBatch(reader, store.root, batch), signal);
    },
  };
}

/** Deletes a run at that time (ms), or restores it. */
export function changeLifecycle(reader: FileReader, dir: string, deletedTime: number | undefined): Pieces<void> {
  const lifecycle_stage = deletedTime === undefined ? 'active' : 'deleted';
  return changeRun(reader, dir, { lifecycle_stage, deleted_time: deletedTime });
}

/** `tags` is always an empty list here, for MLflow below 1.0. */
function changeRun(
  reader: FileReader,
  dir: string,
  changes: Readonly<Record<string, MetaValue | undefined>>,
): Pieces<void> {
  return changeMeta(reader, dir, { ...changes, tags: [] });
}

function* updateRun(reader: FileReader, root: string, { runId, name, status, endTime }: RunUpdate): Pieces<void> {
  const { dir } = yield* activeRun(reader, root, runId);
  if (name !== undefined) writeEntry(dir, 'tags', runNameTag, name);
  yield* changeRun(reader, dir, {
    ...(name !== undefined && { run_name: name }),
    // Files hold MLflow's enum numbers, from 1 (trap 33).
    ...(status && { status: runStatuses.indexOf(status) + 1 }),
    ...(endTime !== undefined && { end_time: endTime }),
  });
}

function* setTag(reader: FileReader, dir: string, { key, value }: KeyValue): Pieces<void> {
  writeEntry(dir, 'tags', key, value);
  if (key === runNameTag) yield* changeRun(reader, dir, { run_name: value });
}

function* logBatch(reader: FileReader, root: string, { runId, metrics, params, tags }: RunBatch): Pieces<void> {
  const { dir } = yield* activeRun(reader, root, runId);
  const points = byKey(metrics);
  checkPlaces(dir, 'metrics', [...points.keys()]);
  checkPlaces(dir, 'params', keysOf(params));
  checkPlaces(dir, 'tags', keysOf(tags));
  const fresh: KeyValue[] = [];
  for (const { key, value } of params) {
    const before = readValue(reader, dir, 'params', key);
    if (before === undefined) fresh.push({ key, value });
    else if (before !== value) throw paramIsFixed({ key, value: before });
  }
  for (const { key, value } of fresh) writeEntry(dir, 'params', key, value);
  for (const [key, list] of points) appendPoints(dir, key, list);
  for (const tag of tags) yield* setTag(reader, dir, tag);
}

function byKey(metrics: readonly Metric[]): Map<string, Metric[]> {
  const groups = new Map<string, Metric[]>();
  for (const metric of metrics) {
    const group = groups.get(metric.key);
    if (group) group.push(metric);
    else groups.set(metric.key, [metric]);
  }
  return groups;
}

function keysOf(pairs: readonly KeyValue[]): string[] {
  return pairs.map(({ key }) => key);
}

function* activeRun(reader: FileReader, root: string, runId: string): Pieces<RunFolder> {
  const run = yield* foundRun(reader, root, runId);
  if (isInTrash(run)) throw experimentIsDeleted(run.info.experimentId);
  if (run.info.lifecycleStage === 'deleted') throw runIsDeleted(runId);
  return run;
}

function* foundRun(reader: FileReader, root: string, runId: string): Pieces<RunFolder> {
  const run = yield* findRunIn(reader, root, runId);
  if (run) return run;
  throw noSuchRun(runId);
}

function isInTrash({ experimentDir }: RunFolder): boolean {
  return path.basename(path.dirname(experimentDir)) === trashName;
}
