import * as l10n from '@vscode/l10n';
import {
  FileChangeType,
  type FileChangeEvent,
  type FileStat,
  FileSystemError,
  type FileSystemProvider,
  FileType,
  Uri,
  workspace,
} from 'vscode';
import type { Edit, Edits } from '../app/edits';
import type { RegistrySet } from '../app/registrySet';
import { fieldOf, parseTextUri } from '../app/textAddress';
import { textScheme } from '../ids';
import { asFileError, RegistryFiles } from './registryFiles';

interface TextContext {
  readonly edits: Edits;
  readonly registries: RegistrySet;
  /** ms since epoch. */
  readonly now: () => number;
}

/** A text as it was last read: what a save is checked against. */
interface Seen {
  readonly edit: Edit;
  /** ms since epoch at which it was first seen so: stores keep no time of a tag. */
  readonly mtime: number;
}

/**
 * Descriptions and tags as files that are saved into their registry: `ringside-text:` (app/textAddress.ts). A text that
 * was changed elsewhere gets a new time, so that VS Code itself shows both and asks before it overwrites.
 */
export class TextFileSystem extends RegistryFiles implements FileSystemProvider {
  private readonly seen = new Map<string, Seen>();
  private readonly subscriptions: { dispose(): void }[];

  constructor(private readonly context: TextContext) {
    super();
    this.subscriptions = [
      workspace.registerFileSystemProvider(textScheme, this, { isCaseSensitive: true }),
      workspace.onDidCloseTextDocument(({ uri }) => this.seen.delete(uri.toString())),
      context.registries.onDidChangeContent(() => void this.lookAgain()),
    ];
  }

  override dispose(): void {
    super.dispose();
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  async stat(uri: Uri): Promise<FileStat> {
    const { edit, mtime } = await this.look(uri);
    return { type: FileType.File, ctime: 0, mtime, size: bytesOf(edit).length };
  }

  async readFile(uri: Uri): Promise<Uint8Array> {
    return bytesOf((await this.look(uri)).edit);
  }

  async writeFile(uri: Uri, content: Uint8Array): Promise<void> {
    const { edit } = this.seen.get(uri.toString()) ?? (await this.look(uri));
    const to = textOf(content);
    if (to === (edit.from ?? '')) return;
    await asFileError(uri, () => this.context.edits.apply({ ...edit, to }));
    this.keep(uri, { ...edit, from: to });
  }

  readDirectory(): [string, FileType][] {
    return [];
  }

  private async look(uri: Uri): Promise<Seen> {
    return asFileError(uri, async () => {
      // VS Code restores editors before any view has looked for the registries.
      await this.context.registries.ready();
      const address = parseTextUri(uri.query);
      const { ref, field } = { ref: address.ref, field: fieldOf(address) };
      const { name, value: from } = await this.context.edits.current(ref, field);
      return this.keep(uri, { ref, field, name, from, to: from });
    });
  }

  private keep(uri: Uri, edit: Edit): Seen {
    const known = this.seen.get(uri.toString());
    if (known?.edit.from === edit.from && known) return known;
    const seen = { edit, mtime: Math.max(this.context.now(), (known?.mtime ?? 0) + 1) };
    this.seen.set(uri.toString(), seen);
    return seen;
  }

  private async lookAgain(): Promise<void> {
    const changes = [...this.seen].map(([key, seen]) => this.changeOf(Uri.parse(key), seen));
    this.changes.fire((await Promise.all(changes)).filter((change) => change !== undefined));
  }

  /** What became of an open text; of a store that does not answer nothing is known. */
  private async changeOf(uri: Uri, seen: Seen): Promise<FileChangeEvent | undefined> {
    try {
      const { mtime } = await this.look(uri);
      return mtime === seen.mtime ? undefined : { type: FileChangeType.Changed, uri };
    } catch (error) {
      const gone = error instanceof FileSystemError && error.code === 'FileNotFound';
      return gone ? { type: FileChangeType.Deleted, uri } : undefined;
    }
  }
}

function bytesOf({ from = '' }: Edit): Uint8Array {
  return new TextEncoder().encode(from);
}

function textOf(content: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    throw FileSystemError.Unavailable(l10n.t('MLflow keeps texts as UTF-8: choose Save with Encoding, UTF-8.'));
  }
}
