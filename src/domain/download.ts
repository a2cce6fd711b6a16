import type { ArtifactStore } from './ports';
import type { ArtifactRoot } from './artifact';

/** What goes where: a file or a folder of an artifact root, as one file or one folder on this machine. */
export interface DownloadRequest {
  readonly root: ArtifactRoot;
  /** Relative to the root; empty for all of it. */
  readonly path: string;
  /** Absolute path of the folder that it goes into; made where it is not there. */
  readonly folder: string;
  /** What it is called there; nothing may be called so yet. */
  readonly name: string;
}

/** Totals are what the store listed: absent as long as it is being listed, bytes also where it tells no sizes. */
export interface DownloadProgress {
  readonly files: number;
  readonly bytes: number;
  readonly totalFiles?: number;
  readonly totalBytes?: number;
}

export interface DownloadedFile {
  /** Relative to the artifact root. */
  readonly path: string;
  /** Absolute path here. */
  readonly file: string;
  readonly size: number;
  /** Lower-case hex, of the bytes as they were written. */
  readonly sha256: string;
  /** The store sent a digest of its own, and it is that of these bytes. */
  readonly verified: boolean;
}

export interface Downloaded {
  /** Absolute path of the file or folder. */
  readonly target: string;
  /** Sorted by path. */
  readonly files: readonly DownloadedFile[];
  readonly bytes: number;
}

/**
 * Brings artifacts onto this machine. All or nothing: what failed or was cancelled leaves nothing behind, and nothing
 * that is there already is touched.
 */
export type Download = (
  store: ArtifactStore,
  request: DownloadRequest,
  report: (progress: DownloadProgress) => void,
  signal?: AbortSignal,
) => Promise<Downloaded>;

const reservedOnWindows = /^(con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³]|conin\$|conout\$)(\.|$)/i;

/** Whether a name can be that of a file in a folder of this system and of no other place. */
export function isSafeFileName(name: string, platform: string): boolean {
  if (name === '' || name === '.' || name === '..' || /[/\0]/.test(name)) return false;
  if (platform !== 'win32') return true;
  // A colon names a drive or a hidden stream, and Windows drops a dot or blank at the end.
  return !/[\\<>:"|?*\p{Cc}]|[. ]$/u.test(name) && !reservedOnWindows.test(name);
}

/** A name for a file or folder made of any text, such as a model's name with slashes. */
export function safeFileName(text: string): string {
  const name = text
    .replace(/[/\\<>:"|?*\p{Cc}]/gu, '_')
    .slice(0, 100)
    .replace(/[. ]+$/, '');
  return isSafeFileName(name, 'win32') ? name : `_${name}`;
}
