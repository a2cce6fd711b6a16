import { chmodSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** Runs as somebody to whom modes mean something: they do not stop root. */
export async function asAnyone<T>(work: () => Promise<T>): Promise<T> {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(65534);
  try {
    return await work();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}

/** Lets anybody read a folder: what MLflow makes may be its user's alone. */
export function openToAnyone(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink())
      chmodSync(path.join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
  }
}
