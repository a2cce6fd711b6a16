import { createHash, type Hash, randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { ChangeStore, Shown } from '../../domain/changes';
import type { ArtifactStore } from '../../domain/ports';
import { artifactStamps } from '../artifactStamps';
import { child, FileReader, subfolders } from './fileReader';
import type { FileStore } from './fileStore';
import { metaName } from './metaFile';
import { modelFolder, versionNumbers } from './modelFolder';
import type { Pieces } from './pieces';
import { experimentFolder, isRunId, modelsName, trashName } from './storeRoot';

/**
 * A file store is stamped by the times and sizes of what is shown (performance.md §4). Appending to a metric or writing a
 * tag again leaves the folder's time as it is, so these files are looked at one by one.
 */
export function fileChanges(store: FileStore, models: FileStore, artifacts: ArtifactStore): ChangeStore {
  return {
    async stamp(shown, signal) {
      const own = await store.run(() => stampOf(store.root, models.root, shown), signal);
      return [own, store.corrections, ...(await artifactStamps(artifacts, shown.folders, signal))].join();
    },
  };
}

/** Kernels keep file times this coarse (ms): a second write within it may leave no trace. */
const clockTick = 50;

class Stamp {
  private readonly hash: Hash = createHash('sha1');
  private newest = 0;
  private readonly reader: FileReader;

  constructor(root: string) {
    this.reader = new FileReader(root);
  }

  add(file: string): void {
    const { mtimeMs = 0, size } = statOf(file) ?? {};
    this.newest = Math.max(this.newest, mtimeMs);
    this.hash.update(`${file}\0${mtimeMs}\0${size}\0`);
  }

  /** Folder and files of params, tags and the like. */
  *addEntries(dir: string): Pieces<void> {
    this.add(dir);
    for (const key of keysOf(this.reader, dir)) this.add(child(dir, key));
    yield undefined;
  }

  digest(now: number): string {
    // What was written just now may be written again without a new time: the next look must not find the same.
    if (Math.abs(now - this.newest) < clockTick) this.hash.update(randomUUID());
    return this.hash.digest('base64');
  }
}

function* stampOf(root: string, modelsRoot: string, shown: Shown): Pieces<string> {
  const stamp = new Stamp(root);
  for (const dir of [root, path.join(root, trashName), path.join(modelsRoot, modelsName)]) stamp.add(dir);
  const folders = new Map<string, string | undefined>();
  const folderOf = (id: string): string | undefined => {
    if (!folders.has(id)) folders.set(id, experimentFolder(root, id)?.dir);
    return folders.get(id);
  };
  for (const id of shown.experimentIds) {
    const dir = folderOf(id);
    if (dir === undefined) continue;
    yield* addEntity(stamp, dir, ['tags']);
    stamp.add(path.join(dir, modelsName));
  }
  for (const id of shown.loggedModelsOf ?? []) yield* addLoggedModels(stamp, folderOf(id));
  for (const { experimentId, runId } of shown.runs) {
    const dir = isRunId(runId) ? folderOf(experimentId) : undefined;
    if (dir !== undefined) yield* addEntity(stamp, child(dir, runId), ['metrics', 'tags', 'inputs', 'outputs']);
    // Params are written once: a new one changes the folder.
    if (dir !== undefined) stamp.add(path.join(dir, runId, 'params'));
  }
  yield* addModels(stamp, modelsRoot, shown);
  return stamp.digest(Date.now());
}

function* addLoggedModels(stamp: Stamp, experiment: string | undefined): Pieces<void> {
  if (experiment === undefined) return;
  const dir = path.join(experiment, modelsName);
  for (const id of foldersIn(dir)) yield* addEntity(stamp, path.join(dir, id), ['metrics', 'tags', 'params']);
}

function* addModels(stamp: Stamp, root: string, shown: Shown): Pieces<void> {
  for (const name of shown.models) yield* addEntity(stamp, modelFolder(root, name), ['aliases', 'tags']);
  for (const name of shown.expandedModels) {
    const dir = modelFolder(root, name);
    for (const version of versionNumbers(dir)) yield* addEntity(stamp, path.join(dir, `version-${version}`), ['tags']);
  }
}

/** What MLflow keeps as a folder with a meta.yaml and folders of entries. */
function* addEntity(stamp: Stamp, dir: string, entries: readonly string[]): Pieces<void> {
  stamp.add(dir);
  stamp.add(child(dir, metaName));
  for (const entry of entries) yield* stamp.addEntries(child(dir, entry));
}

/** Whoever reads it says why it cannot be read. */
function statOf(file: string): fs.Stats | undefined {
  try {
    return fs.statSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function foldersIn(dir: string): string[] {
  try {
    return subfolders(dir);
  } catch {
    return [];
  }
}

function keysOf(reader: FileReader, dir: string): string[] {
  try {
    return reader.keysIn(dir);
  } catch {
    return [];
  }
}
