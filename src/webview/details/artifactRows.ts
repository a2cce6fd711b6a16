import type { ArtifactRoot } from '../../domain/artifact';
import type { ArtifactPlace } from '../../panels/details.messages';
import type { IconName } from '../shared/icons';

/** One row of the tree of artifacts: a root, a folder or a file. */
export interface Row extends ArtifactPlace {
  readonly id: string;
  readonly label: string;
  readonly level: number;
  readonly isDir: boolean;
  readonly size?: number | undefined;
}

export function idOf(root: ArtifactRoot, path: string): string {
  return JSON.stringify([root, path]);
}

export function placeOf(id: string): ArtifactPlace {
  const [root, path] = JSON.parse(id) as [ArtifactRoot, string];
  return { root, path };
}

export function parentOf(rows: readonly Row[], at: number): Row | undefined {
  const level = rows[at]?.level ?? 0;
  return rows.slice(0, at).findLast((row) => row.level < level);
}

export function iconOf({ isDir, path }: Row, open: boolean): IconName {
  if (isDir) return open ? 'folder-opened' : 'folder';
  if (/\.(png|jpe?g|gif|webp|svg|bmp)$/i.test(path)) return 'file-media';
  if (/\.csv$/i.test(path)) return 'table';
  return /\.json$/i.test(path) ? 'json' : 'file';
}
