import { createHash } from 'node:crypto';
import type { RunInfo } from '../../domain/run';
import { lineFeed } from './metricLines';
import type { Pieces } from './pieces';
import { KnownExperiment } from './runCache';
import type { RunValues, Texts } from './runValues';

/*
 * How what is known of an experiment lies in a file: lines of `sha1 JSON`, first what it is of, then runs. Each line
 * proves itself, and a file that is not as it was written holds nothing: a wrong value would be believed.
 */

/** Changes with every change of what is saved. */
const format = 'ringside runs 2';

const runsPerLine = 200;

interface Block {
  readonly infos: readonly (readonly [info: RunInfo, meta: number])[];
  /** Texts and lists of keys or folders that runs share, by their place. */
  readonly texts: readonly string[];
  readonly lists: readonly (readonly string[])[];
  readonly runs: readonly SavedRun[];
  /** Of all runs one after another, as bytes: latest metrics, and the places of params and tags. */
  readonly metrics: string;
  readonly places: string;
}

interface SavedRun {
  readonly id: string;
  readonly stamps: readonly [folders: number, files: number];
  readonly lists: readonly [metrics: number, params: number, tags: number, folders: number];
  readonly absent: readonly number[];
}

export function* encodeRuns(dir: string, known: KnownExperiment): Generator<Buffer, void, undefined> {
  const runIds = [...known.infos.keys()];
  yield line([format, dir, runIds.length]);
  for (let at = 0; at < runIds.length; at += runsPerLine) {
    yield line(blockOf(known, runIds.slice(at, at + runsPerLine)));
  }
}

/** What was saved of the folder; undefined where any of it is not sound. */
export function* decodeRuns(content: Buffer, dir: string): Pieces<KnownExperiment | undefined> {
  const lines = linesOf(content);
  const [found, of, count] = (parsed(lines.next().value) ?? []) as unknown[];
  if (found !== format || of !== dir) return undefined;
  const known = new KnownExperiment();
  for (const each of lines) {
    const block = parsed(each) as Block | undefined;
    if (!block) return undefined;
    takeBlock(known, block);
    yield undefined;
  }
  return known.infos.size === count ? known : undefined;
}

function line(value: unknown): Buffer {
  const text = Buffer.from(`${JSON.stringify(value)}\n`);
  return Buffer.concat([Buffer.from(`${sha1(text.subarray(0, -1))} `), text]);
}

function* linesOf(content: Buffer): Generator<Buffer, undefined, undefined> {
  for (let at = 0; at < content.length;) {
    const end = content.indexOf(lineFeed, at);
    yield content.subarray(at, end < 0 ? content.length : end);
    at = end < 0 ? content.length : end + 1;
  }
}

function parsed(text: Buffer | undefined): unknown {
  if (!text) return undefined;
  const space = text.indexOf(' ');
  if (text.toString('latin1', 0, space) !== sha1(text.subarray(space + 1))) return undefined;
  return JSON.parse(text.toString('utf8', space + 1));
}

function sha1(bytes: Buffer): string {
  return createHash('sha1').update(bytes).digest('hex');
}

/** Gives each thing a place in a list, the same thing the same. */
class Places<T> {
  readonly items: T[] = [];
  private readonly places = new Map<T, number>();

  of(item: T): number {
    let place = this.places.get(item);
    if (place === undefined) this.places.set(item, (place = this.items.push(item) - 1));
    return place;
  }
}

function blockOf(known: KnownExperiment, runIds: readonly string[]): Block {
  const [texts, lists] = [new Places<string>(), new Places<readonly string[]>()];
  const metrics: number[] = [];
  const places: number[] = [];
  const add = ({ list, places: own }: Texts): void => {
    for (const place of own) places.push(place < 0 ? -1 : texts.of(list[place] ?? ''));
  };
  const runs: SavedRun[] = [];
  for (const id of runIds) {
    const stamped = known.values.get(id);
    if (!stamped) continue;
    const { metricKeys, paramKeys, tagKeys, folders, ...values } = stamped.values;
    for (const value of values.metrics) metrics.push(value);
    add(values.params);
    add(values.tags);
    runs.push({
      id,
      stamps: [stamped.folders, stamped.files],
      lists: [lists.of(metricKeys), lists.of(paramKeys), lists.of(tagKeys), lists.of(folders)],
      absent: values.absent,
    });
  }
  const infos = runIds.flatMap((id) => {
    const found = known.infos.get(id);
    return found ? [[found.info, found.meta] as const] : [];
  });
  return {
    infos,
    texts: texts.items,
    lists: lists.items,
    runs,
    metrics: bytesOf(Float64Array.from(metrics)),
    places: bytesOf(Int32Array.from(places)),
  };
}

function takeBlock(known: KnownExperiment, block: Block): void {
  for (const [info, meta] of block.infos) known.infos.set(info.runId, { info, meta });
  const metrics = new Float64Array(arrayOf(block.metrics));
  const places = new Int32Array(arrayOf(block.places));
  const list = (place: number): readonly string[] => block.lists[place] ?? [];
  let [atMetric, atText] = [0, 0];
  const textsOf = (keys: readonly string[]): Texts => ({
    list: block.texts,
    places: places.subarray(atText, (atText += keys.length)),
  });
  for (const { id, stamps, lists, absent } of block.runs) {
    const [metricKeys, paramKeys, tagKeys] = [list(lists[0]), list(lists[1]), list(lists[2])];
    const values: RunValues = {
      metricKeys,
      metrics: metrics.subarray(atMetric, (atMetric += metricKeys.length)),
      absent,
      paramKeys,
      params: textsOf(paramKeys),
      tagKeys,
      tags: textsOf(tagKeys),
      folders: list(lists[3]),
    };
    known.values.set(id, { values, folders: stamps[0], files: stamps[1] });
  }
}

function bytesOf(array: Float64Array | Int32Array): string {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString('base64');
}

function arrayOf(bytes: string): ArrayBuffer {
  return Uint8Array.from(Buffer.from(bytes, 'base64')).buffer;
}
