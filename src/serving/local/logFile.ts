import { open } from 'node:fs/promises';
import type { LogPiece } from '../../domain/target';

/** Bytes of a log that are given at once; an older part is left out. */
const longest = 256 * 1024;

/** What a growing log holds from a byte position on. */
export async function readFrom(file: string, from: number): Promise<LogPiece> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const start = Math.max(from, size - longest);
    if (start >= size) return { text: '', next: size };
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - start), 0, size - start, start);
    return { text: buffer.toString('utf8', 0, bytesRead), next: start + bytesRead };
  } finally {
    await handle.close();
  }
}
