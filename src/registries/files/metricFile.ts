import * as fs from 'node:fs';
import type { HistoryValue } from '../../domain/frame';
import { HistoryTaker } from '../../domain/historyValue';
import { isLater } from '../../domain/metric';
import { type FileReader, isAbsent } from './fileReader';
import { lineFeed, MetricLines } from './metricLines';
import type { Pieces } from './pieces';

export interface Point {
  readonly step: number;
  /** ms since epoch. */
  readonly timestamp: number;
  readonly value: number;
}

/**
 * Gives a metric file to `visit` in pieces of whole lines. A line longer than the buffer is passed over; an unfinished
 * last line counts only where it has as many fields as the one before it.
 */
export function* visitLines(
  reader: FileReader,
  file: string | undefined,
  visit: (lines: MetricLines) => void,
): Pieces<void> {
  const fd = file === undefined ? undefined : reader.openEntry(file);
  if (fd !== undefined) yield* visitAndClose(fd, reader.buffer, visit);
}

function* visitAndClose(fd: number, buffer: Buffer, visit: (lines: MetricLines) => void): Pieces<void> {
  try {
    yield* visitOpen(fd, buffer, visit);
  } catch (error) {
    if (!isAbsent(error)) throw error;
  } finally {
    fs.closeSync(fd);
  }
}

function* visitOpen(fd: number, buffer: Buffer, visit: (lines: MetricLines) => void): Pieces<void> {
  const lines = new MetricLines(buffer);
  let kept = 0;
  let skipping = false;
  for (let first = true; ; first = false) {
    const filled: number = kept + fs.readSync(fd, buffer, kept, buffer.length - kept, null);
    const last: boolean = filled < buffer.length;
    // A device that a link points to would never end.
    if (first && !last && !fs.fstatSync(fd).isFile()) return;
    const start: number = skipping ? afterLineFeed(buffer, filled) : 0;
    const end: number = last ? endOfSound(lines, start, filled) : buffer.lastIndexOf(lineFeed, filled - 1) + 1;
    if (end > start) visit(lines.over(start, end));
    if (last) return;
    skipping = end === 0;
    kept = end === 0 ? 0 : filled - end;
    if (kept > 0) buffer.copyWithin(0, end, filled);
    yield undefined;
  }
}

function afterLineFeed(buffer: Buffer, filled: number): number {
  const found = buffer.indexOf(lineFeed);
  return found < 0 || found >= filled ? filled : found + 1;
}

/** The end of the lines that count in the last piece of a file. */
function endOfSound(lines: MetricLines, start: number, filled: number): number {
  if (filled <= start || lines.buffer[filled - 1] === lineFeed) return filled;
  const unfinished = lines.buffer.lastIndexOf(lineFeed, filled - 1) + 1;
  if (unfinished <= start) return filled;
  const before = unfinished < 2 ? 0 : lines.buffer.lastIndexOf(lineFeed, unfinished - 2) + 1;
  if (!lines.over(before, unfinished).next()) return filled;
  const { fields } = lines;
  return lines.over(unfinished, filled).next() && lines.fields >= fields ? filled : unfinished;
}

/** The latest point: greatest (step, timestamp, value) over all lines (trap 36); undefined where there is none. */
export function* latestPoint(reader: FileReader, file: string | undefined): Pieces<Point | undefined> {
  const fd = file === undefined ? undefined : reader.openEntry(file);
  return fd === undefined ? undefined : yield* latestOfOpen(fd, reader.buffer);
}

/** The same of an open file, which is closed then. */
export function* latestOfOpen(fd: number, buffer: Buffer): Pieces<Point | undefined> {
  let best: Point | undefined;
  yield* visitAndClose(fd, buffer, (lines) => {
    const latest = latestOf(lines);
    if (latest && (!best || isLater(latest, best))) best = latest;
  });
  return best;
}

/**
 * The same at once; a file that does not fit into the buffer stays open and is 'long'. Nearly all fit, and pieces for
 * each of 40,000 files take as long as to read them.
 */
export function latestAtOnce(fd: number, lines: MetricLines): Point | undefined | 'long' {
  let isLong = false;
  try {
    const filled = fs.readSync(fd, lines.buffer, 0, lines.buffer.length, 0);
    isLong = filled === lines.buffer.length;
    return isLong ? 'long' : latestOf(lines.over(0, endOfSound(lines, 0, filled)));
  } catch (error) {
    if (!isAbsent(error)) throw error;
    return undefined;
  } finally {
    if (!isLong) fs.closeSync(fd);
  }
}

/** Reads the value of the winner only: turning text into a float costs more than the rest of the line. */
function latestOf(lines: MetricLines): Point | undefined {
  let step = -Infinity;
  let timestamp = -Infinity;
  let valueStart = -1;
  let valueEnd = -1;
  while (lines.next()) {
    if (valueStart >= 0) {
      if (lines.step < step || (lines.step === step && lines.timestamp < timestamp)) continue;
      const tie = lines.step === step && lines.timestamp === timestamp;
      if (tie && !(lines.value > lines.valueAt(valueStart, valueEnd))) continue;
    }
    step = lines.step;
    timestamp = lines.timestamp;
    valueStart = lines.valueStart;
    valueEnd = lines.valueEnd;
  }
  return valueStart < 0 ? undefined : { step, timestamp, value: lines.valueAt(valueStart, valueEnd) };
}

/** What the history comes to; undefined where there is no point. */
export function* historyValueIn(
  reader: FileReader,
  file: string | undefined,
  of: HistoryValue,
): Pieces<number | undefined> {
  const taker = new HistoryTaker(of);
  yield* visitLines(reader, file, (lines) => {
    while (lines.next()) taker.add(lines.step, lines.timestamp, lines.value);
  });
  return taker.value;
}

/** Points as three columns that grow. */
class Columns {
  private length = 0;
  private steps = new Float64Array(256);
  private timestamps = new Float64Array(256);
  private values = new Float64Array(256);

  add(step: number, timestamp: number, value: number): void {
    if (this.length === this.steps.length) {
      this.steps = doubled(this.steps);
      this.timestamps = doubled(this.timestamps);
      this.values = doubled(this.values);
    }
    this.steps[this.length] = step;
    this.timestamps[this.length] = timestamp;
    this.values[this.length++] = value;
  }

  build(): { steps: Float64Array; timestamps: Float64Array; values: Float64Array } {
    const { length } = this;
    return {
      steps: this.steps.slice(0, length),
      timestamps: this.timestamps.slice(0, length),
      values: this.values.slice(0, length),
    };
  }
}

function doubled(array: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(array.length * 2);
  larger.set(array);
  return larger;
}

/** All points in the order of the file, which is MLflow's order and not that of the steps (trap 35). */
export function* allPoints(reader: FileReader, file: string | undefined): Pieces<ReturnType<Columns['build']>> {
  const columns = new Columns();
  yield* visitLines(reader, file, (lines) => {
    while (lines.next()) columns.add(lines.step, lines.timestamp, lines.value);
  });
  return columns.build();
}
