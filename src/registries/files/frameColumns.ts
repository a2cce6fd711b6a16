import { datasetsText } from '../../domain/dataset';
import type { FrameColumn, FrameColumnName, HistoryValue } from '../../domain/frame';
import { MetricCells, TextCells } from '../../domain/runTable';
import { FileReader, isDenied } from './fileReader';
import type { KnownRun } from './fileStore';
import { historyValueIn, latestPoint } from './metricFile';
import type { Pieces } from './pieces';
import { entryFile, readValue, type RunFolder } from './runFolder';
import { readInputs } from './runInputs';
import { metricAt, textAt } from './runValues';

/**
 * One column of a frame, from what is known of a run, else from its files. A cell that nobody may read is empty: the
 * frame said so when it was opened.
 */
export function readColumn(root: string, rows: readonly KnownRun[], name: FrameColumnName): Pieces<FrameColumn> {
  const reader = new FileReader(root);
  if (name.group === 'datasets') return readDatasets(reader, rows);
  if (name.group !== 'metrics') return readTexts(reader, rows, name.group, name.key);
  return name.of ? readHistories(reader, rows, name.key, name.of) : readMetric(reader, rows, name.key);
}

function* readMetric(reader: FileReader, rows: readonly KnownRun[], key: string): Pieces<FrameColumn> {
  const cells = new MetricCells(rows.length);
  const placeIn = placeFinder(key);
  for (const [row, { run, values }] of rows.entries()) {
    const value = values
      ? metricAt(values, placeIn(values.metricKeys))
      : (yield* allowed(latestPoint(reader, entryFile(run.dir, 'metrics', key))))?.value;
    if (value !== undefined) cells.set(row, value);
    // What is known takes no time.
    if (!values) yield undefined;
  }
  return cells.column(key, rows.length);
}

function* readHistories(
  reader: FileReader,
  rows: readonly KnownRun[],
  key: string,
  of: HistoryValue,
): Pieces<FrameColumn> {
  const cells = new MetricCells(rows.length);
  for (const [row, { run }] of rows.entries()) {
    const value = yield* allowed(historyValueIn(reader, entryFile(run.dir, 'metrics', key), of));
    if (value !== undefined) cells.set(row, value);
    yield undefined;
  }
  return cells.column(key, rows.length);
}

function* readTexts(
  reader: FileReader,
  rows: readonly KnownRun[],
  group: 'params' | 'tags',
  key: string,
): Pieces<FrameColumn> {
  const cells = new TextCells(rows.length);
  const placeIn = placeFinder(key);
  for (const [row, { run, values }] of rows.entries()) {
    const value = values
      ? textAt(values[group], placeIn(group === 'params' ? values.paramKeys : values.tagKeys))
      : ifAllowed(() => readValue(reader, run.dir, group, key));
    if (value !== undefined) cells.set(row, value);
    if (!values) yield undefined;
  }
  return cells.column(key, rows.length);
}

function* readDatasets(reader: FileReader, rows: readonly KnownRun[]): Pieces<FrameColumn> {
  const cells = new TextCells(rows.length);
  for (const [row, { run }] of rows.entries()) {
    const value = yield* datasetsOf(reader, run);
    if (value !== undefined) cells.set(row, value);
    yield undefined;
  }
  return cells.column('', rows.length);
}

function* datasetsOf(reader: FileReader, run: RunFolder): Pieces<string | undefined> {
  const inputs = yield* allowed(readInputs(reader, run));
  return inputs && datasetsText(inputs.datasets.map(({ dataset }) => dataset));
}

/** Finds the key in lists that runs share: the list before is nearly always the same. */
function placeFinder(key: string): (keys: readonly string[]) => number {
  let before: readonly string[] = [];
  let place = -1;
  return (keys) => {
    if (keys !== before) place = (before = keys).indexOf(key);
    return place;
  };
}

function* allowed<T>(work: Pieces<T>): Pieces<T | undefined> {
  try {
    return yield* work;
  } catch (error) {
    if (isDenied(error)) return undefined;
    throw error;
  }
}

/** Nothing where access is denied. */
export function ifAllowed<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isDenied(error)) return undefined;
    throw error;
  }
}
