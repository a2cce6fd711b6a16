import { CacheFolder } from '../cache';
import { Background } from './background';
import { fileError } from './fileErrors';
import { FileReader } from './fileReader';
import { type Pieces, runPieces } from './pieces';
import type { ReadingHelper } from './readMany';
import { RunCache } from './runCache';
import type { RunFolder } from './runFolder';
import { RunValueReader } from './runValues';
import { decodeRuns, encodeRuns } from './savedRuns';
import { checkStore, rootOfUri } from './storeRoot';

export interface FileStoreOptions {
  /** Where what was read is kept for the next window. */
  readonly storageDir?: string;
  /** ms since epoch, by the clock that files are dated by. */
  readonly now?: () => number;
  readonly lookMs?: number;
  /** Starts another thread to read with. */
  readonly startHelper?: (root: string) => ReadingHelper;
}

/** ms from an answer until what is new in it is saved. */
const firstSaveWait = 1000;

/** One folder of MLflow's file store: what every group of methods runs through. No I/O at construction. */
export class FileStore {
  readonly runs: RunCache;
  /** How often a run was not as it had been answered; whoever showed it reads it again. */
  corrections = 0;
  private checked = false;
  private readonly background = new Background();
  private saveWait = firstSaveWait;
  private nextSave: NodeJS.Timeout | undefined;

  constructor(
    private readonly uri: string,
    readonly options: FileStoreOptions = {},
  ) {
    this.runs = new RunCache((dir) => this.restore(dir), options.now ?? Date.now);
  }

  /** How long (ms) provisional rows are looked at closely: enough for the first page on a disk at hand. */
  get lookMs(): number {
    return this.options.lookMs ?? 4;
  }

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
  run<T>(work: () => Pieces<T>, signal?: AbortSignal): Promise<T> {
    return this.background.during(async () => {
      try {
        this.check();
        return await runPieces(work(), signal);
      } catch (error) {
        throw fileError(error);
      }
    });
  }

  /** Runs work that writes: once begun it is not cancelled, because half of it may be done. */
  write<T>(work: (reader: FileReader) => Pieces<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    return this.run(() => work(new FileReader(this.root)));
  }

  /** Looks closely, behind the answer, at runs in it that were believed, in its order; then saves what is new. */
  confirm(believed: readonly RunFolder[]): void {
    if (believed.length > 0) this.background.add(() => this.look(believed));
    this.saveLater();
  }

  /** Reads, behind the answer, what is not known of these runs yet: the next window shows it at once. */
  learn(runs: readonly RunFolder[]): void {
    this.background.add(() => this.read(runs));
    this.saveLater();
  }

  dispose(): void {
    clearTimeout(this.nextSave);
    this.background.end();
  }

  private saveLater(): void {
    if (this.options.storageDir === undefined) return;
    // One for many answers, and the less often the more there is to save.
    this.nextSave ??= setTimeout(() => {
      this.nextSave = undefined;
      this.background.add(() => this.save());
    }, this.saveWait).unref();
  }

  private *look(believed: readonly RunFolder[]): Pieces<void> {
    for (const run of believed) {
      if (!this.runs.confirm(run)) this.corrections++;
      yield undefined;
    }
  }

  private *read(runs: readonly RunFolder[]): Pieces<void> {
    const values = new RunValueReader(new FileReader(this.root));
    for (const run of runs) {
      if (!this.runs.knownValues(run, 'folders')) this.runs.keep(run, yield* values.read(run.dir, this.runs.now()));
      yield undefined;
    }
  }

  private *save(): Pieces<void> {
    const start = performance.now();
    for (const [dir, known] of this.runs.takeNew()) yield* this.saved?.write(dir, encodeRuns(dir, known)) ?? [];
    this.saveWait = Math.max(firstSaveWait, 50 * (performance.now() - start));
  }

  private *restore(dir: string): ReturnType<typeof decodeRuns> {
    const content = this.saved?.read(dir);
    if (!content) return undefined;
    try {
      return yield* decodeRuns(content, dir);
    } catch {
      // Sound lines of another making.
      return undefined;
    }
  }

  private get saved(): CacheFolder | undefined {
    const { storageDir } = this.options;
    return storageDir === undefined ? undefined : new CacheFolder(storageDir, this.root);
  }
}
