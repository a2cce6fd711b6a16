import { stat } from 'node:fs/promises';
import type { Shown } from '../domain/changes';
import type { ArtifactStore } from '../domain/ports';

/** Times of folders of artifacts; a folder that is not here, or not any more, has none. */
export function artifactStamps(
  artifacts: ArtifactStore,
  folders: Shown['folders'],
  signal?: AbortSignal,
): Promise<readonly string[]> {
  return Promise.all(
    folders.map(async (folder) => {
      const { localPath = '' } = await artifacts.locate(folder, signal).catch(() => ({ localPath: undefined }));
      const found = localPath === '' ? undefined : await stat(localPath).catch(() => undefined);
      return String(found?.mtimeMs);
    }),
  );
}
