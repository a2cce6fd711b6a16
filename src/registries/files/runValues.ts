import { child, type FileReader, isDenied } from './fileReader';
import { latestAtOnce, latestOfOpen } from './metricFile';
import { MetricLines } from './metricLines';
import type { Pieces } from './pieces';
import { Stamp } from './stamp';

/** What a run logged. Values stand in the order of the keys of their files; runs with the same keys share the lists. */
export interface RunValues {
  readonly metricKeys: readonly string[];
  /** Latest values. */
  readonly metrics: Float64Array;
  /** Places of keys that are no metrics: files without a sound line. */
  readonly absent: readonly number[];
  readonly paramKeys: readonly string[];
  readonly params: Texts;
  readonly tagKeys: readonly string[];
  readonly tags: Texts;
  /** Folders that hold the keys, relative to the run's. */
  readonly folders: readonly string[];
  /** Access to some of it was denied. */
  readonly isPartial?: true;
}

/** Texts by their place in a list that runs may share; -1 for one that is not there. */
export interface Texts {
  readonly list: readonly string[];
  readonly places: Int32Array;
}

/** Values with what the file system told of them before they were read. */
export interface StampedValues {
  readonly values: RunValues;
  readonly folders: number;
  readonly files: number;
}

export interface ReadValues extends StampedValues {
  /** A later write to any of it would show in the stamps. */
  readonly isSettled: boolean;
}

/** Reads the values of runs, one after another. */
export class RunValueReader {
  private readonly stamps = { files: new Stamp(), folders: new Stamp() };
  private readonly shared = new Map<string, readonly string[]>();
  private isPartial = false;

  private readonly lines: MetricLines;

  constructor(private readonly reader: FileReader) {
    this.lines = new MetricLines(reader.buffer);
  }

  /** @param now ms since epoch, by the clock that files are dated by */
  *read(dir: string, now: number): Pieces<ReadValues> {
    const { reader, stamps } = this;
    this.isPartial = false;
    const [files, folders] = [stamps.files.reset(), stamps.folders.reset()];
    reader.stamps = stamps;
    try {
      const values = yield* this.readAll(dir);
      const isSettled = !values.isPartial && files.isSettledAt(now) && folders.isSettledAt(now);
      return { values, folders: folders.value, files: files.value, isSettled };
    } finally {
      reader.stamps = undefined;
    }
  }

  private *readAll(dir: string): Pieces<RunValues> {
    const folders: string[] = [];
    const enter = (folder: string): void => {
      folders.push(folder.slice(dir.length + 1));
      this.stamps.folders.addFile(folder);
    };
    const keysOf = (entity: string): readonly string[] =>
      this.share(entity, this.ifAllowed(() => this.reader.keysIn(child(dir, entity), enter)) ?? []);
    const textsOf = (entity: string, keys: readonly string[]): Texts =>
      textsIn(keys.map((key) => this.ifAllowed(() => this.reader.entryText(entry(dir, entity, key)))));
    const [metricKeys, paramKeys, tagKeys] = [keysOf('metrics'), keysOf('params'), keysOf('tags')];
    const metrics = yield* this.latestOf(dir, metricKeys);
    return {
      metricKeys,
      metrics: Float64Array.from(metrics, (value) => value ?? NaN),
      absent: metrics.flatMap((value, i) => (value === undefined ? [i] : [])),
      paramKeys,
      params: textsOf('params', paramKeys),
      tagKeys,
      tags: textsOf('tags', tagKeys),
      folders: this.share('folders', folders),
      ...(this.isPartial && { isPartial: true }),
    };
  }

  private *latestOf(dir: string, keys: readonly string[]): Pieces<(number | undefined)[]> {
    const values: (number | undefined)[] = [];
    for (const key of keys) {
      const fd = this.ifAllowed(() => this.reader.openEntry(entry(dir, 'metrics', key)));
      let point = fd === undefined ? undefined : latestAtOnce(fd, this.lines);
      if (fd !== undefined && point === 'long') point = yield* latestOfOpen(fd, this.reader.buffer);
      values.push(typeof point === 'object' ? point.value : undefined);
      yield undefined;
    }
    return values;
  }

  private ifAllowed<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (!isDenied(error)) throw error;
      this.isPartial = true;
      return undefined;
    }
  }

  private share(kind: string, list: readonly string[]): readonly string[] {
    const before = this.shared.get(kind);
    if (before?.length === list.length && before.every((item, i) => item === list[i])) return before;
    this.shared.set(kind, list);
    return list;
  }
}

/** The metric in a place of `metricKeys`; undefined where there is none. */
export function metricAt({ metrics, absent }: RunValues, place: number): number | undefined {
  return absent.includes(place) ? undefined : metrics[place];
}

/** The param or tag in a place of its keys; undefined where there is none. */
export function textAt({ list, places }: Texts, place: number): string | undefined {
  return list[places[place] ?? -1];
}

function textsIn(texts: readonly (string | undefined)[]): Texts {
  return {
    list: texts.map((text) => text ?? ''),
    places: Int32Array.from(texts, (text, i) => (text === undefined ? -1 : i)),
  };
}

/** The stamp of the folders of values, as they are now. */
export function folderStamp(stamp: Stamp, dir: string, { folders }: RunValues): number {
  stamp.reset();
  for (const folder of folders) stamp.addFile(child(dir, folder));
  return stamp.value;
}

/** The stamp of the files of values, as they are now. */
export function fileStamp(stamp: Stamp, dir: string, { metricKeys, paramKeys, tagKeys }: RunValues): number {
  stamp.reset();
  for (const key of metricKeys) stamp.addFile(entry(dir, 'metrics', key));
  for (const key of paramKeys) stamp.addFile(entry(dir, 'params', key));
  for (const key of tagKeys) stamp.addFile(entry(dir, 'tags', key));
  return stamp.value;
}

function entry(dir: string, entity: string, key: string): string {
  return child(child(dir, entity), key);
}
