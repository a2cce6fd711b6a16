import { fileError } from './fileErrors';
import { FileReader } from './fileReader';
import { type Pieces, runPieces } from './pieces';
import { checkStore, rootOfUri } from './storeRoot';

/** One folder of MLflow's file store: what every group of methods runs through. No I/O at construction. */
export class FileStore {
  private checked = false;

  constructor(private readonly uri: string) {}

  /** Absolute path of the folder. */
  get root(): string {
    return rootOfUri(this.uri);
  }

  /** Says once, by failing, why the folder cannot be read as a store. */
  check(): void {
    if (this.checked) return;
    checkStore(this.root);
    this.checked = true;
  }

  /** Runs work in pieces; what the file system refuses becomes a UserError. */
  async run<T>(work: () => Pieces<T>, signal?: AbortSignal): Promise<T> {
    try {
      this.check();
      return await runPieces(work(), signal);
    } catch (error) {
      throw fileError(error);
    }
  }

  /** Runs work that writes: once begun it is not cancelled, because half of it may be done. */
  write<T>(work: (reader: FileReader) => Pieces<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    return this.run(() => work(new FileReader(this.root)));
  }
}
