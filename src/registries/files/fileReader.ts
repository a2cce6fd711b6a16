import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Stamp } from './stamp';

/** A FIFO in the tree must not hang the worker; Windows has no such flag. */
const readOnlyNow = fs.constants.O_RDONLY | (process.platform === 'win32' ? 0 : fs.constants.O_NONBLOCK);

/** A link is looked at before it is followed; Windows has no such flag. */
const noFollow = process.platform === 'win32' ? 0 : fs.constants.O_NOFOLLOW;

/** What may come up when an entry vanishes or is not of the kind that its place asks for. */
const absent = new Set(['ENOENT', 'ENOTDIR', 'EISDIR', 'ELOOP', 'EAGAIN', 'ENXIO', 'ESPIPE', 'ENAMETOOLONG']);

/** `path.join` for a name that is already clean: the difference counts over 100,000 files. */
export function child(dir: string, name: string): string {
  return dir + path.sep + name;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

export function isAbsent(error: unknown): boolean {
  return absent.has(codeOf(error));
}

export function isDenied(error: unknown): error is Error {
  return ['EACCES', 'EPERM'].includes(codeOf(error));
}

export function openFile(file: string, flags = readOnlyNow): number | undefined {
  try {
    return fs.openSync(file, flags);
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

/** More than this is never taken for a param or a tag. */
const largestText = 16 * 1024 * 1024;

/** Reads files through one buffer, which is the fast way for many small ones (performance.md §4). One per call. */
export class FileReader {
  readonly buffer = Buffer.allocUnsafeSlow(64 * 1024);
  /** Where they are set, the entries and folders that are read are added to them, as they are before that. */
  stamps: { readonly files: Stamp; readonly folders: Stamp } | undefined;
  private realRoot: string | undefined;

  /** `root` is the folder that links of entries may lead into; without one they lead nowhere. */
  constructor(private readonly root?: string) {}

  /** A file as UTF-8 text, at most `maxBytes` of it; undefined where there is no such file. `stamp` takes it as it is before that. */
  text(file: string, maxBytes = largestText, stamp?: Stamp): string | undefined {
    const fd = openFile(file);
    if (fd !== undefined) stamp?.reset().add(fs.fstatSync(fd));
    return this.textOf(fd, maxBytes);
  }

  /** The text of a param, a tag or an alias. */
  entryText(file: string): string | undefined {
    return this.textOf(this.openEntry(file), largestText);
  }

  /** The descriptor of a param, a tag or a metric; undefined where there is none, or a link leads out of the store. */
  openEntry(file: string): number | undefined {
    const fd = this.openInside(file);
    this.stamps?.files.add(fd === undefined ? undefined : fs.fstatSync(fd));
    return fd;
  }

  /**
   * The keys in an entity folder (metrics, params, tags, aliases), sorted: every file below it, `/` between parts
   * (mlflow.md §2.1). Links to folders are not followed, as MLflow does not.
   */
  keysIn(dir: string, enter?: (folder: string) => void): string[] {
    const keys: string[] = [];
    this.collect(dir, '', keys, enter);
    return keys.sort();
  }

  private openInside(file: string): number | undefined {
    try {
      if (noFollow !== 0) return fs.openSync(file, readOnlyNow | noFollow);
    } catch (error) {
      if (!isAbsent(error)) throw error;
      if (codeOf(error) !== 'ELOOP') return undefined;
    }
    return this.holds(file) && kindOf(file) === 'file' ? openFile(file) : undefined;
  }

  private collect(dir: string, prefix: string, keys: string[], enter?: (folder: string) => void): void {
    enter?.(dir);
    for (const entry of entries(dir)) {
      const file = child(dir, entry.name);
      if (entry.isDirectory()) {
        if (prefix.length < longestKey) this.collect(file, `${prefix}${entry.name}/`, keys, enter);
      } else if (entry.isFile() || (entry.isSymbolicLink() && this.holds(file) && kindOf(file) === 'file')) {
        keys.push(prefix + entry.name);
      }
    }
  }

  /** Whether a file really lies in the store: a link could show anything of this machine as a param. */
  private holds(file: string): boolean {
    if (this.root === undefined) return false;
    try {
      this.realRoot ??= fs.realpathSync.native(this.root) + path.sep;
      return fs.realpathSync.native(file).startsWith(this.realRoot);
    } catch (error) {
      if (isAbsent(error) || isDenied(error)) return false;
      throw error;
    }
  }

  private textOf(fd: number | undefined, maxBytes: number): string | undefined {
    if (fd === undefined) return undefined;
    try {
      const read = fs.readSync(fd, this.buffer, 0, this.buffer.length, null);
      if (read < this.buffer.length) return this.buffer.toString('utf8', 0, read);
      return this.longText(fd, maxBytes);
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    } finally {
      fs.closeSync(fd);
    }
  }

  private longText(fd: number, maxBytes: number): string | undefined {
    const stat = fs.fstatSync(fd);
    if (!stat.isFile()) return undefined;
    const whole = Buffer.allocUnsafe(Math.min(stat.size, maxBytes));
    let filled = 0;
    while (filled < whole.length) {
      const read = fs.readSync(fd, whole, filled, whole.length - filled, filled);
      if (read === 0) break;
      filled += read;
    }
    return whole.toString('utf8', 0, filled);
  }
}

function entries(dir: string): fs.Dirent[] {
  try {
    return fs.readdirSync(dir, { withFileTypes: true });
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}

/** Names of the folders in a folder, links to folders included; none where it is missing. */
export function subfolders(dir: string): string[] {
  return entries(dir)
    .filter((entry) => entry.isDirectory() || (entry.isSymbolicLink() && leadsToFolder(child(dir, entry.name))))
    .map((entry) => entry.name);
}

/** A link to where nobody may look counts: whoever reads it says so. */
function leadsToFolder(link: string): boolean {
  try {
    return kindOf(link) === 'dir';
  } catch (error) {
    if (isDenied(error)) return true;
    throw error;
  }
}

export function kindOf(file: string): 'dir' | 'file' | 'other' | undefined {
  const stat = statOf(file);
  return stat && (stat.isDirectory() ? 'dir' : stat.isFile() ? 'file' : 'other');
}

function statOf(file: string): fs.Stats | undefined {
  try {
    return fs.statSync(file, { throwIfNoEntry: false });
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

/** MLflow's keys are shorter: what lies deeper is none. */
const longestKey = 1000;
