import * as l10n from '@vscode/l10n';
import type { ArtifactRoot } from '../domain/artifact';
import { type Download, type Downloaded, type DownloadProgress, safeFileName } from '../domain/download';
import { formatBytes } from '../domain/format';
import { type Ref, versionOf } from '../domain/ref';
import type { ArtifactAddress } from './artifactAddress';
import type { RegistrySet } from './registrySet';

/** ms between two words on how far it is: more would only flicker. */
const reportEvery = 100;

/** Brings artifacts from any registry into a folder of the person. */
export class Downloads {
  constructor(
    private readonly registries: RegistrySet,
    private readonly download: Download,
    private readonly now: () => number,
  ) {}

  /** Rejects as 'conflict' where the folder has something of that name. */
  async run(
    { registry, root, path }: ArtifactAddress,
    place: { readonly folder: string; readonly name: string },
    report: (step: string) => void,
    signal?: AbortSignal,
  ): Promise<Downloaded> {
    let last = -Infinity;
    const seldom = (progress: DownloadProgress): void => {
      if (this.now() - last < reportEvery) return;
      last = this.now();
      report(progressText(progress));
    };
    return this.download(this.registries.get(registry).artifacts, { root, path, ...place }, seldom, signal);
  }
}

/** All that a run, a version or a logged model holds. */
export function addressOfRef(ref: Ref): ArtifactAddress {
  return { registry: ref.registry, root: rootOf(ref), path: '' };
}

function rootOf(ref: Ref): ArtifactRoot {
  if (ref.kind === 'version') return { kind: 'version', ...versionOf(ref) };
  return ref.kind === 'loggedModel' ? { kind: 'loggedModel', modelId: ref.id } : { kind: 'run', runId: ref.id };
}

/** What a download is called: its own name; all of a run by its id, of a version `model-v3`. */
export function downloadName({ root, path }: Pick<ArtifactAddress, 'root' | 'path'>): string {
  if (path !== '') return path.slice(path.lastIndexOf('/') + 1);
  if (root.kind === 'run') return safeFileName(root.runId);
  return safeFileName(root.kind === 'version' ? `${root.name}-v${root.version}` : root.modelId);
}

/** "3 of 20 files · 1.2 MB of 80.0 MB" */
export function progressText({ files, bytes, totalFiles, totalBytes }: DownloadProgress): string {
  if (totalFiles === undefined) return l10n.t('listing the files');
  const size =
    totalBytes === undefined ? formatBytes(bytes) : l10n.t('{0} of {1}', formatBytes(bytes), formatBytes(totalBytes));
  return totalFiles === 1 ? size : `${l10n.t('{0} of {1} files', files, totalFiles)} · ${size}`;
}

/** As `sha256sum -c` reads it. */
export function checksums(all: readonly Downloaded[]): string {
  return all.flatMap(({ files }) => files.map(({ file, sha256 }) => `${sha256}  ${file}\n`)).join('');
}
