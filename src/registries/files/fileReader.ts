import * as fs from 'node:fs';
import * as path from 'node:path';

/** A FIFO in the tree must not hang the worker; Windows has no such flag. */
const readOnlyNow = fs.constants.O_RDONLY | (process.platform === 'win32' ? 0 : fs.constants.O_NONBLOCK);

/** What may come up when an entry vanishes or is not of the kind that its place asks for. */
const absent = new Set(['ENOENT', 'ENOTDIR', 'EISDIR', 'ELOOP', 'EAGAIN', 'ENXIO', 'ENAMETOOLONG']);

/** `path.join` for a name that is already clean: the difference counts over 100,000 files. */
export function child(dir: string, name: string): string {
  return dir + path.sep + name;
}

export function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && absent.has(String(error.code));
}

/** The descriptor of a file, or undefined where there is none to read. */
export function openFile(file: string): number | undefined {
  try {
    return fs.openSync(file, readOnlyNow);
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

/** Reads files through one buffer, which is the fast way for many small ones (performance.md §4). One per call. */
export class FileReader {
  readonly buffer = Buffer.allocUnsafeSlow(64 * 1024);

  /** A file as UTF-8 text, at most `maxBytes` of it; undefined where there is no such file. */
  text(file: string, maxBytes = 16 * 1024 * 1024): string | undefined {
    const fd = openFile(file);
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
    .filter((entry) => entry.isDirectory() || (entry.isSymbolicLink() && kindOf(child(dir, entry.name)) === 'dir'))
    .map((entry) => entry.name);
}

export function kindOf(file: string): 'dir' | 'file' | 'other' | undefined {
  try {
    const stat = fs.statSync(file);
    return stat.isDirectory() ? 'dir' : stat.isFile() ? 'file' : 'other';
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

/** Keys deeper than this were not written by MLflow, which allows 250 characters. */
const maxDepth = 125;

/**
 * The keys in an entity folder (metrics, params, tags, aliases), sorted: every file below it, `/` between parts
 * (mlflow.md §2.1). Links to folders are not followed, as MLflow does not.
 */
export function keysIn(dir: string): string[] {
  const keys: string[] = [];
  collect(dir, '', 0, keys);
  return keys.sort();
}

function collect(dir: string, prefix: string, depth: number, keys: string[]): void {
  for (const entry of entries(dir)) {
    const { name } = entry;
    if (entry.isDirectory()) {
      if (depth < maxDepth) collect(child(dir, name), `${prefix}${name}/`, depth + 1, keys);
    } else if (entry.isFile() || (entry.isSymbolicLink() && kindOf(child(dir, name)) === 'file')) {
      keys.push(prefix + name);
    }
  }
}
