import { open } from 'node:fs/promises';
import type { LogPiece } from '../../domain/target';

/** Bytes of a log that are given at once; an older part is left out. */
const longest = 256 * 1024;

/** What a growing log holds from a byte position on, in whole characters. */
export async function readFrom(file: string, from: number, most = longest): Promise<LogPiece> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const start = Math.max(from, size - most);
    if (start >= size) return { text: '', next: size };
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - start), 0, size - start, start);
    const begin = start > from ? afterCut(buffer) : 0;
    const end = bytesRead - unfinished(buffer.subarray(0, bytesRead));
    return { text: buffer.toString('utf8', begin, end), next: start + end };
  } finally {
    await handle.close();
  }
}

/** Bytes at the start that are the rest of a character. */
function afterCut(bytes: Buffer): number {
  const first = bytes.findIndex((byte) => !isContinuation(byte));
  return Math.min(Math.max(first, 0), longestCharacter - 1);
}

/** Bytes at the end that begin a character whose rest is not written yet. */
function unfinished(bytes: Buffer): number {
  const tail = bytes.subarray(-longestCharacter + 1);
  const last = tail.findLastIndex((byte) => !isContinuation(byte));
  const there = last < 0 ? 0 : tail.length - last;
  return there < lengthOf(tail[last] ?? 0) ? there : 0;
}

/** Bytes of a character of UTF-8. */
const longestCharacter = 4;

function isContinuation(byte: number): boolean {
  return (byte & 0b1100_0000) === 0b1000_0000;
}

/** Of the character that begins with this byte. */
function lengthOf(lead: number): number {
  if (lead >= 0b1111_0000) return 4;
  if (lead >= 0b1110_0000) return 3;
  return lead >= 0b1100_0000 ? 2 : 1;
}
