import * as l10n from '@vscode/l10n';
import { child, isDenied, kindOf, subfolders } from './fileReader';
import { metaName } from './metaFile';
import type { Pieces } from './pieces';

/** What a list leaves out, which it says: the others are shown all the same. */
export class LeftOut {
  private readonly denied: string[] = [];
  private readonly broken: string[] = [];

  /** Does the work on one folder; undefined where access to it is denied. */
  *orSkip<T>(folder: string, work: Pieces<T>): Pieces<T | undefined> {
    try {
      return yield* work;
    } catch (error) {
      if (!isDenied(error)) throw error;
      this.add(folder);
      return undefined;
    }
  }

  /** The same for work that gives nothing where the folder's meta.yaml is none of MLflow's; other folders may lie beside. */
  *orBroken<T>(folder: string, work: Pieces<T | undefined>): Pieces<T | undefined> {
    const known = this.denied.length;
    const found = yield* this.orSkip(folder, work);
    if (found === undefined && this.denied.length === known && isOfMlflow(folder)) this.broken.push(folder);
    return found;
  }

  /** Access to the folder, or to something in it, is denied. */
  add(folder: string): void {
    this.denied.push(folder);
  }

  /** As part of a page, which says what it lacks. */
  get note(): { readonly note?: string } {
    const notes = [deniedNote(this.denied), brokenNote(this.broken)].filter((note) => note !== undefined);
    return notes.length === 0 ? {} : { note: notes.join(' ') };
  }
}

function deniedNote([folder, ...more]: readonly string[]): string | undefined {
  if (folder === undefined) return undefined;
  if (more.length === 0) return l10n.t('"{0}" is missing here: access is denied.', folder);
  return l10n.t('"{0}" and {1} more are missing here: access is denied.', folder, more.length);
}

function brokenNote([folder, ...more]: readonly string[]): string | undefined {
  if (folder === undefined) return undefined;
  if (more.length === 0) return l10n.t('"{0}" is missing here: its meta.yaml is missing or damaged.', folder);
  return l10n.t('"{0}" and {1} more are missing here: their meta.yaml is missing or damaged.', folder, more.length);
}

/** So many folders below one without a meta.yaml are looked at: runs lie in each of them or in none. */
const mostLooked = 20;

/** Whether a folder that is no experiment, run or model was one: it has a meta.yaml, parts of a run, or runs. */
function isOfMlflow(folder: string): boolean {
  const holds = (place: string): boolean => kindOf(child(place, metaName)) === 'file';
  try {
    if (holds(folder)) return true;
    if (['metrics', 'params', 'tags'].some((part) => kindOf(child(folder, part)) === 'dir')) return true;
    return subfolders(folder)
      .slice(0, mostLooked)
      .some((name) => holds(child(folder, name)));
  } catch (error) {
    if (isDenied(error)) return true;
    throw error;
  }
}
