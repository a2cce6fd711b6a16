import { createHash } from 'node:crypto';
import type { RunInfo } from '../../domain/run';
import { lineFeed } from './metricLines';
import type { Pieces } from './pieces';
import { KnownExperiment } from './runCache';
import type { StampedValues } from './runValues';

/*
 * How what is known of an experiment lies in a file: lines of `sha1 JSON`, first what it is of, then runs. Each line
 * proves itself, and a file that is not as it was written holds nothing: a wrong value would be believed.
 */

/** Changes with every change of what is saved. */
const format = 'ringside runs 1';

const runsPerLine = 200;

interface Block {
  readonly infos: readonly (readonly [info: RunInfo, meta: number])[];
  /** Texts and lists of keys or folders that runs share, by their place. */
  readonly texts: readonly string[];
  readonly lists: readonly (readonly string[])[];
  readonly runs: readonly SavedRun[];
  /** Latest metrics of all runs one after another, as the bytes of floats. */
  readonly metrics: string;
}

interface SavedRun {
  readonly id: string;
  readonly stamps: readonly [folders: number, files: number];
  readonly lists: readonly [metrics: number, params: number, tags: number, folders: number];
  readonly absent: readonly number[];
  /** Places of texts; -1 for none. */
  readonly params: readonly number[];
  readonly tags: readonly number[];
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
  const placeOf = (text: string | undefined): number => (text === undefined ? -1 : texts.of(text));
  const metrics: number[] = [];
  const runs: SavedRun[] = [];
  for (const id of runIds) {
    const stamped = known.values.get(id);
    if (!stamped) continue;
    const { values, folders, files } = stamped;
    metrics.push(...values.metrics);
    runs.push({
      id,
      absent: values.absent,
      stamps: [folders, files],
      lists: [
        lists.of(values.metricKeys),
        lists.of(values.paramKeys),
        lists.of(values.tagKeys),
        lists.of(values.folders),
      ],
      params: values.params.map(placeOf),
      tags: values.tags.map(placeOf),
    });
  }
  const infos = runIds.flatMap((id) => {
    const found = known.infos.get(id);
    return found ? [[found.info, found.meta] as const] : [];
  });
  const floats = Buffer.from(Float64Array.from(metrics).buffer).toString('base64');
  return { infos, texts: texts.items, lists: lists.items, runs, metrics: floats };
}

function takeBlock(known: KnownExperiment, block: Block): void {
  for (const [info, meta] of block.infos) known.infos.set(info.runId, { info, meta });
  const bytes = Buffer.from(block.metrics, 'base64');
  const floats = new Float64Array(Uint8Array.from(bytes).buffer);
  let at = 0;
  const list = (place: number): readonly string[] => block.lists[place] ?? [];
  for (const { id, stamps, lists, absent, params, tags } of block.runs) {
    const metricKeys = list(lists[0]);
    const metrics = floats.subarray(at, (at += metricKeys.length));
    const values: StampedValues['values'] = {
      metricKeys,
      metrics,
      absent,
      paramKeys: list(lists[1]),
      params: params.map((place) => block.texts[place]),
      tagKeys: list(lists[2]),
      tags: tags.map((place) => block.texts[place]),
      folders: list(lists[3]),
    };
    known.values.set(id, { values, folders: stamps[0], files: stamps[1] });
  }
}
