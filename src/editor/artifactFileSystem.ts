import {
  type Disposable,
  FilePermission,
  type FileStat,
  FileSystemError,
  type FileSystemProvider,
  FileType,
  l10n,
  type Uri,
  workspace,
} from 'vscode';
import { type ArtifactAddress, parseArtifactUriPath } from '../app/artifactAddress';
import type { RegistrySet } from '../app/registrySet';
import type { Artifact } from '../domain/artifact';
import { formatBytes } from '../domain/format';
import type { ArtifactStore } from '../domain/ports';
import { artifactScheme } from '../ids';
import type { ConfigValue } from '../platform/settings';
import { asFileError, RegistryFiles } from './registryFiles';

const megabyte = 1024 * 1024;

/** Artifacts as read-only files of the editor: `ringside-artifact:` (app/artifactAddress.ts says how they are named). */
export class ArtifactFileSystem extends RegistryFiles implements FileSystemProvider {
  private readonly registration: Disposable;

  /** @param previewLimit megabytes */
  constructor(
    private readonly registries: RegistrySet,
    private readonly previewLimit: ConfigValue<number>,
  ) {
    super();
    this.registration = workspace.registerFileSystemProvider(artifactScheme, this, {
      isReadonly: true,
      isCaseSensitive: true,
    });
  }

  override dispose(): void {
    super.dispose();
    this.registration.dispose();
  }

  async stat(uri: Uri): Promise<FileStat> {
    const address = addressOf(uri);
    const found = address.path === '' ? { path: '', isDir: true } : await this.find(uri, address);
    return {
      type: found.isDir ? FileType.Directory : FileType.File,
      ctime: 0,
      mtime: 0,
      size: found.size ?? 0,
      permissions: FilePermission.Readonly,
    };
  }

  async readDirectory(uri: Uri): Promise<[string, FileType][]> {
    const listed = await asFileError(uri, () => this.list(addressOf(uri)));
    return listed.map(({ path, isDir }) => [
      path.slice(path.lastIndexOf('/') + 1),
      isDir ? FileType.Directory : FileType.File,
    ]);
  }

  async readFile(uri: Uri): Promise<Uint8Array> {
    const { registry, root, path } = addressOf(uri);
    const maxBytes = this.previewLimit.value * megabyte;
    const { bytes, size, truncated } = await asFileError(uri, async () =>
      (await this.storeOf(registry)).read({ root, path, maxBytes }),
    );
    if (truncated) throw FileSystemError.Unavailable(tooLarge(path, size, this.previewLimit.value));
    return bytes;
  }

  writeFile(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }

  private async find(uri: Uri, address: ArtifactAddress): Promise<Artifact> {
    const { path } = address;
    const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
    const siblings = await asFileError(uri, () => this.list({ ...address, path: folder }));
    const found = siblings.find((artifact) => artifact.path === path);
    if (!found) throw FileSystemError.FileNotFound(uri);
    return found;
  }

  private async list({ registry, root, path }: ArtifactAddress): Promise<readonly Artifact[]> {
    return (await this.storeOf(registry)).list({ root, path });
  }

  /** VS Code restores editors before any view has looked for the registries. */
  private async storeOf(registry: string): Promise<ArtifactStore> {
    await this.registries.ready();
    return this.registries.get(registry).artifacts;
  }
}

function tooLarge(path: string, size: number | undefined, limit: number): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const measure = size === undefined ? l10n.t('larger than {0} MB', limit) : formatBytes(size);
  return l10n.t(
    "'{0}' is {1}, and ringside.artifacts.previewLimit opens artifacts up to {2} MB: use Download… in its menu.",
    name,
    measure,
    limit,
  );
}

function addressOf(uri: Uri): ArtifactAddress {
  try {
    return parseArtifactUriPath(uri.path);
  } catch {
    throw FileSystemError.FileNotFound(uri);
  }
}
