import { Disposable, EventEmitter, type FileChangeEvent, FileSystemError, type Uri } from 'vscode';
import { UserError } from '../domain/errors';

/** Files of the editor that stand for what a registry holds: none is made, moved or removed among them. */
export abstract class RegistryFiles implements Disposable {
  protected readonly changes = new EventEmitter<FileChangeEvent[]>();
  readonly onDidChangeFile = this.changes.event;

  dispose(): void {
    this.changes.dispose();
  }

  /** VS Code need not ask for it: whoever has news tells them. */
  watch(): Disposable {
    return new Disposable(() => undefined);
  }

  createDirectory(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }

  delete(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }

  rename(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }
}

/** VS Code shows a FileSystemError's text in the editor, or beside the save that failed. */
export async function asFileError<T>(uri: Uri, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw error.kind === 'notFound' ? FileSystemError.FileNotFound(uri) : FileSystemError.Unavailable(error.text);
  }
}
