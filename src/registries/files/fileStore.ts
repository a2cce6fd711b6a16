import { CacheFolder } from '../cache';
import { Background } from './background';
import { fileError } from './fileErrors';
import { FileReader, kindOf } from './fileReader';
import { type Pieces, runPieces } from './pieces';
import type { ReadingHelper } from './readMany';
import { RunCache } from './runCache';
import type { RunFolder } from './runFolder';
import { RunValueReader, type RunValues } from './runValues';
import { decodeRuns, encodeRuns } from './savedRuns';
import { checkStore, rootOfUri } from './storeRoot';

export interface FileStoreOptions {
  /** Where what was read is kept for the next window. */
  readonly storageDir?: string;
  /** ms since epoch, by the clock that files are dated by. */
  readonly now?: () => number;
  /** ms after an answer in which nothing is done behind it. */
  readonly quietMs?: number;
  /** ms from an answer until what is new in it is saved. */
  readonly saveWait?: number;
  /** Starts another thread to read with. */
  readonly startHelper?: (root: string) => ReadingHelper;
}

/** A run, and what was believed of it without a look at its files. */
export interface KnownRun {
  readonly run: RunFolder;
  readonly values: RunValues | undefined;
}

/** ms in which a table that opens draws its first rows: looking at 2,000 runs meanwhile would take it a third of a second. */
const quietMs = 500;

const firstSaveWait = 1000;

/** One folder of MLflow's file store: what every group of methods runs through. No I/O at construction. */
export class FileStore {
  readonly runs: RunCache;
  /** How often a run was not as it had been answered; whoever showed it reads it again. */
  corrections = 0;
  private checked = false;
  private readonly background: Background;
  private saveWait: number;
  private nextSave: NodeJS.Timeout | undefined;

  constructor(
    private readonly uri: string,
    readonly options: FileStoreOptions = {},
  ) {
    this.saveWait = options.saveWait ?? firstSaveWait;
    this.background = new Background(options.quietMs ?? quietMs);
    this.runs = new RunCache((dir) => this.restore(dir), options.now ?? Date.now);
  }

  /** Absolute path of the folder. */
  get root(): string {
    return rootOfUri(this.uri);
  }

  /** Says by failing why the folder cannot be read as a store: looks into it once, and that it is still there. */
  check(): void {
    if (this.checked && kindOf(this.root) === 'dir') return;
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

  /**
   * Behind the answer: looks closely at runs that were believed and reads those that are not known, so that the next
   * answer, and the next window, has them at once. Those of the newest answer first, for they are seen.
   */
  settle(runs: readonly KnownRun[]): void {
    this.background.addFirst(this.look(runs));
    this.saveLater();
  }

  dispose(): void {
    clearTimeout(this.nextSave);
    this.background.end();
  }

  /** Saves what is new, soon. */
  saveLater(): void {
    if (this.options.storageDir === undefined) return;
    // One for many answers, and the less often the more there is to save.
    this.nextSave ??= setTimeout(() => {
      this.nextSave = undefined;
      this.background.addLast(this.save());
    }, this.saveWait).unref();
  }

  private *look(runs: readonly KnownRun[]): Pieces<void> {
    const reader = new RunValueReader(new FileReader(this.root));
    for (const { run, values } of runs) {
      if (!this.runs.confirm(run) && values) this.corrections++;
      if (!this.runs.believedValues(run)) this.runs.keep(run, yield* reader.read(run.dir, this.runs.now()));
      yield undefined;
    }
  }

  private *save(): Pieces<void> {
    const start = performance.now();
    for (const [dir, known] of this.runs.takeNew()) yield* this.saved?.write(dir, encodeRuns(dir, known)) ?? [];
    this.saveWait = Math.max(this.options.saveWait ?? firstSaveWait, 50 * (performance.now() - start));
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
