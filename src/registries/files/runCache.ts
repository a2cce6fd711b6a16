import type { RunInfo } from '../../domain/run';
import { child, type FileReader, isDenied } from './fileReader';
import { metaName } from './metaFile';
import type { Pieces } from './pieces';
import { readInfo, readInfoAtOnce, runFolder, type RunFolder } from './runFolder';
import { fileStamp, folderStamp, type ReadValues, type RunValues, type StampedValues } from './runValues';
import { Stamp } from './stamp';
import type { ExperimentFolder } from './storeRoot';

/** What is known of the runs in one experiment's folder, each part with the stamp of what it was read from. */
export class KnownExperiment {
  readonly infos = new Map<string, { readonly info: RunInfo; readonly meta: number }>();
  readonly values = new Map<string, StampedValues>();
  /** Something was read that is not on disk yet. */
  isNew = false;
}

/** So many runs are kept: an info takes half a kilobyte, the values of a run some four. */
const mostInfos = 100_000;
const mostValues = 20_000;

/** What was read of a store's runs, believed while the file system says that nothing was written since. */
export class RunCache {
  private readonly experiments = new Map<string, KnownExperiment>();
  private readonly stamp = new Stamp();

  /** `restore` gives what an earlier session saved of an experiment's folder. */
  constructor(
    private readonly restore: (dir: string) => Pieces<KnownExperiment | undefined>,
    readonly now: () => number,
  ) {}

  /** To be called before anything else is asked of an experiment, with the runs that it has. */
  *open(dir: string, runIds: readonly string[]): Pieces<void> {
    const known = this.experiments.get(dir) ?? (yield* this.restore(dir)) ?? new KnownExperiment();
    this.experiments.delete(dir);
    this.makeRoom(runIds.length);
    // The last one asked for is the last to be forgotten.
    this.experiments.set(dir, known);
    if (known.infos.size > runIds.length || known.values.size > runIds.length) keepOnly(known, new Set(runIds));
  }

  /** A run of an opened experiment where it is known and unchanged; whoever gets nothing asks for `run`. */
  knownRun(reader: FileReader, experiment: ExperimentFolder, runId: string): RunFolder | undefined {
    const known = this.experiments.get(experiment.dir)?.infos.get(runId);
    if (!known) return undefined;
    return this.metaStamp(experiment, runId) === known.meta ? runFolder(reader, experiment, known.info) : undefined;
  }

  /** What its meta.yaml said when it was read: when the run began never changes. */
  believedInfo(experiment: ExperimentFolder, runId: string): RunInfo | undefined {
    return this.experiments.get(experiment.dir)?.infos.get(runId)?.info;
  }

  /** A run of an opened experiment, read as by `readRun`. */
  *run(reader: FileReader, experiment: ExperimentFolder, runId: string): Pieces<RunFolder | undefined> {
    const begun = this.now();
    // Another call may use the stamp while this one waits, and reading anew sets it anew.
    const info = yield* readInfo(reader, experiment, runId, this.stamp);
    this.keepInfo(experiment.dir, runId, info, begun);
    return info && runFolder(reader, experiment, info);
  }

  /** The same at once, as a list reads thousands; whoever gets nothing asks for `run`. */
  runAtOnce(reader: FileReader, experiment: ExperimentFolder, runId: string): RunFolder | undefined {
    const begun = this.now();
    try {
      const info = readInfoAtOnce(reader, experiment, runId, this.stamp);
      this.keepInfo(experiment.dir, runId, info, begun);
      return info && runFolder(reader, experiment, info);
    } catch (error) {
      if (!isDenied(error)) throw error;
      return undefined;
    }
  }

  /**
   * The values of a run where they are known and a look at its folders and files finds nothing written since
   * (performance.md §4).
   */
  knownValues(run: RunFolder): RunValues | undefined {
    const known = this.known(run);
    return known && this.isUnchanged(run, known) ? known.values : undefined;
  }

  /** The same after a look at its folders alone: a key more or less is seen, a file that was written again is not. */
  knownKeys(run: RunFolder): RunValues | undefined {
    const known = this.known(run);
    if (!known) return undefined;
    return folderStamp(this.stamp, run.dir, known.values) === known.folders ? known.values : undefined;
  }

  /** The same without a look; its meta.yaml is as it was when they were read. */
  believedValues(run: RunFolder): RunValues | undefined {
    return this.known(run)?.values;
  }

  /** To be called by who writes to a run: of that we know better. */
  forget(runId: string): void {
    for (const known of this.experiments.values()) if (known.values.delete(runId)) known.isNew = true;
  }

  /** Takes up what was read of a run. */
  keep(run: RunFolder, { isSettled, ...read }: ReadValues): void {
    const of = this.experiments.get(run.experimentDir);
    of?.values.delete(run.info.runId);
    if (!of || !isSettled || of.values.size >= mostValues) return;
    of.values.set(run.info.runId, read);
    of.isNew = true;
  }

  /** Looks closely at a run; false where what was known of it is not so any more, and forgotten. */
  confirm(run: RunFolder): boolean {
    const known = this.known(run);
    if (!known || this.isUnchanged(run, known)) return true;
    this.experiments.get(run.experimentDir)?.values.delete(run.info.runId);
    return false;
  }

  /** The experiments of which something was read since this was last asked. */
  takeNew(): (readonly [dir: string, known: KnownExperiment])[] {
    const found = [...this.experiments].filter(([, known]) => known.isNew);
    for (const [, known] of found) known.isNew = false;
    return found;
  }

  private metaStamp(experiment: ExperimentFolder, runId: string): number {
    this.stamp.reset().addFile(child(child(experiment.dir, runId), metaName));
    return this.stamp.value;
  }

  private isUnchanged({ dir }: RunFolder, { values, folders, files }: StampedValues): boolean {
    return folderStamp(this.stamp, dir, values) === folders && fileStamp(this.stamp, dir, values) === files;
  }

  /** @param begun when reading it did, ms since epoch */
  private keepInfo(experimentDir: string, runId: string, info: RunInfo | undefined, begun: number): void {
    const of = this.experiments.get(experimentDir);
    of?.infos.delete(runId);
    // A run that ended logged more than was known of it.
    of?.values.delete(runId);
    if (!info || !of || !this.stamp.isSettledAt(begun) || of.infos.size >= mostInfos) return;
    of.infos.set(runId, { info, meta: this.stamp.value });
    of.isNew = true;
  }

  private known({ experimentDir, info }: RunFolder): StampedValues | undefined {
    return this.experiments.get(experimentDir)?.values.get(info.runId);
  }

  /** Forgets other experiments, the one not asked for longest first. */
  private makeRoom(runs: number): void {
    let infos = runs;
    let values = runs;
    for (const known of this.experiments.values()) {
      infos += known.infos.size;
      values += known.values.size;
    }
    for (const [dir, known] of this.experiments) {
      if (infos <= mostInfos && values <= mostValues) return;
      infos -= known.infos.size;
      values -= known.values.size;
      this.experiments.delete(dir);
    }
  }
}

function keepOnly(known: KnownExperiment, runIds: ReadonlySet<string>): void {
  for (const part of [known.infos, known.values]) {
    for (const runId of part.keys()) if (!runIds.has(runId)) part.delete(runId);
  }
  known.isNew = true;
}
