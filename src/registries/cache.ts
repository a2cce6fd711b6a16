import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { threadId } from 'node:worker_threads';

/** Files that nobody touched for this long are of stores that nobody opens (ms). */
const keptFor = 60 * 24 * 3600 * 1000;

/** What was read of one store, kept for the next window. What is wrong with it is as if it were not there. */
export class CacheFolder {
  private readonly dir: string;

  /** @param storageDir of the extension @param store what tells one store from all others */
  constructor(
    private readonly storageDir: string,
    store: string,
  ) {
    this.dir = path.join(this.all, hashOf(store));
  }

  private get all(): string {
    return path.join(this.storageDir, 'cache');
  }

  read(name: string): Buffer | undefined {
    const file = this.file(name);
    try {
      const content = fs.readFileSync(file);
      const now = new Date();
      fs.utimesSync(file, now, now);
      return content;
    } catch {
      return undefined;
    }
  }

  /** Replaces a file as a whole: a reader meets the old one or the new one. */
  *write(name: string, parts: Iterable<Buffer>): Generator<undefined, void, undefined> {
    const file = this.file(name);
    const unfinished = `${file}.${process.pid}-${threadId}.tmp`;
    try {
      this.removeOld();
      fs.mkdirSync(this.dir, { recursive: true });
      const fd = fs.openSync(unfinished, 'w', 0o600);
      try {
        for (const part of parts) {
          fs.writeSync(fd, part);
          yield undefined;
        }
      } finally {
        fs.closeSync(fd);
      }
      fs.renameSync(unfinished, file);
    } catch {
      fs.rmSync(unfinished, { force: true });
    }
  }

  private file(name: string): string {
    return path.join(this.dir, hashOf(name));
  }

  private removeOld(): void {
    for (const folder of listed(this.all)) {
      for (const file of listed(folder)) {
        if (fs.statSync(file).mtimeMs < Date.now() - keptFor) fs.rmSync(file, { force: true });
      }
    }
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

function listed(dir: string): string[] {
  return fs.existsSync(dir) ? fs.readdirSync(dir).map((name) => path.join(dir, name)) : [];
}
