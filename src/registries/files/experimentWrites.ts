import { randomInt } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as l10n from '@vscode/l10n';
import { UserError } from '../../domain/errors';
import type { Experiment } from '../../domain/experiment';
import { demand, whyNoExperimentName, whyNoTag } from '../../domain/limits';
import type { ExperimentStore, ManyRuns, NewExperiment } from '../../domain/ports';
import { addWork, countDone, type WorkCount } from '../../domain/workCount';
import { experimentIsActive, experimentIsDeleted, experimentIsGone, experimentNameTaken, noSuchTag } from '../refusals';
import { checkPlaces, removeEntry, writeEntry } from './entryFiles';
import { noSuchExperiment, readExperiment } from './experimentStore';
import type { FileReader } from './fileReader';
import type { FileStore } from './fileStore';
import { makeHidden, moveNew } from './hiddenFolder';
import { changeMeta, writeMeta } from './metaWriter';
import type { Pieces } from './pieces';
import { readRun } from './runFolder';
import { changeLifecycle } from './runWrites';
import { type ExperimentFolder, experimentFolder, experimentFolders, runFolders, trashName } from './storeRoot';

type Writes = Pick<ExperimentStore, 'create' | 'rename' | 'delete' | 'restore' | 'setTag' | 'deleteTag'>;

/** The one that MLflow makes with the store and never deletes. */
const defaultExperiment = '0';

/** As MLflow's own file store changes experiments (file_store.py), but never half-written for who reads meanwhile. */
export function fileExperimentWrites(store: FileStore): Writes {
  return {
    async create(query, signal) {
      const { name, artifactLocation, tags = [] } = query;
      demand(whyNoName(name), ...tags.map((tag) => whyNoTag(tag, 'experiment')));
      if (artifactLocation !== undefined) checkLocation(artifactLocation);
      return store.write((reader) => createExperiment(reader, store.root, query), signal);
    },

    async rename({ experimentId, name }, signal) {
      demand(whyNoName(name));
      await store.write((reader) => renameExperiment(reader, store.root, experimentId, name), signal);
    },

    delete: (query, signal) => store.write((reader) => deleteExperiment(reader, store.root, query), signal),

    restore: (query, signal) => store.write((reader) => restoreExperiment(reader, store.root, query), signal),

    async setTag({ experimentId, key, value }, signal) {
      demand(whyNoTag({ key, value }, 'experiment'));
      await store.write(function* (reader) {
        const { dir } = yield* activeFolder(reader, store.root, experimentId);
        writeEntry(dir, 'tags', key, value);
      }, signal);
    },

    deleteTag: ({ experimentId, key }, signal) =>
      store.write(function* (reader) {
        const { dir } = yield* activeFolder(reader, store.root, experimentId);
        if (!removeEntry(reader, dir, 'tags', key)) throw noSuchTag(key);
      }, signal),
  };
}

/** MLflow's file store finds a name by a filter of its own, in which a single quote has no escape. */
function whyNoName(name: string): string | undefined {
  if (!name.includes("'")) return whyNoExperimentName(name);
  return l10n.t('A file store has no experiment with a single quote in its name: {0}', name);
}

function* createExperiment(reader: FileReader, root: string, query: NewExperiment): Pieces<Experiment> {
  const { name, artifactLocation, tags = [] } = query;
  yield* checkName(reader, root, name);
  const id = newId();
  const now = Date.now();
  const hidden = makeHidden(root);
  try {
    checkPlaces(
      hidden,
      'tags',
      tags.map(({ key }) => key),
    );
    writeMeta(hidden, {
      artifact_location: artifactLocation ?? placeOf(root, id),
      creation_time: now,
      experiment_id: id,
      last_update_time: now,
      lifecycle_stage: 'active',
      name,
    });
    for (const { key, value } of tags) writeEntry(hidden, 'tags', key, value);
    fs.renameSync(hidden, path.join(root, id));
  } catch (error) {
    fs.rmSync(hidden, { recursive: true, force: true });
    throw error;
  }
  return yield* experimentIn(reader, { id, dir: path.join(root, id), trashed: false });
}

/** 18 digits, as MLflow's. */
function newId(): string {
  return `${randomInt(100_000_000, 1_000_000_000)}${randomInt(100_000_000, 1_000_000_000)}`;
}

/** MLflow's file stores keep a path on Windows as a URI and elsewhere as it is. */
function placeOf(root: string, id: string): string {
  return `${pathToFileURL(root).href}/${id}`;
}

function* renameExperiment(reader: FileReader, root: string, id: string, name: string): Pieces<void> {
  const { dir } = yield* activeFolder(reader, root, id);
  yield* checkName(reader, root, name, id);
  yield* changeMeta(reader, dir, { name, last_update_time: Date.now() });
}

/** Moved first: from then on it is deleted for every reader, whatever its runs still say of themselves. */
function* deleteExperiment(reader: FileReader, root: string, { experimentId: id, count }: ManyRuns): Pieces<void> {
  const { dir, trashed } = yield* folderOf(reader, root, id);
  if (trashed) throw experimentIsGone(id);
  if (id === defaultExperiment) {
    throw new UserError('invalid', l10n.t('MLflow does not delete the default experiment of a file store.'), {
      next: l10n.t('Delete its runs instead.'),
    });
  }
  const now = Date.now();
  const trash = path.join(root, trashName);
  fs.mkdirSync(trash, { recursive: true });
  yield* moved(reader, { id, dir, trashed: true }, path.join(trash, id), now, count);
}

function* restoreExperiment(reader: FileReader, root: string, { experimentId: id, count }: ManyRuns): Pieces<void> {
  const { dir, trashed } = yield* folderOf(reader, root, id);
  if (!trashed) throw experimentIsActive(id);
  yield* moved(reader, { id, dir, trashed: false }, path.join(root, id), Date.now(), count);
}

/** Moves an experiment with its new stage, and gives its runs that stage. */
function* moved(
  reader: FileReader,
  { id, dir, trashed }: ExperimentFolder,
  to: string,
  now: number,
  count: WorkCount | undefined,
): Pieces<void> {
  if (fs.existsSync(to)) throw placeTaken(to);
  yield* changeMeta(reader, dir, { lifecycle_stage: trashed ? 'deleted' : 'active', last_update_time: now });
  if (!moveNew(dir, to)) throw placeTaken(to);
  const folder = { id, dir: to, trashed };
  const runIds = runFolders(to);
  addWork(count, runIds.length);
  for (const runId of runIds) {
    const run = yield* readRun(reader, folder, runId);
    // Runs that were deleted before keep their time, as in MLflow.
    if (run && run.info.lifecycleStage !== (trashed ? 'deleted' : 'active')) {
      yield* changeLifecycle(reader, run.dir, trashed ? now : undefined);
    }
    countDone(count);
    yield undefined;
  }
}

function placeTaken(place: string): UserError {
  return new UserError('conflict', l10n.t('"{0}" is there already.', place), {
    next: l10n.t('Move it away, then try again.'),
  });
}

function* checkName(reader: FileReader, root: string, name: string, except?: string): Pieces<void> {
  for (const folder of experimentFolders(root)) {
    const other = yield* readExperiment(reader, folder);
    if (other?.name === name && other.experimentId !== except) throw experimentNameTaken(other);
    yield undefined;
  }
}

function checkLocation(location: string): void {
  if (/^[a-z][a-z0-9+.-]*:/i.test(location) || path.isAbsolute(location)) return;
  throw new UserError('invalid', l10n.t('"{0}" is no place for artifacts.', location), {
    next: l10n.t('Use an absolute path, or a URI such as s3://bucket/folder.'),
  });
}

function* activeFolder(reader: FileReader, root: string, id: string): Pieces<ExperimentFolder> {
  const folder = yield* folderOf(reader, root, id);
  if (folder.trashed) throw experimentIsDeleted(id);
  return folder;
}

function* folderOf(reader: FileReader, root: string, id: string): Pieces<ExperimentFolder> {
  const folder = experimentFolder(root, id);
  if (folder && (yield* readExperiment(reader, folder))) return folder;
  throw noSuchExperiment(id);
}

function* experimentIn(reader: FileReader, folder: ExperimentFolder): Pieces<Experiment> {
  const experiment = yield* readExperiment(reader, folder);
  if (experiment) return experiment;
  throw noSuchExperiment(folder.id);
}
