import type { Dirent } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as l10n from '@vscode/l10n';
import { UserError } from '../domain/errors';
import { databaseClass } from './sqlite/nodeSqlite';
import { explain } from './sqlite/sqliteErrors';

/** How every location recorded in `media/sample` starts (test/fixtures/sample/finish.py). */
export const samplePlaceholder = 'file:///ringside-sample';

const databaseName = 'mlflow.db';

/**
 * Copies the sample registry from the folder `from` to the folder `to`, which is absent or empty, and records in the
 * copy where it now lies. Gives its tracking URI, `sqlite:////…/mlflow.db`. A failure leaves `to` as it was.
 * Throws UserError 'conflict' (something is there), 'invalid' (a name that MLflow cannot open), 'unsupported' (no
 * `node:sqlite`), 'unreachable' (the disk refuses).
 */
export async function copySample(from: string, to: string): Promise<string> {
  const target = path.resolve(to);
  if (/\?|%[0-9a-f]{2}/i.test(target)) {
    // SQLAlchemy ends a database's path at "?"; from 2.1 on it also decodes "%20", before that it takes it as written.
    throw new UserError('invalid', l10n.t('MLflow cannot open a database below {0}, because of its name.', target), {
      next: l10n.t('Choose a folder whose path has no "?" and no percent-encoded characters.'),
    });
  }
  const Database = databaseClass();
  try {
    const present = await isPresent(target);
    await inScratchFolder(path.dirname(target), async (scratch) => {
      const staging = path.join(scratch, 'sample');
      // A file URI for all: plain paths are percent-decoded by MLflow too, and "#" would cut them short.
      const root = pathToFileURL(target).href;
      await copyFolder(path.resolve(from), staging, root);
      rewriteDatabase(Database, path.join(staging, databaseName), root);
      await (present ? moveContent(staging, target) : rename(staging, target));
    });
  } catch (error) {
    throw asUserError(error, target);
  }
  return `sqlite:///${path.join(target, databaseName).replaceAll(path.sep, '/')}`;
}

/** Whether the folder is there already; throws UserError 'conflict' where anything is in the way. */
async function isPresent(target: string): Promise<boolean> {
  let cause: unknown;
  try {
    if ((await readdir(target)).length === 0) return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    if (systemCode(error) !== 'ENOTDIR') throw error;
    cause = error;
  }
  throw new UserError('conflict', l10n.t('{0} is not an empty folder.', target), {
    next: l10n.t('Choose an empty folder or a new name.'),
    cause,
  });
}

/** Runs `work` in a folder of its own below `parent`, on the same disk, so that renaming out of it is one step. */
async function inScratchFolder(parent: string, work: (scratch: string) => Promise<void>): Promise<void> {
  const firstMade = await mkdir(parent, { recursive: true });
  let done = false;
  try {
    const scratch = await mkdtemp(path.join(parent, '.ringside-sample-'));
    try {
      await work(scratch);
      done = true;
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  } finally {
    if (!done && firstMade) await removeEmptyFolders(parent, firstMade);
  }
}

/** Removes `folder` and its parents up to `last`, as long as they are empty. */
async function removeEmptyFolders(folder: string, last: string): Promise<void> {
  try {
    for (let dir = folder; dir.startsWith(last); dir = path.dirname(dir)) await rmdir(dir);
  } catch {
    // Somebody put something there meanwhile: it stays.
  }
}

/** Writes new files instead of copying modes: an installed extension may be read-only, the copy must not be. */
async function copyFolder(from: string, to: string, root: string): Promise<void> {
  await mkdir(to);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, copy] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) await copyFolder(source, copy, root);
    else await writeFile(copy, await contentFor(entry, source, root));
  }
}

async function contentFor(entry: Dirent, file: string, root: string): Promise<string | Uint8Array> {
  if (entry.name !== 'MLmodel') return readFile(file);
  // A function, because "$" in a path would mean something in a replacement text.
  return (await readFile(file, 'utf8')).replaceAll(samplePlaceholder, () => root);
}

/** Puts `root` in the placeholder's place in every text column, whatever tables a later MLflow adds. */
function rewriteDatabase(Database: ReturnType<typeof databaseClass>, file: string, root: string): void {
  const db = new Database(file);
  try {
    db.exec('BEGIN IMMEDIATE');
    const columns = db.prepare(
      `SELECT t.name AS "table", c.name AS "column" FROM sqlite_schema t JOIN pragma_table_info(t.name) c
       WHERE t.type = 'table' AND (c.type LIKE '%CHAR%' OR c.type LIKE '%TEXT%' OR c.type LIKE '%JSON%')`,
    );
    for (const row of columns.all()) {
      const [table, column] = [quoted(row['table']), quoted(row['column'])];
      const sql = `UPDATE ${table} SET ${column} = replace(${column}, ?, ?) WHERE instr(${column}, ?) > 0`;
      db.prepare(sql).run(samplePlaceholder, root, samplePlaceholder);
    }
    db.exec('COMMIT');
  } catch (error) {
    throw explain(error, file);
  } finally {
    db.close();
  }
}

function quoted(name: unknown): string {
  return `"${String(name).replaceAll('"', '""')}"`;
}

/** An existing folder is filled, not replaced: it may be the folder that is open. The database comes last. */
async function moveContent(staging: string, target: string): Promise<void> {
  const names = (await readdir(staging)).sort((a, b) => Number(a === databaseName) - Number(b === databaseName));
  const moved: string[] = [];
  try {
    for (const name of names) {
      await rename(path.join(staging, name), path.join(target, name));
      moved.push(path.join(target, name));
    }
  } catch (error) {
    await Promise.all(moved.map((file) => rm(file, { recursive: true, force: true })));
    throw error;
  }
}

function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function asUserError(error: unknown, target: string): unknown {
  if (error instanceof UserError || systemCode(error) === undefined) return error;
  return new UserError('unreachable', l10n.t('The sample could not be written to {0}.', target), {
    next: l10n.t('Check the free space and that you may write there, or choose another folder.'),
    cause: error,
  });
}
