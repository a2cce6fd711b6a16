import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { deserialize, serialize } from 'node:v8';
import { type Connection, withoutCredentials } from '../domain/connection';
import type { LastKnown } from '../domain/ports';

/** First bytes of each file; another number where the shape of what is kept changes. */
const mark = Buffer.from('ringside-known-1\n');
const digestBytes = 32;

/** Bytes of one reading, and of all of them together. */
const largest = { file: 2 * 1024 * 1024, all: 32 * 1024 * 1024 };

/** Writing waits this long (ms): first a person gets to see what was read, and often the next reading follows. */
const delay = 2000;

/**
 * Readings as files of one folder, one folder of these for each registry, named by hashes: an address may hold a secret.
 * What cannot be read, or is not as it was written, counts as not there.
 */
export class LastKnownFiles implements LastKnown {
  private readonly pending = new Map<string, unknown>();
  private writing: Promise<void> | undefined;

  constructor(
    private readonly folder: string,
    private readonly now: () => number,
    private readonly wait: () => Promise<void> = () => setTimeout(delay, undefined, { ref: false }),
  ) {}

  async get(
    connection: Connection,
    name: string,
  ): Promise<{ readonly at: number; readonly value: unknown } | undefined> {
    const file = this.fileOf(connection, name);
    try {
      const bytes = await readFile(file);
      const payload = bytes.subarray(mark.length + digestBytes);
      const digest = bytes.subarray(mark.length, mark.length + digestBytes);
      if (bytes.subarray(0, mark.length).equals(mark) && digest.equals(sha256(payload))) {
        return deserialize(payload) as { readonly at: number; readonly value: unknown };
      }
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    }
    await rm(file, { force: true }).catch(() => undefined);
    return undefined;
  }

  put(connection: Connection, name: string, value: unknown): void {
    this.pending.set(this.fileOf(connection, name), { at: this.now(), value });
    this.writing ??= this.write().finally(() => (this.writing = undefined));
  }

  async forget(connection: Connection): Promise<void> {
    const folder = this.folderOf(connection);
    for (const file of this.pending.keys()) if (path.dirname(file) === folder) this.pending.delete(file);
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }

  /** Resolves when all that was put is written. */
  async settled(): Promise<void> {
    await this.writing;
  }

  private async write(): Promise<void> {
    await this.wait();
    for (const [file, value] of this.pending) {
      this.pending.delete(file);
      // A full disk or a folder that may not be written takes nothing from what is shown.
      await this.writeOne(file, value).catch(() => undefined);
    }
    await this.shrink().catch(() => undefined);
  }

  private async writeOne(file: string, value: unknown): Promise<void> {
    const payload = serialize(value);
    if (payload.length > largest.file) return rm(file, { force: true });
    await mkdir(path.dirname(file), { recursive: true });
    // Another window may read or write it now.
    const draft = `${file}.${process.pid}`;
    await writeFile(draft, Buffer.concat([mark, sha256(payload), payload]), { mode: 0o600 });
    await rename(draft, file);
  }

  /** The oldest go first. */
  private async shrink(): Promise<void> {
    const names = await readdir(this.folder, { recursive: true });
    const files = await Promise.all(
      names.map(async (name) => {
        const file = path.join(this.folder, name);
        const found = await stat(file);
        return { file, isFile: found.isFile(), size: found.size, time: found.mtimeMs };
      }),
    );
    let left = largest.all;
    for (const { file, size } of files.filter(({ isFile }) => isFile).sort((a, b) => b.time - a.time)) {
      left -= size;
      if (left < 0) await rm(file, { force: true });
    }
  }

  private folderOf({ trackingUri, registryUri = '', workspace = '' }: Connection): string {
    const parts = [withoutCredentials(trackingUri), withoutCredentials(registryUri), workspace];
    return path.join(this.folder, sha256(JSON.stringify(parts)).toString('hex'));
  }

  private fileOf(connection: Connection, name: string): string {
    return path.join(this.folderOf(connection), sha256(name).toString('hex'));
  }
}

function sha256(data: string | Buffer): Buffer {
  return createHash('sha256').update(data).digest();
}
