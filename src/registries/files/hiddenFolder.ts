import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { trashName } from './storeRoot';

/**
 * A new folder in the store's root that every MLflow passes over, because its name ends like the trash's: what is made in
 * it appears in one step when it is moved to its place, and what is moved into it disappears in one.
 */
export function makeHidden(root: string): string {
  const dir = path.join(root, `.${randomBytes(6).toString('hex')}${trashName}`);
  fs.mkdirSync(dir);
  return dir;
}

/** Moves a finished folder to its place; false where something is there already. MLflow has no locks (mlflow.md §2.5). */
export function moveNew(from: string, to: string): boolean {
  // Of an empty folder, which a rename would replace, MLflow itself is about to make something.
  if (fs.existsSync(to)) return false;
  try {
    fs.renameSync(from, to);
    return true;
  } catch (error) {
    if (fs.existsSync(to)) return false;
    throw error;
  }
}

/** Removes a folder for good; readers see all of it or nothing. */
export function removeWhole(root: string, dir: string): void {
  const hidden = makeHidden(root);
  fs.renameSync(dir, path.join(hidden, path.basename(dir)));
  fs.rmSync(hidden, { recursive: true, force: true });
}
