import { link, lstat, mkdir, rename, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { UserError } from '../domain/errors';
import { newStagingName, removeAbandoned } from './abandoned';

/** File systems without hard links (FAT, some network shares) say so in one of these ways. */
const noLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV']);
/** What a rename onto something that is there answers, by system and kind. */
const taken = new Set(['EEXIST', 'ENOTEMPTY', 'ENOTDIR', 'EISDIR', 'EPERM', 'EACCES']);

/** A folder beside a target, on the same disk, whose content becomes the target in one step. */
export class StagingFolder {
  private published = false;

  /** `topmost` is the first folder on the way that was not there. */
  private constructor(
    private readonly folder: string,
    private readonly target: string,
    private readonly topmost: string,
  ) {}

  /** Makes the folders above the target, but refuses a target that is there. */
  static async beside(target: string): Promise<StagingFolder> {
    await refuseExisting(target);
    await removeAbandoned(path.dirname(target));
    // Short, because the target's own name may be as long as the disk allows.
    const folder = path.join(path.dirname(target), newStagingName());
    const topmost = await mkdir(folder, { recursive: true });
    return new StagingFolder(folder, target, topmost ?? folder);
  }

  /** Where the target's content is written: a file or a folder, not there yet. */
  get content(): string {
    return path.join(this.folder, 'content');
  }

  /** Gives the content its name. What came to be at the target meanwhile stays, and this fails. */
  async publish(): Promise<void> {
    await this.move();
    this.published = true;
  }

  /** With the folders above that were made for nothing. */
  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true, maxRetries: 3 });
    if (this.published) return;
    for (let dir = path.dirname(this.folder); dir.length >= this.topmost.length; dir = path.dirname(dir)) {
      const emptied = await rmdir(dir).then(
        () => true,
        () => false,
      );
      if (!emptied) return;
    }
  }

  private async move(): Promise<void> {
    const isFile = (await lstat(this.content)).isFile();
    if (isFile && (await this.linked())) return;
    await refuseExisting(this.target);
    try {
      // Unlike a file's, a folder's rename replaces nothing that holds anything.
      await rename(this.content, this.target);
    } catch (error) {
      if (taken.has(codeOf(error)) && (await exists(this.target))) throw alreadyThere(this.target, error);
      throw error;
    }
  }

  /** A link fails where its name is taken; a rename would replace what is there. */
  private async linked(): Promise<boolean> {
    try {
      await link(this.content, this.target);
      return true;
    } catch (error) {
      const code = codeOf(error);
      if (code === 'EEXIST') throw alreadyThere(this.target, error);
      if (noLinks.has(code)) return false;
      throw error;
    }
  }
}

async function refuseExisting(target: string): Promise<void> {
  if (await exists(target)) throw alreadyThere(target);
}

/** A dangling link is something too. */
async function exists(file: string): Promise<boolean> {
  try {
    await lstat(file);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return false;
    throw error;
  }
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function alreadyThere(target: string, cause?: unknown): UserError {
  return new UserError('conflict', l10n.t('"{0}" is there already.', target), {
    next: l10n.t('Choose another folder, or move it away first.'),
    cause,
  });
}
