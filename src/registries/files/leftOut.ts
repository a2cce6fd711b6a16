import * as l10n from '@vscode/l10n';
import { isDenied } from './fileReader';
import type { Pieces } from './pieces';

/** The folders that a list leaves out because access to them is denied: the others are shown all the same. */
export class LeftOut {
  private readonly folders: string[] = [];

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

  /** The folder, or something in it, could not be read. */
  add(folder: string): void {
    this.folders.push(folder);
  }

  /** As part of a page, which says what it lacks. */
  get note(): { readonly note?: string } {
    const [folder, ...more] = this.folders;
    if (folder === undefined) return {};
    if (more.length === 0) return { note: l10n.t('"{0}" is missing here: access is denied.', folder) };
    return {
      note: l10n.t('"{0}" and {1} more are missing here: access is denied.', folder, more.length),
    };
  }
}
