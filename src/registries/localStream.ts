import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import process from 'node:process';
import type { ArtifactStream } from '../domain/artifact';
import type { ArtifactQuery, ArtifactStore } from '../domain/ports';
import { openable } from './artifactLocation';
import { fileError } from './files/fileErrors';
import { isAbsent } from './files/fileReader';
import { noSuchArtifact, resolveBelow } from './localArtifacts';

/** Bytes read at once: reading, hashing and writing so many takes a few ms. */
const pieceBytes = 512 * 1024;

/** The path is one without links: one that turns into a link, or a FIFO, must not be followed or waited for. */
const flags = constants.O_RDONLY | (process.platform === 'win32' ? 0 : constants.O_NOFOLLOW | constants.O_NONBLOCK);

/** Opens an artifact of a store on this machine in the calling thread: reading a file needs no worker. */
export function localOpen(locate: ArtifactStore['locate']): ArtifactStore['open'] {
  return async ({ root, path }: ArtifactQuery, signal?: AbortSignal) =>
    streamLocal(openable(await locate({ root, path: '' }, signal)), path, signal);
}

/** A file below a root. What it holds when it is opened is what is read: a log that grows must end. */
async function streamLocal(rootDir: string, artifactPath: string, signal?: AbortSignal): Promise<ArtifactStream> {
  try {
    const place = resolveBelow(rootDir, artifactPath);
    if (!place) throw noSuchArtifact(artifactPath);
    const file = await open(place.target, flags);
    const stat = await file.stat();
    if (stat.isFile()) return { size: stat.size, digests: [], pieces: piecesOf(file, stat.size, signal) };
    await file.close();
    throw noSuchArtifact(artifactPath);
  } catch (error) {
    throw isAbsent(error) ? noSuchArtifact(artifactPath) : fileError(error);
  }
}

async function* piecesOf(file: FileHandle, size: number, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    const buffer = new Uint8Array(Math.min(pieceBytes, size));
    for (let at = 0; at < size;) {
      signal?.throwIfAborted();
      const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, size - at), at);
      if (bytesRead === 0) return;
      at += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
