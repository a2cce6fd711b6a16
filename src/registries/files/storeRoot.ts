import * as fs from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as l10n from '@vscode/l10n';
import { UserError } from '../../domain/errors';
import { kindOf, subfolders } from './fileReader';
import { metaName } from './metaFile';

export const trashName = '.trash';
export const modelsName = 'models';

/** The folder of a tracking URI: `file:///…` or a path, made absolute. */
export function rootOfUri(uri: string): string {
  if (!/^file:/i.test(uri)) return path.resolve(uri);
  try {
    return fileURLToPath(uri);
  } catch (cause) {
    // `file:mlruns`, or a % that is none.
    if (/^file:(?!\/\/)/i.test(uri)) return path.resolve(uri.slice('file:'.length));
    throw new UserError('invalid', l10n.t('"{0}" does not name a folder on this machine.', uri), {
      next: l10n.t('Write it as file:///absolute/path or as a plain path.'),
      cause,
    });
  }
}

/** Ids are folder names: the rule of MLflow keeps them inside their parent (mlflow.md §2.1). */
const isExperimentId = (id: string): boolean => /^[a-zA-Z0-9][\w-]{0,63}$/.test(id);
export const isRunId = (id: string): boolean => /^[a-zA-Z0-9][\w-]{0,255}$/.test(id);

/** Folder names inside an experiment that are no runs. */
const reserved = new Set(['tags', 'datasets', 'traces', modelsName]);

export function runFolders(experimentDir: string): string[] {
  return subfolders(experimentDir).filter((name) => !reserved.has(name) && isRunId(name));
}

export interface ExperimentFolder {
  readonly id: string;
  readonly dir: string;
  readonly trashed: boolean;
}

/** Folders that may be experiments; their meta.yaml decides. */
export function experimentFolders(root: string, view: 'active' | 'deleted' | 'all' = 'all'): ExperimentFolder[] {
  const below = (dir: string, trashed: boolean): ExperimentFolder[] =>
    subfolders(dir)
      .filter((id) => isExperimentId(id) && (trashed || id !== modelsName))
      .map((id) => ({ id, dir: path.join(dir, id), trashed }));
  return [
    ...(view === 'deleted' ? [] : below(root, false)),
    ...(view === 'active' ? [] : below(path.join(root, trashName), true)),
  ];
}

/** The folder of an experiment, active or in the trash. */
export function experimentFolder(root: string, id: string): ExperimentFolder | undefined {
  if (!isExperimentId(id) || id === modelsName) return undefined;
  for (const trashed of [false, true]) {
    const dir = path.join(root, ...(trashed ? [trashName] : []), id);
    if (kindOf(dir) === 'dir') return { id, dir, trashed };
  }
  return undefined;
}

/** Fails with the sentence that says why a folder is no file store of MLflow. */
export function checkStore(root: string): void {
  checkFolder(root);
  if (hasMeta(root)) {
    throw new UserError('invalid', l10n.t('"{0}" is one experiment or run of a file store, not the store.', root), {
      next: l10n.t('Choose the folder above it, usually named mlruns.'),
    });
  }
  const experiments = experimentFolders(root);
  if (experiments.some(({ dir }) => hasMeta(dir))) return;
  const models = path.join(root, modelsName);
  if (subfolders(models).some((name) => hasMeta(path.join(models, name)))) return;
  // MLflow makes the trash before anything else: a new store.
  if (experiments.length === 0 && kindOf(path.join(root, trashName)) === 'dir') return;
  // The database numbers its experiments; other folders hold folders called `artifacts` too.
  throw experiments.some(({ id, dir }) => /^\d+$/.test(id) && holdsArtifacts(dir))
    ? artifactsOnly(root)
    : notAStore(root);
}

function checkFolder(root: string): void {
  let kind: ReturnType<typeof kindOf>;
  try {
    kind = kindOf(root);
    if (kind === 'dir') fs.readdirSync(root);
  } catch (cause) {
    throw new UserError('unreachable', l10n.t('The folder "{0}" cannot be read.', root), {
      next: l10n.t('Check its permissions.'),
      cause,
    });
  }
  if (kind === 'dir') return;
  if (kind === undefined) {
    throw new UserError('notFound', l10n.t('There is no folder "{0}".', root), {
      next: l10n.t('Check the path, or run the training that creates it.'),
    });
  }
  throw new UserError('invalid', l10n.t('"{0}" is a file, not the folder of a file store.', root), {
    next: /\.(db|sqlite3?)$/i.test(root)
      ? l10n.t('Open it as a database: sqlite:///{0}', root)
      : l10n.t('Choose the folder that holds the experiments, usually named mlruns.'),
  });
}

function hasMeta(dir: string): boolean {
  try {
    return kindOf(path.join(dir, metaName)) === 'file';
  } catch {
    // A folder of somebody else tells nothing.
    return false;
  }
}

/** `<experiment>/<run>/artifacts` or `<experiment>/models/<model>/artifacts`, as the database mode leaves them. */
function holdsArtifacts(experimentDir: string): boolean {
  const models = path.join(experimentDir, modelsName);
  return [experimentDir, models].some((dir) =>
    subfolders(dir).some((name) => kindOf(path.join(dir, name, 'artifacts')) === 'dir'),
  );
}

function artifactsOnly(root: string): UserError {
  const database = path.join(path.dirname(root), 'mlflow.db');
  return new UserError(
    'invalid',
    l10n.t("{0}/ was written by MLflow's database mode: its folder holds artifacts only.", path.basename(root)),
    {
      next:
        kindOf(database) === 'file'
          ? l10n.t('Open {0} instead?', path.basename(database))
          : l10n.t('Open the database that belongs to it, usually mlflow.db.'),
    },
  );
}

function notAStore(root: string): UserError {
  const inner = path.join(root, 'mlruns');
  return new UserError('invalid', l10n.t('"{0}" is not a file store of MLflow: nothing in it has a meta.yaml.', root), {
    next:
      kindOf(inner) === 'dir'
        ? l10n.t('Choose the folder "{0}".', inner)
        : l10n.t('Choose the folder that holds the experiments, usually named mlruns.'),
  });
}
