import { createHash, randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import type { Download } from '../domain/download';

/** This machine, as far as process numbers mean the same: a folder may be shared by several, or by a WSL and its Windows. */
const machine = createHash('sha256').update(`${process.platform} ${hostname()}`).digest('hex').slice(0, 6);
const stagingName = /^\.ringside-([0-9a-f]{6})-(\d+)-[0-9a-f]{8}\.part$/;

/** A name for a folder that is this process's own while it lives. */
export function newStagingName(): string {
  return `.ringside-${machine}-${process.pid}-${randomBytes(4).toString('hex')}.part`;
}

/** Removes what processes of this machine that were killed left in a folder. It may fail: the next download tries again. */
export async function removeAbandoned(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const left = entries.filter((entry) => entry.isDirectory() && isAbandoned(entry.name));
  for (const { name } of left) {
    await rm(path.join(folder, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

function isAbandoned(name: string): boolean {
  const [, where, pid] = stagingName.exec(name) ?? [];
  return where === machine && !isAlive(Number(pid));
}

/** Another process may have got the number: then the folder waits until that one ends too. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Only of a process of somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Remembers where downloads are on their way, so that the next window finds what a killed one left there. */
export class DownloadFolders {
  constructor(
    private readonly memory: { readonly value: readonly string[]; set(value: readonly string[]): Promise<void> },
    private readonly inner: Download,
  ) {}

  readonly download: Download = async (store, request, report, signal) => {
    await this.memory.set([...this.memory.value, request.folder]);
    try {
      return await this.inner(store, request, report, signal);
    } finally {
      // Once: another download into the same folder may go on.
      const at = this.memory.value.indexOf(request.folder);
      await this.memory.set(this.memory.value.filter((_, i) => i !== at));
    }
  };

  /** When nothing of this window is on its way yet. */
  async sweep(): Promise<void> {
    const folders = [...new Set(this.memory.value)];
    if (folders.length === 0) return;
    for (const folder of folders) await removeAbandoned(folder);
    await this.memory.set([]);
  }
}
