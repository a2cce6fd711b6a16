import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ServedChild } from '../../domain/target';

/** A served endpoint as it is kept in one file, so that any window finds it again. */
export interface EndpointRecord {
  readonly id: string;
  readonly port: number;
  readonly registry: string;
  readonly modelName: string;
  readonly version: string;
  /** ms since epoch. */
  readonly startedAt: number;
  readonly logFile: string;
  readonly children: readonly ServedChild[];
}

/** The endpoint files of a folder: created exclusively, unreadable ones passed over. */
export class EndpointFiles {
  constructor(readonly folder: string) {}

  /** Writes a new record; rejects where the id is taken. */
  async create(record: EndpointRecord): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    await writeFile(this.pathOf(record.id), JSON.stringify(record, null, 2), { flag: 'wx' });
  }

  async list(): Promise<EndpointRecord[]> {
    const names = await readdir(this.folder).catch(() => []);
    const ids = names.filter((name) => /^[\w-]+\.json$/.test(name)).map((name) => name.slice(0, -'.json'.length));
    const records = await Promise.all(ids.map((id) => this.read(id)));
    return records.filter((record) => record !== undefined).sort((a, b) => b.startedAt - a.startedAt);
  }

  async read(id: string): Promise<EndpointRecord | undefined> {
    try {
      const record: unknown = JSON.parse(await readFile(this.pathOf(id), 'utf8'));
      return isRecord(record, id) ? record : undefined;
    } catch {
      return undefined;
    }
  }

  async remove(id: string): Promise<void> {
    await rm(this.pathOf(id), { force: true });
  }

  private pathOf(id: string): string {
    return path.join(this.folder, `${path.basename(id)}.json`);
  }
}

/** What the file says decides which processes are ended: every field that is used is checked. */
function isRecord(value: unknown, id: string): value is EndpointRecord {
  if (typeof value !== 'object' || value === null) return false;
  const record = value as Partial<Record<keyof EndpointRecord, unknown>>;
  const texts = [record.registry, record.modelName, record.version, record.logFile];
  return (
    record.id === id &&
    typeof record.port === 'number' &&
    typeof record.startedAt === 'number' &&
    texts.every((text) => typeof text === 'string') &&
    Array.isArray(record.children) &&
    record.children.every(isChild)
  );
}

function isChild(value: unknown): value is ServedChild {
  const child = value as Partial<ServedChild> | null;
  return typeof child?.pid === 'number' && child.pid > 1 && typeof child.startTime === 'string';
}
