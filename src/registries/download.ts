import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import * as l10n from '@vscode/l10n';
import type { Artifact, ArtifactDigest, ArtifactStream } from '../domain/artifact';
import {
  type Download,
  type Downloaded,
  type DownloadedFile,
  type DownloadRequest,
  isSafeFileName,
} from '../domain/download';
import { UserError } from '../domain/errors';
import type { ArtifactStore } from '../domain/ports';
import { type DownloadPlan, planOf } from './downloadPlan';
import { fileError } from './files/fileErrors';
import { codeOf, StagingFolder } from './stagingFolder';

/** Files on their way at once: hides the answer times of a server; more would only crowd it. */
const lanes = 4;

/** Times that a file is begun, and ms before the second and again before the third. */
const attempts = 3;
const retryDelayMs = 300;

type Report = Parameters<Download>[2];

/** Rejects at once when cancelled; the work then stops at its next piece and clears away what it wrote. */
export const download: Download = (store, request, report, signal = new AbortController().signal) =>
  new Promise((resolve, reject) => {
    const cancel = (): void => reject(cancelled());
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) cancel();
    void stage(store, request, report, signal)
      .then(resolve, (error: unknown) => reject(signal.aborted ? cancelled() : (fileError(error) as Error)))
      .finally(() => signal.removeEventListener('abort', cancel));
  });

async function stage(
  store: ArtifactStore,
  request: DownloadRequest,
  report: Report,
  signal: AbortSignal,
): Promise<Downloaded> {
  signal.throwIfAborted();
  if (!isSafeFileName(request.name, process.platform)) throw badName(request.name);
  const target = path.join(request.folder, request.name);
  const staging = await StagingFolder.beside(target);
  try {
    const plan = await planOf(store, request, report, signal);
    const transfer = new Transfer(store, request, { content: staging.content, target }, plan, report);
    await makeFolders(staging.content, plan);
    const files = await inLanes(plan.files, (file, stop) => transfer.fetch(file, stop), signal);
    signal.throwIfAborted();
    await staging.publish();
    files.sort((a, b) => (a.path < b.path ? -1 : 1));
    return { target, files, bytes: files.reduce((sum, { size }) => sum + size, 0) };
  } finally {
    await staging.remove();
  }
}

/** The plan has parents before what they hold. */
async function makeFolders(content: string, { folders }: DownloadPlan): Promise<void> {
  for (const folder of folders) {
    await exclusively(folder, () => mkdir(path.join(content, folder)));
  }
}

/** The first failure stops all lanes; it is thrown when none of them writes any more. */
async function inLanes<T, R>(
  items: readonly T[],
  work: (item: T, stop: AbortSignal) => Promise<R>,
  signal: AbortSignal,
): Promise<R[]> {
  const failed = new AbortController();
  const stop = AbortSignal.any([signal, failed.signal]);
  const waiting = items.values();
  const done: R[] = [];
  const lane = async (): Promise<void> => {
    for (const item of waiting) {
      stop.throwIfAborted();
      done.push(await work(item, stop));
    }
  };
  const all = Array.from({ length: lanes }, () => lane().catch((error: unknown) => failed.abort(error)));
  await Promise.all(all);
  stop.throwIfAborted();
  return done;
}

/** A file as it came. */
interface Received {
  readonly size: number;
  readonly source: ArtifactStream;
  readonly sha256: string;
  /** Each digest that the store sent, with that of what came. */
  readonly sent: readonly { readonly digest: ArtifactDigest; readonly hex: string }[];
}

/** The files of one download. */
class Transfer {
  private files = 0;
  private bytes = 0;

  constructor(
    private readonly store: ArtifactStore,
    private readonly request: DownloadRequest,
    private readonly places: { readonly content: string; readonly target: string },
    private readonly plan: DownloadPlan,
    private readonly report: Report,
  ) {}

  async fetch({ path: file, size: listed }: Artifact, signal: AbortSignal): Promise<DownloadedFile> {
    const inside = this.plan.inside(file);
    const received = await this.received(file, path.join(this.places.content, inside), signal);
    const { size, source, sent } = received;
    if (source.size !== undefined && size !== source.size) throw cutShort(file, size, source.size);
    if (listed !== undefined && size !== listed) await this.confirmSize(file, size, signal);
    if (sent.some(({ digest, hex }) => digest.binding && hex !== digest.hex)) throw damaged(file);
    this.files += 1;
    this.tell();
    const verified = sent.some(({ digest, hex }) => hex === digest.hex);
    return { path: file, file: path.join(this.places.target, inside), size, sha256: received.sha256, verified };
  }

  /** A connection that breaks in the middle of one of many files must not lose the others. */
  private async received(file: string, target: string, signal: AbortSignal): Promise<Received> {
    for (let attempt = 1; ; attempt++) {
      const count = { size: 0 };
      // Before the source is opened: what would refuse the name must not leave that open.
      const output = await exclusively(file, () => open(target, attempt === 1 ? 'wx' : 'w'));
      try {
        return await this.receive(file, output, count, signal);
      } catch (error) {
        const isBroken = count.size > 0 && error instanceof UserError && error.kind === 'unreachable';
        if (!isBroken || attempt === attempts || signal.aborted) throw error;
        this.bytes -= count.size;
      } finally {
        await output.close();
      }
      await delay(attempt * retryDelayMs, undefined, { signal });
    }
  }

  /** `count` grows with what came, also where it breaks off. */
  private async receive(
    file: string,
    output: FileHandle,
    count: { size: number },
    signal: AbortSignal,
  ): Promise<Received> {
    const source = await this.store.open({ root: this.request.root, path: file }, signal);
    const sha256 = createHash('sha256');
    const digests = source.digests.map((digest) => ({ digest, hash: createHash(digest.algorithm) }));
    const hashes = [sha256, ...digests.map(({ hash }) => hash)];
    for await (const piece of source.pieces) {
      signal.throwIfAborted();
      for (const hash of hashes) hash.update(piece);
      await output.writeFile(piece);
      count.size += piece.length;
      this.bytes += piece.length;
      this.tell();
    }
    const sent = digests.map(({ digest, hash }) => ({ digest, hex: hash.digest('hex') }));
    return { size: count.size, source, sent, sha256: sha256.digest('hex') };
  }

  /** A file that a run still writes grows between listing and reading; only what is listed now can tell. */
  private async confirmSize(file: string, size: number, signal: AbortSignal): Promise<void> {
    const parent = file.slice(0, Math.max(0, file.lastIndexOf('/')));
    const siblings = await this.store.list({ root: this.request.root, path: parent }, signal);
    const now = siblings.find((artifact) => artifact.path === file)?.size;
    if (now !== size) throw cutShort(file, size, now);
  }

  private tell(): void {
    const { files, bytes } = this;
    const { totalBytes } = this.plan;
    this.report({ files, bytes, totalFiles: this.plan.files.length, ...(totalBytes !== undefined && { totalBytes }) });
  }
}

/** Only the disk itself knows which names it cannot tell apart (case, Unicode forms): what it has twice, it refuses. */
async function exclusively<T>(artifactPath: string, make: () => Promise<T>): Promise<T> {
  try {
    return await make();
  } catch (cause) {
    if (codeOf(cause) === 'EEXIST') {
      throw new UserError('invalid', l10n.t('This disk cannot tell "{0}" from another artifact.', artifactPath), {
        next: l10n.t('Download the two one by one, into different folders.'),
        cause,
      });
    }
    if (codeOf(cause) === 'ENAMETOOLONG' || codeOf(cause) === 'EINVAL') {
      throw new UserError('invalid', l10n.t('This disk cannot hold a name like "{0}".', shortened(artifactPath)), {
        next: l10n.t('Download it on another system, or into a folder with a shorter path.'),
        cause,
      });
    }
    throw cause;
  }
}

function shortened(artifactPath: string): string {
  return artifactPath.length > 100 ? `${artifactPath.slice(0, 100)}…` : artifactPath;
}

function cutShort(file: string, size: number, expected: number | undefined): UserError {
  const sentence =
    expected === undefined
      ? l10n.t('"{0}" was removed while it was downloaded.', file)
      : l10n.t('"{0}" arrived with {1} bytes, but the store says {2}.', file, size, expected);
  return new UserError('unreachable', sentence, { next: l10n.t('Nothing was kept: download it again.') });
}

function damaged(file: string): UserError {
  return new UserError('unreachable', l10n.t('"{0}" arrived damaged: its checksum is another one.', file), {
    next: l10n.t('Nothing was kept: download it again.'),
  });
}

function badName(name: string): UserError {
  return new UserError('invalid', l10n.t('No file of this system can be called "{0}".', name), {
    next: l10n.t('Choose another name.'),
  });
}

function cancelled(): UserError {
  return new UserError('cancelled', l10n.t('Cancelled.'));
}
